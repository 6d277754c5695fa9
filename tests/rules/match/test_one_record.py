"""Two records read as one: what bound one of them does not bind the other, and nobody goes cold by it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from leaddesk.rules.fold import fold
from leaddesk.words.lead import Enquiry, Entry, LeadState, Outcome, Standing, Turn, Verb
from tests.made import answered, asked, at, decided, enquiry, took_back, wrote

OLD, NEW = enquiry(1, 0, lead=1), enquiry(2, 10, lead=2)
JOINED = decided(90, 60, Verb.MERGED, lead=2, other=1)


def state(*entries: Entry, enquiries: Sequence[Enquiry] = (OLD, NEW)) -> LeadState:
    """Two leads that asked, what else happened, and then they were joined."""
    record = (asked(1, 0, 1), asked(2, 10, 2, lead=2), *entries, JOINED)
    return fold(enquiries, record)


def test_both_wait_as_one() -> None:
    both = state()
    assert (both.turn, both.outcome, both.since) == (Turn.OURS, Outcome.OPEN, at(0))
    assert [e.standing for e in both.enquiries] == [Standing.WAITING] * 2


def test_an_answer_to_one_is_a_response_to_what_came_before_it() -> None:
    both = state(answered(3, 5))
    assert [e.standing for e in both.enquiries] == [Standing.ANSWERED, Standing.WAITING]
    later = state(answered(3, 15, lead=2))
    assert [e.standing for e in later.enquiries] == [Standing.ANSWERED] * 2


@pytest.mark.parametrize("lead", [1, 2])
def test_a_close_of_one_does_not_close_the_other(lead: int) -> None:
    both = state(decided(3, 20, Verb.CLOSED, lead=lead, outcome=Outcome.LOST))
    assert (both.outcome, both.turn) == (Outcome.OPEN, Turn.OURS)


def test_two_that_were_closed_stay_closed_as_the_later_word_says() -> None:
    both = state(
        decided(3, 20, Verb.CLOSED, outcome=Outcome.LOST, reason="too far"),
        decided(4, 30, Verb.CLOSED, lead=2, outcome=Outcome.WON),
    )
    assert (both.outcome, both.reason) == (Outcome.WON, "")


def test_what_was_no_lead_on_one_side_says_nothing_of_the_other() -> None:
    both = state(decided(3, 20, Verb.JUDGED_OUT, lead=2))
    assert [e.standing for e in both.enquiries] == [Standing.WAITING, Standing.NOT_A_LEAD]
    assert both.outcome is Outcome.OPEN


def test_reopening_one_does_not_bring_back_what_was_judged_out_on_the_other() -> None:
    both = state(
        decided(3, 20, Verb.JUDGED_OUT, lead=2),
        decided(4, 25, Verb.CLOSED, outcome=Outcome.LOST),
        decided(5, 30, Verb.REOPENED),
    )
    assert [e.standing for e in both.enquiries] == [Standing.WAITING, Standing.NOT_A_LEAD]


def test_a_snooze_of_one_does_not_hide_the_other() -> None:
    assert state(decided(3, 20, Verb.SNOOZED, until=at(500))).snoozed_until is None


def test_of_two_snoozes_the_earlier_counts() -> None:
    both = state(
        decided(3, 20, Verb.SNOOZED, until=at(500)), decided(4, 21, Verb.SNOOZED, lead=2, until=at(900))
    )
    assert both.snoozed_until == at(500)


def test_a_reminder_about_one_is_kept_where_the_other_waits_for_them() -> None:
    both = state(answered(3, 15), decided(4, 16, Verb.SNOOZED, until=at(500)), answered(5, 17, lead=2))
    assert (both.turn, both.snoozed_until) == (Turn.THEIRS, at(500))


def test_what_is_decided_after_they_were_joined_binds_both() -> None:
    record = (asked(1, 0, 1), asked(2, 10, 2, lead=2), JOINED)
    closed = decided(91, 70, Verb.CLOSED, outcome=Outcome.LOST)
    assert fold((OLD, NEW), (*record, closed)).outcome is Outcome.LOST
    word = wrote(92, 80, lead=2)
    assert fold((OLD, NEW), (*record, closed, word)).outcome is Outcome.OPEN


def test_a_joining_that_was_taken_back_joins_nothing() -> None:
    record = (asked(1, 0, 1), decided(3, 20, Verb.CLOSED, outcome=Outcome.LOST))
    alone = fold((OLD,), record)
    back = took_back(91, 70, 90)
    assert fold((OLD,), (*record, decided(90, 60, Verb.MERGED, other=2), back)) == alone


def test_three_are_one_too() -> None:
    third = enquiry(3, 20, lead=3)
    record = (
        asked(1, 0, 1), asked(2, 10, 2, lead=2), asked(3, 20, 3, lead=3),
        decided(4, 21, Verb.CLOSED, lead=3, outcome=Outcome.LOST), JOINED,
        decided(91, 61, Verb.MERGED, lead=1, other=3),
    )  # fmt: skip
    both = fold((OLD, NEW, third), record)
    assert [e.standing for e in both.enquiries] == [Standing.WAITING] * 3
    assert both.outcome is Outcome.OPEN
