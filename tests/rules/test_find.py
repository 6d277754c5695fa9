"""Whether what a person types is in the text that a lead is found by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.rules.find import filed_under, needles, search_text
from leaddesk.words.lead import Entry, Person, Verb
from tests.made import answered, asked, decided, enquiry, took_back

NGOZI = Person(
    name="Ngozi Größe-Müller",
    company="Loft & Söhne",
    emails=("ngozi@example.org",),
    phones=("+44 (0)7700 900123",),
)


def text_of(person: Person = NGOZI, record: tuple[Entry, ...] = (), message: str = "", **fields: str) -> str:
    return search_text(person, [enquiry(message=message, subject="A dormer", fields=fields)], record)


def is_found(words: str, text: str) -> bool:
    wanted = needles(words)
    return bool(wanted) and all(needle in text for needle in wanted)


@pytest.mark.parametrize(
    "words",
    [
        "ngozi",
        "NGOZI",
        "größe",
        "GRÖSSE",
        "MÜLLER",
        "Mu\u0308ller",
        "söhne loft",
        "gozi@exam",
        "dormer",
        "07700900123",
        "07700 900 123",
        "(07700) 900-123",
        "+447700900123",
        "+44 (0)7700 900123",
        "0044 7700 900123",
        "900.123",
        "00123",
        "Ngozi 900-123",
    ],
)
def test_a_lead_is_found_by(words: str) -> None:
    assert is_found(words, text_of())


@pytest.mark.parametrize("words", ["ngozi smith", "07700 900124", "größen", "", "  ", "\0"])
def test_a_lead_is_not_found_by(words: str) -> None:
    assert not is_found(words, text_of())


@pytest.mark.parametrize(
    "words", ["2024-118", "2024118", "12.05.2026", "3 500", "3500", "01632 960001", "01632960001", "24/7"]
)
def test_a_number_in_a_message_is_found_in_any_spacing(words: str) -> None:
    text = text_of(message="Your offer 2024-118 of 12.05.2026: 3 500 pounds?\nRing me 24/7 on 01632-960 001.")

    assert is_found(words, text)


def test_numbers_of_two_lines_do_not_run_together() -> None:
    assert not is_found("100200", text_of(message="100\n200"))


def test_values_of_form_fields_and_words_of_touches_and_notes_are_found() -> None:
    record = (
        asked(1, 0, text="asked once"),
        answered(2, 5, text="Our brochure is attached"),
        decided(3, 6, Verb.NOTED, reason="Has a dachshund"),
    )
    text = text_of(record=record, postcode="SW1A 1AA")

    assert is_found("brochure", text)
    assert is_found("dachshund", text)
    assert is_found("sw1a", text)


def test_what_was_taken_back_is_not_found() -> None:
    record = (asked(1, 0), decided(2, 6, Verb.NOTED, reason="Has a dachshund"), took_back(3, 7, 2))

    assert not is_found("dachshund", text_of(record=record))


def test_a_very_long_past_is_cut_and_its_newest_words_stay() -> None:
    record = tuple(answered(number, number, text=f"word{number} " + "x" * 5000) for number in range(2, 100))
    text = text_of(record=record)

    assert len(text) <= 200_000
    assert is_found("word99", text)
    assert is_found("ngozi", text)


def test_a_pasted_message_makes_few_needles() -> None:
    assert len(needles("word " * 5000)) == 1
    assert len(needles(" ".join(str(n) + "x" for n in range(5000)))) <= 16


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_characters="\r\n"), max_size=60))
def test_the_words_of_a_message_find_it(message: str) -> None:
    text = text_of(message=message)

    assert "\0" not in text
    assert text.encode("utf-8")
    assert all(needle in text for needle in needles(message))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789 +-()./", max_size=30))
def test_a_number_finds_itself(number: str) -> None:
    if any(c.isdecimal() for c in number):
        assert is_found(number, text_of(Person(name="A", phones=(number,)), message=number))


def test_surrogates_are_made_storable() -> None:
    assert text_of(message="caf\udce9 loft").encode("utf-8")
    assert needles("caf\udce9")[0].encode("utf-8")


def test_names_are_sorted_without_accents_case_and_signs() -> None:
    names = ["Zoe", "özil", "Oz", "Ömer", "(Ada)", "ada", "Žižka"]

    assert sorted(names, key=filed_under) == ["ada", "(Ada)", "Ömer", "Oz", "özil", "Žižka", "Zoe"]
    assert len(filed_under("x" * 5000)) == 100
