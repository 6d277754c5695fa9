"""Whose a mail is where a person taught something: what a lesson decides, and what it never hides."""

from __future__ import annotations

from typing import Any

import pytest

from leaddesk.rules.match.fate import Facts, KnownLead, whose
from leaddesk.words.lead import Outcome
from leaddesk.words.mail import MailKind, Place, Reading
from leaddesk.words.teaching import Taught
from tests.made import reading

OURS = {"<ours@lofts.example>": 7}
OURS_OF_BEFORE = {"<old@lofts.example>": None}
WAITING = KnownLead(7, Outcome.OPEN, True)
ANSWERED = KnownLead(7, Outcome.OPEN, False)
WON = KnownLead(7, Outcome.WON, False)


def facts(*leads: KnownLead, **more: Any) -> Facts:
    return Facts(leads=leads, **{"named": {}, "is_correspondent": False, **more})


def hidden(read_as: MailKind = MailKind.ENQUIRY, **more: Any) -> Reading:
    return reading(MailKind.TRANSACTIONAL, taught=Taught.NO_ENQUIRY, read_as=read_as, **more)


@pytest.mark.parametrize("form_notice", [True, False])
@pytest.mark.parametrize("known", [facts(), facts(WON), facts(is_correspondent=True)])
def test_what_was_taught_to_be_no_enquiry_is_none(known: Facts, form_notice: bool) -> None:
    assert whose(hidden(form_notice=form_notice), known).place is Place.NOT_A_LEAD


@pytest.mark.parametrize(
    ("known", "place"),
    [
        pytest.param(facts(WAITING), Place.JOINED, id="an open lead who waits"),
        pytest.param(facts(ANSWERED), Place.REPLY, id="an open lead who was answered"),
        pytest.param(facts(named=OURS), Place.REPLY, id="it names a mail of ours"),
        pytest.param(facts(named=OURS_OF_BEFORE), Place.KNOWN, id="it names one of the time before"),
    ],
)
def test_a_lesson_never_hides_somebody_who_talks_with_us(known: Facts, place: Place) -> None:
    assert whose(hidden(), known).place is place


def test_a_form_and_a_call_of_an_open_lead_are_what_they_were_read_as() -> None:
    assert whose(hidden(form_notice=True), facts(ANSWERED)).place is Place.ENQUIRY
    assert whose(hidden(MailKind.MISSED_CALL), facts(ANSWERED)).place is Place.ENQUIRY


def test_somebody_known_whose_mail_was_said_to_be_an_enquiry_stands_in_the_queue() -> None:
    for known in (facts(is_correspondent=True), facts(named=OURS_OF_BEFORE)):
        assert whose(reading(taught=Taught.ENQUIRY), known).place is Place.ENQUIRY
    assert whose(reading(taught=Taught.ENQUIRY), facts(ANSWERED)).place is Place.REPLY
