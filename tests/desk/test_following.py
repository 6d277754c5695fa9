"""Following up on a whole desk: enquiries begin plans, mails move them, the pulse tells and ends them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.desk.falling import Falling
from leaddesk.rules.cadence.reading import read_plan
from leaddesk.words.cadence import After, Course, CourseState, Plan, Step
from leaddesk.words.due import Way
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Decision, Direction, Outcome, Reached, Verb
from leaddesk.words.news import LeadChanged
from leaddesk.words.settings import CADENCE_PLANS, HOURS_WEEK
from leaddesk.words.states import Turn, What
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account


def course(house: House, lead: int = 1) -> Course:
    found = house.desk.leads.get(lead).course
    assert found is not None
    return found


def entered(
    house: House,
    name: str = "Ngozi Eze",
    email: str = "ngozi@example.org",
    phone: str = "+4915112345678",
    source: str = "",
) -> int:
    return house.desk.leads.add(name=name, email=email, phone=phone, source=source).lead


def wrote(house: House, lead: int) -> None:
    house.desk.calls.log(lead, channel=Channel.EMAIL, outcome=Reached.SENT)


@pytest.fixture
def falling(house: House) -> Iterator[Falling]:
    with house.desk.store.session():
        yield Falling(house.desk.store, house.desk.alerts.raise_for)


def test_a_mail_that_lands_begins_the_usual_plan_with_its_own_time(house: House, clock: FrozenClock) -> None:
    landed = clock.now()
    house.land(letter())
    lead = house.lead()
    (start,) = [e for e in lead.record if isinstance(e, Decision)]
    assert (start.verb, start.by, start.reason, start.at) == (
        Verb.CADENCE_STARTED, None, "Standard", landed,
    )  # fmt: skip
    assert (course(house).way, course(house).step) == (Way.EMAIL, 1)  # no number is known
    assert [item.headline for item in house.view().timeline] == ["Ngozi"]


def test_what_is_started_stays_whatever_becomes_of_the_file(house: House) -> None:
    folder = house.desk.profile / "cadences"
    folder.mkdir()
    file = folder / "standard.toml"
    file.write_text('name = "Standard"\nend = "decide"\n[[steps]]\nafter = "3d"\nchannel = "call"\n')
    lead = entered(house)
    file.unlink()
    assert [str(step.after) for step in course(house, lead).plan.steps] == ["3d"]


def test_a_plan_that_is_gone_gives_way_to_the_usual_one(house: House) -> None:
    house.desk.config.set(CADENCE_PLANS, "Daily")
    assert course(house, entered(house)).plan.name == "Standard"


def test_an_away_note_makes_it_wait(house: House, clock: FrozenClock) -> None:
    desk = house.desk
    desk.accounts.add(account(), None, test=False)
    house.land(letter())
    clock.advance(minutes=5)
    sent = desk.reply.approve(desk.reply.draft(1))
    note = letter(
        "I am away and will be back on 16 November 2026.", In_Reply_To=sent.message_id or "",
        Auto_Submitted="auto-replied", Date="Mon, 2 Nov 2026 09:05:00 +0000",
    )  # fmt: skip
    wrote(house, 1)
    house.land(note)
    told = course(house)
    assert (told.why, told.state_at(clock.now())) == ("They are away.", CourseState.PAUSED)
    assert told.at == datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert house.view().plan.endswith("(they are away)")
    clock.jump(told.at)
    assert house.view().plan == "Next: mail, due since 9:00"


def test_a_bounce_is_gone_round(house: House, clock: FrozenClock) -> None:
    lead = entered(house)
    wrote(house, lead)
    record = house.desk.store.leads.record
    record(Decision(lead=lead, at=clock.now(), verb=Verb.BOUNCED, reason="ngozi@example.org"))
    house.desk.following.pass_over(lead)
    assert (course(house, lead).step, course(house, lead).way) == (2, Way.CALL)


def test_who_asked_not_to_be_called_is_not(house: House) -> None:
    lead = entered(house)
    wrote(house, lead)
    house.desk.contact.opt_out(lead, Channel.CALL)
    assert course(house, lead).way is Way.EMAIL


def test_who_asked_to_be_left_alone_is_decided_about(house: House) -> None:
    lead = entered(house)
    wrote(house, lead)
    house.desk.contact.opt_out(lead, None)
    told = course(house, lead)
    assert (told.state, told.way, told.why) == (
        CourseState.STOPPED, Way.DECIDE, "They asked not to be contacted.",
    )  # fmt: skip


def test_a_step_that_falls_due_is_told_once_and_alerts(
    house: House, falling: Falling, clock: FrozenClock
) -> None:
    lead = entered(house)
    wrote(house, lead)
    falling.tick(clock.now())
    house.news.clear()
    clock.advance(minutes=31)
    assert [each.lead for each in falling.tick(clock.now())] == [lead]
    assert [news.lead for news in house.heard(LeadChanged)] == [lead]
    assert falling.tick(clock.now()) == []
    house.desk.alerts.round()
    assert [notice.title for notice in house.notifier.shown] == ["Ngozi Eze: a call is due"]
    (row,) = house.queue()
    assert (row.what, row.turn, row.why) == (What.CALL, Turn.OURS, "Step 1 of 5: a call, the same day")


def test_a_quiet_tick_asks_nothing(
    house: House, falling: Falling, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(house)
    falling.tick(clock.now())
    monkeypatch.setattr(house.desk.store.due, "next_due", _refuses)
    clock.advance(seconds=1)
    assert falling.tick(clock.now()) == []


def _refuses(since: datetime) -> None:
    raise AssertionError("asked though nothing was written")


def through(house: House, clock: FrozenClock) -> int:
    """A lead whose gentle plan has only its end to come, a week from now."""
    lead = entered(house, source="Fair")
    house.desk.following.start(lead, "Gentle")
    for _ in range(3):
        house.desk.following.pass_over(lead)
    return lead


def test_a_plan_that_is_through_ends_by_itself_with_its_reason(
    house: House, falling: Falling, clock: FrozenClock
) -> None:
    lead = through(house, clock)
    wrote(house, lead)
    falling.tick(clock.now())
    clock.advance(days=7, minutes=1)
    falling.tick(clock.now())
    state = house.desk.leads.get(lead).state
    assert (state.outcome, state.reason) == (
        Outcome.NO_RESPONSE, "Gentle is through, without an answer",
    )  # fmt: skip
    clock.advance(days=3)
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.REACHED, direction=Direction.IN)
    assert house.desk.leads.get(lead).state.outcome is Outcome.OPEN


def scheduled(house: House, lead: int, days: int) -> int:
    """A mail to the lead that a person approved for a later day."""
    house.desk.accounts.add(account(), None, test=False)
    at = house.desk.clock.now() + timedelta(days=days)
    return house.desk.reply.send_text(lead, "One more thought about your loft.", at=at).id


def held(house: House, falling: Falling, clock: FrozenClock) -> tuple[int, int]:
    """A lead whose plan is through, and the mail to it that is still to go; the end has been looked at."""
    lead = through(house, clock)
    wrote(house, lead)
    mail = scheduled(house, lead, 8)
    falling.tick(clock.now())
    clock.advance(days=7, minutes=1)
    falling.tick(clock.now())
    return lead, mail


def is_open(house: House, lead: int) -> bool:
    return house.desk.leads.get(lead).state.outcome is Outcome.OPEN


def test_a_plan_does_not_end_while_a_mail_is_to_go_and_counts_anew_when_it_went(
    house: House, falling: Falling, clock: FrozenClock
) -> None:
    lead, mail = held(house, falling, clock)
    assert is_open(house, lead)
    clock.advance(days=1)
    outbox = house.desk.store.outbox
    claim = outbox.claim(clock.now(), "sender", [1])
    assert claim is not None
    outbox.committing(mail, "sender")
    assert outbox.sent(mail, at=clock.now(), answer="250 ok")
    falling.heard()
    falling.tick(clock.now())
    assert is_open(house, lead)
    assert course(house, lead).at == clock.now() + timedelta(days=7)
    clock.advance(days=7)
    falling.tick(clock.now())
    assert not is_open(house, lead)


def test_a_plan_ends_after_all_when_the_mail_that_held_it_is_taken_back(
    house: House, falling: Falling, clock: FrozenClock
) -> None:
    lead, mail = held(house, falling, clock)
    house.desk.reply.cancel(mail)
    falling.heard()
    falling.tick(clock.now())
    assert not is_open(house, lead)


def test_no_plan_ends_on_the_very_day_that_somebody_wanted_to_see_the_lead_again(
    house: House, falling: Falling, clock: FrozenClock
) -> None:
    lead = through(house, clock)
    wrote(house, lead)
    until = house.desk.decide.snooze(lead, clock.now() + timedelta(days=10))
    falling.tick(clock.now())
    clock.jump(until + timedelta(minutes=1))
    falling.tick(clock.now())
    assert is_open(house, lead)
    assert [row.lead for row in house.queue()] == [lead]


def test_nothing_stale_ends_by_itself(house: House, falling: Falling, clock: FrozenClock) -> None:
    """Three weeks without a watch: a person is asked instead."""
    lead = through(house, clock)
    wrote(house, lead)
    falling.begin(clock.now())
    clock.advance(days=21)
    falling.tick(clock.now())
    assert house.desk.leads.get(lead).state.outcome is Outcome.OPEN
    (row,) = house.queue()
    assert (row.what, row.why) == (What.DECIDE, "No answer in 7 days: what becomes of it?")
    house.desk.alerts.round()
    assert house.notifier.shown == []


def test_other_opening_hours_place_the_steps_anew(house: House, falling: Falling, clock: FrozenClock) -> None:
    lead = entered(house)
    wrote(house, lead)
    falling.tick(clock.now())
    house.desk.config.set(HOURS_WEEK, "Mon-Fri 13:00-17:00")
    falling.heard()
    for _ in range(3):
        falling.tick(clock.now())
    assert house.desk.store.due.next_due(clock.now()) == datetime(2026, 11, 2, 13, tzinfo=UTC)


def test_a_changed_plan_shows_what_changes_for_whom_and_for_nobody_else(house: House) -> None:
    first, second = (
        entered(house),
        entered(house, name="Cem Kaya", email="cem@x.example", phone="+4915112345679"),
    )
    for lead in (first, second):
        wrote(house, lead)
    house.desk.following.start(second, "Gentle")
    plan = changed(course(house, first).plan, "3d")
    (change,) = house.desk.following.changes(plan)
    assert (change.lead, change.name) == (first, "Ngozi Eze")
    assert change.before is not None
    assert change.after is not None
    assert (change.before.at.day, change.after.at.day) == (2, 5)
    assert course(house, first).plan.steps != plan.steps
    house.desk.following.follow_anew(plan, [first])
    assert course(house, first).at == change.after.at
    house.desk.decide.undo(first)
    assert course(house, first).at == change.before.at


def test_a_plan_that_was_started_by_hand_does_not_begin_anew_when_it_is_changed(
    house: House, clock: FrozenClock
) -> None:
    """What is shown before is what happens, and nobody is called twice for one step."""
    lead = entered(house)
    wrote(house, lead)
    clock.advance(minutes=10)
    house.desk.following.start(lead, "Standard")
    clock.advance(minutes=40)
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.NO_ANSWER)
    clock.advance(days=1)
    before = course(house, lead)
    plan = house.desk.cadences.get("Standard")
    later = replace(plan, steps=(plan.steps[0], replace(plan.steps[1], after=After(3, "d")), *plan.steps[2:]))
    (change,) = house.desk.following.changes(later)
    house.desk.following.take_along(later, "Standard")
    assert (before.step, course(house, lead).step) == (2, 2)
    assert change.after is not None
    assert course(house, lead).at == change.after.at


def changed(plan: Plan, after: str) -> Plan:
    first = replace(plan.steps[0], after=After(int(after[:-1]), after[-1]))
    return replace(plan, steps=(first, *plan.steps[1:]))


@pytest.mark.parametrize(
    "deed",
    [
        lambda house, lead: house.desk.following.stop(lead),
        lambda house, lead: house.desk.following.pass_over(lead),
        lambda house, lead: house.desk.following.start(lead, "Gentle"),
    ],
)
def test_a_closed_lead_has_no_plan_to_change(house: House, deed: Callable[[House, int], None]) -> None:
    lead = entered(house)
    house.desk.decide.close(lead, Outcome.LOST)
    with pytest.raises(Refused):
        deed(house, lead)


def test_the_shipped_plans_pass_through_the_record_unchanged(house: House) -> None:
    for plan in house.desk.cadences.list():
        lead = entered(house, name=plan.name, email=f"{len(plan.name)}@x.example", phone="")
        house.desk.following.start(lead, plan.name)
        assert replace(course(house, lead).plan, about=plan.about) == plan


def test_reading_a_plan_twice_gives_the_same(tmp_path: Path) -> None:
    data = b'name = "A"\nend = "decide"\n[[steps]]\nafter = "1d"\nchannel = "task"\n'
    assert read_plan(data).steps == (Step(After(1, "d"), Way.TASK),) == read_plan(data).steps
