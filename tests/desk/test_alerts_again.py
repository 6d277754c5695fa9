"""An alert that was stopped lives again when what stopped it is taken back, or comes to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leaddesk.rules.sending import STALE
from leaddesk.words.lead import Channel, Outcome, Reached
from leaddesk.words.outgoing import Outgoing, OutgoingState, Resolution
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account


@pytest.fixture
def approved(house: House, clock: FrozenClock) -> Outgoing:
    """An answer on its way to a lead whose alert was shown."""
    box = house.desk.store.accounts.add(account())
    lead = house.lands_as_lead(letter())
    house.desk.alerts.round()
    clock.advance(minutes=1)
    mail = house.desk.reply.send_text(lead, "Yes, we do.", undo=False)
    assert mail.account == box.id
    assert told(house) is None
    return mail


def told(house: House) -> str | None:
    """What the lead's open alert says when it is shown; None without one."""
    if house.desk.store.alerts.open_for(1) is None:
        return None
    house.desk.alerts.round()
    return house.notifier.shown[-1].title


def begin(house: House, mail: Outgoing, *, commit: bool) -> None:
    assert house.desk.store.outbox.claim(house.desk.clock.now(), "me", [mail.account])
    if commit:
        house.desk.store.outbox.committing(mail.id, "me")


def test_an_answer_that_is_taken_back_leaves_the_lead_waiting_aloud(house: House, approved: Outgoing) -> None:
    house.desk.reply.cancel(approved.id)
    assert told(house) == "Ngozi Eze: new enquiry"


@pytest.mark.parametrize("why", ["550 no such user", STALE])
def test_a_refused_or_stale_answer_is_told(house: House, approved: Outgoing, why: str) -> None:
    begin(house, approved, commit=False)
    house.desk.store.outbox.refuse(approved.id, why=why, answer=None)
    assert told(house) == "Ngozi Eze: your answer was not sent"


def test_an_unsure_answer_is_told_until_it_is_found(house: House, approved: Outgoing) -> None:
    begin(house, approved, commit=True)
    house.desk.store.outbox.unsure(approved.id, "no answer")
    assert told(house) == "Ngozi Eze: your answer may not have arrived"
    house.desk.store.outbox.sent(approved.id, at=house.desk.clock.now(), answer=None)
    assert told(house) is None


def test_what_a_stop_left_unsure_is_told_by_the_next_start(house: House, approved: Outgoing) -> None:
    begin(house, approved, commit=True)
    house.desk.store.outbox.recover()
    assert told(house) == "Ngozi Eze: your answer may not have arrived"


@pytest.mark.parametrize(
    ("how", "says"), [(Resolution.AGAIN, None), (Resolution.DROP, "Ngozi Eze: new enquiry")]
)
def test_a_persons_word_on_it_settles_the_alert(
    house: House, approved: Outgoing, how: Resolution, says: str | None
) -> None:
    begin(house, approved, commit=True)
    house.desk.store.outbox.unsure(approved.id, "no answer")
    house.desk.reply.resolve(approved.id, how)
    assert told(house) == says


def test_what_they_wrote_meanwhile_is_still_told_after_our_answer_went(
    house: House, approved: Outgoing, clock: FrozenClock
) -> None:
    begin(house, approved, commit=True)
    left = clock.now()
    clock.advance(minutes=1)
    house.land(letter("One more thing: the stairs."), clock.now())
    house.desk.store.outbox.sent(approved.id, at=left, answer="250 ok")
    assert told(house) is not None


DEEDS: dict[str, Callable[[House], object]] = {
    "got": lambda house: house.desk.decide.got(1),
    "called": lambda house: house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL),
    "snoozed": lambda house: house.desk.decide.snooze(1, "in 1 day"),
    "closed": lambda house: house.desk.decide.close(1, Outcome.WON),
    "sorted away": lambda house: house.desk.decide.judge_out(1),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_decision_that_is_undone_alerts_again(house: House, clock: FrozenClock, deed: str) -> None:
    house.land(letter())
    house.desk.alerts.round()
    clock.advance(minutes=1)
    DEEDS[deed](house)
    assert told(house) is None
    house.desk.decide.undo(1)
    assert told(house) == "Ngozi Eze: new enquiry"


@pytest.mark.parametrize(
    ("goes_in", "says"),
    [(timedelta(), None), (timedelta(minutes=4), None), (timedelta(days=1), "Ngozi Eze: new enquiry")],
    ids=["now", "within minutes", "tomorrow"],
)
def test_an_alert_lives_again_just_where_the_queue_shows_the_lead(
    house: House, approved: Outgoing, clock: FrozenClock, goes_in: timedelta, says: str | None
) -> None:
    house.desk.reply.cancel(approved.id)
    house.desk.reply.send_text(1, "Yes, we do.", undo=False, at=clock.now() + goes_in)
    house.desk.decide.got(1)
    house.desk.decide.undo(1)
    assert told(house) == says
    assert [row.lead for row in house.queue()] == ([1] if says else [])


def test_an_answer_that_is_held_up_keeps_no_alert_quiet(
    house: House, approved: Outgoing, clock: FrozenClock
) -> None:
    clock.advance(minutes=6)
    house.desk.decide.got(1)
    house.desk.decide.undo(1)
    assert approved.state is OutgoingState.QUEUED
    assert told(house) == "Ngozi Eze: new enquiry"
    assert [row.lead for row in house.queue()] == [1]


def test_undo_alerts_of_nobody_who_is_asleep_closed_or_was_never_told(
    house: House, clock: FrozenClock
) -> None:
    house.land(letter())
    house.desk.alerts.round()
    house.desk.decide.snooze(1, "in 1 day")
    house.desk.decide.got(1)
    house.desk.decide.undo(1)
    assert told(house) is None
    by_hand = house.desk.leads.add(name="Bob").lead
    house.desk.decide.got(by_hand)
    clock.advance(timedelta(minutes=1))
    house.desk.decide.undo(by_hand)
    assert house.desk.store.alerts.open_for(by_hand) is None
