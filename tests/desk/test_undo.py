"""Taking back: the last thing a person did, of one lead or at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Outcome, Reached, Verb
from leaddesk.words.mail import Place
from tests.house import House
from tests.letters import letter


def state(house: House, lead: int = 1) -> object:
    return (house.lead(lead).state, house.mail(lead).place)


DEEDS: dict[str, Callable[[House], object]] = {
    "Closed": lambda house: house.desk.decide.close(1, Outcome.LOST, "too far"),
    "Snoozed": lambda house: house.desk.decide.snooze(1, "tomorrow 9"),
    "I've got it": lambda house: house.desk.decide.got(1),
    "Note": lambda house: house.desk.decide.note(1, "likes oak"),
    "Not a lead": lambda house: house.desk.decide.judge_out(1),
    "Call logged": lambda house: house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED),
}


@pytest.fixture
def waiting(house: House) -> House:
    house.land(letter())
    house.land(letter(sender="Bob <bob@example.org>"))
    return house


@pytest.mark.parametrize("did", DEEDS)
def test_every_deed_is_taken_back_whole(waiting: House, did: str) -> None:
    before = state(waiting)
    DEEDS[did](waiting)
    undone = waiting.desk.decide.undo()
    assert (undone.did, undone.lead) == (did, 1)
    assert state(waiting) == before


def test_deeds_are_taken_back_one_after_the_other_the_newest_first(waiting: House) -> None:
    waiting.desk.decide.note(1, "first")
    waiting.desk.decide.note(2, "second")
    waiting.desk.decide.close(1, Outcome.WON)
    assert [waiting.desk.decide.undo().lead for _ in range(3)] == [1, 2, 1]
    with pytest.raises(Refused, match="nothing to take back"):
        waiting.desk.decide.undo()


def test_the_last_deed_of_one_lead_is_taken_back(waiting: House) -> None:
    waiting.desk.decide.close(1, Outcome.WON)
    waiting.desk.decide.close(2, Outcome.LOST)
    assert waiting.desk.decide.undo(1).lead == 1
    assert [row.lead for row in waiting.queue()] == [1]


def test_what_the_program_did_is_not_taken_back(waiting: House) -> None:
    with pytest.raises(Refused, match="nothing to take back"):
        waiting.desk.decide.undo()


def test_a_reopening_is_taken_back(waiting: House) -> None:
    waiting.desk.decide.close(1, Outcome.NOT_A_LEAD)
    waiting.desk.decide.reopen(1)
    assert waiting.mail(1).place is Place.ENQUIRY
    assert waiting.desk.decide.undo().did == "Reopened"
    assert waiting.lead().state.outcome is Outcome.NOT_A_LEAD
    assert waiting.mail(1).place is Place.NOT_A_LEAD


def test_nothing_is_lost_by_an_undo(waiting: House) -> None:
    waiting.desk.decide.close(1, Outcome.WON)
    entries = len(waiting.lead().record)
    waiting.desk.decide.undo()
    record = waiting.lead().record
    assert len(record) == entries + 1
    assert any(getattr(entry, "verb", None) is Verb.CLOSED for entry in record)


def test_an_enquiry_that_was_entered_by_hand_is_taken_back_before_what_was_done_earlier(house: House) -> None:
    house.land(letter())
    house.desk.decide.close(1, Outcome.WON)
    house.desk.leads.add(name="Typo", phone="020 7946 0999", message="Wrong line")
    undone = house.desk.decide.undo()
    assert (undone.did, undone.lead) == ("Enquiry entered", 2)
    assert house.queue() == ()
    assert house.desk.figures.review(None, None).enquiries == 1
    assert house.lead(1).state.outcome is Outcome.WON


def test_a_further_enquiry_by_hand_is_taken_back_and_the_first_one_stays(house: House) -> None:
    house.land(letter())
    house.desk.leads.add(name="Ngozi Eze", email="ngozi@example.org", message="Rang again")
    before = house.desk.figures.review(None, None).enquiries
    assert house.desk.decide.undo().did == "Enquiry entered"
    assert house.desk.figures.review(None, None).enquiries == before - 1
    assert [row.lead for row in house.queue()] == [1]
