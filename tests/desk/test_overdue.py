"""Three weeks without a watch: nothing stale goes by itself, and a person says what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.words.due import Way
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Reached
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.overdue import OverdueItem
from leaddesk.words.settings import HOURS_CLOSED
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account


@pytest.fixture
def away(house: House, clock: FrozenClock) -> House:
    """A mail that was approved and a step that was to come, three weeks ago."""
    house.desk.store.accounts.add(account())
    first = house.lands_as_lead(letter("Do you fit dormers?"))
    second = house.lands_as_lead(letter("A fence?\n+44 7700 900123", sender="Bo Larsen <bo@example.org>"))
    house.desk.reply.send_text(first, "Yes, we do.", undo=False)
    house.desk.calls.log(second, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    clock.advance(days=21)
    return house


def items(house: House) -> dict[Way, OverdueItem]:
    return {item.way: item for item in house.desk.overdue.show()}


def test_a_mail_and_a_step_are_told_with_their_names(away: House) -> None:
    found = away.desk.overdue.show()
    assert {item.name for item in found} == {"Ngozi Eze", "Bo Larsen"}
    mail = next(item for item in found if item.outgoing is not None)
    assert (mail.text, mail.way) == ("Yes, we do.", Way.EMAIL)
    assert all(away.desk.clock.now() - item.since > timedelta(days=2) for item in found)


def test_a_first_reply_that_is_owed_is_told_as_such(house: House, clock: FrozenClock) -> None:
    house.lands_as_lead(letter("Do you fit dormers?"))
    second = house.lands_as_lead(letter("A fence?", sender="Bo Larsen <bo@example.org>"))
    house.desk.calls.log(second, channel=Channel.EMAIL, outcome=Reached.SENT)
    clock.advance(days=21)
    found = house.desk.overdue.show()
    assert {item.name: item.is_first for item in found} == {"Ngozi Eze": True, "Bo Larsen": False}


def test_a_mail_that_is_sent_goes_now(away: House) -> None:
    mail = next(item for item in away.desk.overdue.show() if item.outgoing is not None)
    away.desk.overdue.send(mail)
    queued = away.desk.reply.outbox(OutgoingState.QUEUED)
    assert [one.body for one in queued] == ["Yes, we do."]
    assert queued[0].not_before == away.desk.clock.now()
    assert all(item.outgoing is None for item in away.desk.overdue.show())


def test_what_goes_is_what_was_approved_and_no_draft_beside_it(house: House, clock: FrozenClock) -> None:
    """Nothing goes out without a person's word: the half-written answer lies where it lay."""
    house.desk.store.accounts.add(account())
    lead = house.lands_as_lead(letter("Do you fit dormers?"))
    draft = house.desk.reply.draft(lead)
    house.desk.reply.save(replace(draft, body="About the price, not finis"))
    approved = house.desk.reply.send_plain(lead)
    clock.advance(days=5)
    (item,) = (each for each in house.desk.overdue.show() if each.outgoing is not None)
    house.desk.overdue.send(item)
    (queued,) = house.desk.reply.outbox(OutgoingState.QUEUED)
    assert (queued.id, queued.body) == (approved.id, approved.body)
    assert [mail.body for mail in house.desk.reply.outbox(OutgoingState.DRAFT)] == [
        "About the price, not finis"
    ]


def test_what_was_taken_back_meanwhile_does_not_go(away: House) -> None:
    mail = next(item for item in away.desk.overdue.show() if item.outgoing is not None)
    away.desk.reply.cancel(mail.outgoing or 0)
    with pytest.raises(Refused, match="waits no more"):
        away.desk.overdue.send(mail)
    assert away.desk.reply.outbox(OutgoingState.QUEUED) == ()


def test_planned_anew_it_comes_back_on_a_morning_with_its_draft(away: House, clock: FrozenClock) -> None:
    found = away.desk.overdue.show()
    last = away.desk.overdue.plan_anew(found)
    assert last is not None
    assert clock.now() < last <= clock.now() + timedelta(days=2)
    assert away.desk.overdue.show() == ()
    assert away.queue() == ()
    clock.advance(days=2)
    assert {row.lead for row in away.queue()} == {item.lead for item in found}
    mail = next(item for item in found if item.outgoing is not None)
    assert away.desk.reply.draft(mail.lead).body == "Yes, we do."


def test_a_step_that_was_planned_anew_is_due_then_and_the_plan_counts_from_it(
    away: House, clock: FrozenClock
) -> None:
    step = next(item for item in away.desk.overdue.show() if item.outgoing is None)
    last = away.desk.overdue.plan_anew([step])
    assert last is not None
    course = away.desk.leads.get(step.lead).course
    assert course is not None
    assert (course.at, course.way) == (last, step.way)
    clock.jump(last + timedelta(hours=1))
    (row,) = (row for row in away.queue() if row.lead == step.lead)
    assert (row.is_step, row.due_at) == (True, last)
    assert step.lead not in [item.lead for item in away.desk.overdue.show()]
    away.desk.calls.log(step.lead, channel=Channel.EMAIL, outcome=Reached.SENT)
    after = away.desk.leads.get(step.lead).course
    assert after is not None
    assert after.at is not None
    assert after.at > clock.now() + timedelta(days=1)


def test_a_pile_is_planned_over_several_mornings(house: House, clock: FrozenClock) -> None:
    leads = [house.lands_as_lead(letter(sender=f"P <p{n}@x{n}.example>")) for n in range(11)]
    told = [OverdueItem(lead=n, name="P", since=clock.now(), way=Way.CALL) for n in leads]
    last = house.desk.overdue.plan_anew(told)
    first = min(house.lead(n).state.snoozed_until or clock.now() for n in leads)
    assert last == first + timedelta(days=1)


def test_nothing_comes_back_on_a_day_on_which_they_are_closed(house: House, clock: FrozenClock) -> None:
    clock.jump(datetime(2026, 11, 6, 16, tzinfo=UTC))  # a Friday
    house.desk.config.set(HOURS_CLOSED, "2026-11-09")
    lead = house.lands_as_lead(letter())
    told = OverdueItem(lead=lead, name="N", since=clock.now(), way=Way.CALL)
    assert house.desk.overdue.plan_anew([told]) == datetime(2026, 11, 10, 9, tzinfo=UTC)


def test_dropped_nothing_goes_and_the_step_is_passed_over(away: House) -> None:
    found = away.desk.overdue.show()
    assert away.desk.overdue.drop(found) == 2
    assert away.desk.reply.outbox(OutgoingState.QUEUED) == ()
    still = away.desk.overdue.show()
    assert all(item.outgoing is None for item in still)  # a plan may have a further step by now


def test_a_decision_is_not_dropped(house: House, clock: FrozenClock) -> None:
    """Otherwise nobody would ever end the lead."""
    lead = house.lands_as_lead(letter("A fence?\n+44 7700 900123"))
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    while house.desk.following.due(1, clock.now() + timedelta(days=60))[0].step.way is not Way.DECIDE:
        house.desk.following.pass_over(lead)
    clock.advance(days=60)
    (item,) = house.desk.overdue.show()
    for drop in (lambda: house.desk.overdue.drop([item]), lambda: house.desk.following.pass_over(lead)):
        with pytest.raises(Refused, match=r"cannot be dropped|is to decide"):
            drop()
    assert house.desk.overdue.show() == (item,)


def test_what_is_two_days_old_is_not_overdue(house: House, clock: FrozenClock) -> None:
    house.desk.store.accounts.add(account())
    lead = house.lands_as_lead(letter())
    house.desk.reply.send_text(lead, "Yes.", undo=False)
    clock.advance(hours=47)
    assert all(item.outgoing is None for item in house.desk.overdue.show())


def test_it_is_told_unasked_only_after_a_long_time_without_a_watch(away: House) -> None:
    assert not away.desk.overdue.was_away()
    now = away.desk.clock.now()
    away.desk.store.figures.add_gap(now - timedelta(days=20), now)
    assert away.desk.overdue.was_away()
