"""Three points for a call: their own question first, then what their words leave out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leaddesk.rules.asking import to_ask
from leaddesk.words.lead import Certainty, Outcome, Source
from leaddesk.words.states import Standing, Turn, What
from leaddesk.words.views import EnquiryView, LeadView

NOW = datetime(2026, 6, 8, 10, 0, tzinfo=UTC)
SEARCH = Source("Google Ads: loft", Certainty.STATED, {})
WHEN, WHERE, MONEY = "when it should be done", "the address or the town", "what they want to spend"


def lead(
    message: str,
    *fields: tuple[str, str],
    emails: tuple[str, ...] = ("a@example.org",),
    source: Source = SEARCH,
) -> LeadView:
    enquiry = EnquiryView(
        enquiry=1, received_at=NOW, submitted_at=None, seen_at=NOW, message=message, subject="",
        fields=fields, source=source, standing=Standing.WAITING, first_response=None, mail=None,
    )  # fmt: skip
    return LeadView(
        lead=1, name="Ngozi", company="", emails=emails, phones=("07700 900123",), source=source,
        turn=Turn.OURS, what=What.NEW, outcome=Outcome.OPEN, reason="", since=NOW, snoozed_until=None,
        has_it=False, enquiries=(enquiry,), timeline=(), reply_to=None, can_reply=False,
    )  # fmt: skip


def test_their_question_comes_first_and_then_what_is_missing() -> None:
    points = to_ask(lead("We have a 1930s semi. Can you quote for a dormer? Thank you."))
    assert points == ("their question “Can you quote for a dormer?”", WHEN, WHERE)


def test_a_greeting_is_no_part_of_their_question() -> None:
    assert to_ask(lead("Hello Ann, can you quote?"))[0] == "their question “can you quote?”"
    assert to_ask(lead("Guten Tag, machen Sie Dächer?"))[0] == "their question “machen Sie Dächer?”"


def test_what_a_form_told_is_not_asked_again() -> None:
    view = lead("A new roof.", ("Town", "Bristol"), ("Budget", "about 9,000"), ("Date", "March"))
    assert to_ask(view) == ()


@pytest.mark.parametrize(
    ("message", "missing"),
    [
        ("A roof in March, BS6 6QH, 9000 pounds.", ()),
        ("Ein Dach im Herbst, Lindenstraße 4, 9000 Euro.", ()),
        ("Un toit en septembre, rue Haute, budget 9000.", ()),
        ("Un tejado, calle Mayor.", (WHEN, MONEY)),
        ("Un tetto, via Roma, 9000 €.", (WHEN,)),
        ("Een dak in maart, 9000 euro.", (WHERE,)),
        ("Dach, ul. Polna, w piątek.", (MONEY,)),
        ("来月、東京都で屋根、予算は未定。", ()),
    ],
)
def test_a_fact_is_found_in_eight_languages(message: str, missing: tuple[str, ...]) -> None:
    assert to_ask(lead(message)) == missing


def test_of_a_caller_without_words_it_is_asked_what_they_need() -> None:
    points = to_ask(lead("", emails=(), source=Source()))
    assert points == ("what they need", WHEN, WHERE)


def test_what_was_never_known_comes_last() -> None:
    view = lead("A roof in March, BS6 6QH, 9000 pounds.", emails=(), source=Source())
    assert to_ask(view) == ("an address to write to", "how they heard of you")


def test_a_question_too_long_to_be_read_in_a_call_is_not_quoted() -> None:
    assert to_ask(lead("Do you " + "really " * 30 + "do roofs?"))[0] == WHEN
