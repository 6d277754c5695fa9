"""A limit that the server names holds the whole account; a clock that is wrong is told, and dates no mail."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest

from leaddesk.desk.settling import SendPace
from leaddesk.desk.skew import known_offset
from leaddesk.doors.mail.smtp import StageTimeouts
from leaddesk.words.lead import Channel, Direction, Touch
from leaddesk.words.outgoing import OutgoingState
from tests.frozen_clock import FrozenClock
from tests.outgoing_desk import OutgoingDesk
from tests.real.sink import Sink

S = OutgoingState
QUICK = SendPace(rest_s=2.0, stages=StageTimeouts().scaled(1 / 300))
LIMIT = "answer:MAIL:450 4.7.1 Daily sending limit reached, try again in 45 minutes"


@pytest.fixture
def desk(tmp_path: Path) -> OutgoingDesk:
    return OutgoingDesk.open(tmp_path / "profile", FrozenClock())


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return tmp_path / "truth.jsonl"


# -- limits


def test_a_limit_holds_all_mails_of_the_account_until_the_named_time(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        desk.approved(desk.lead())
        sender.round()
        sink.become(LIMIT)
        mails = [desk.approved(desk.lead(), text) for text in ("one", "two", "three")]
        sender.round()
        assert sink.connections == 2
        assert desk.trouble("limit:") == "Daily limit reached; continues 9:45."
        assert [desk.row(mail.id).state for mail in mails] == [S.QUEUED] * 3
        assert desk.row(mails[0].id).attempts == 0
        desk.pass_time(minutes=44, seconds=59)
        sender.round()
        assert sink.connections == 2
        sink.become("normal")
        desk.pass_time(seconds=1)
        sender.round()
        assert len(sink.taken()) == 4
    assert desk.trouble("limit:") is None


def test_a_limit_without_a_time_is_asked_about_ever_later(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink("answer:DOT:550 5.4.5 Daily user sending limit exceeded", truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        sender.round()
        first = desk.row(mail.id).next_try
        desk.pass_time(minutes=5)
        sender.round()
        second = desk.row(mail.id).next_try
    assert first == desk.clock.now()
    assert second == desk.clock.now() + timedelta(minutes=15)
    assert desk.row(mail.id).state is S.QUEUED


def test_a_person_may_try_at_once(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink(LIMIT, truth=truth) as sink:
        desk.account(sink.server)
        mail = desk.approved(desk.lead())
        sender.round()
        sink.become("normal")
        desk.troubles.act("limit:1")
        sender.round()
    assert desk.row(mail.id).state is S.SENT


def test_follow_ups_yield_to_answers(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(truth=truth) as sink:
        desk.account(sink.server)
        answered = desk.lead()
        now = desk.clock.now()
        desk.store.leads.record(
            Touch(lead=answered, at=now, direction=Direction.OUT, channel=Channel.CALL, by="Ann Lee")
        )
        follow_up, first = desk.approved(answered, "Did you get it?"), desk.approved(desk.lead())
        desk.sender(QUICK).round()
        went = [taken.message_id for taken in sink.taken()]
    assert went == [first.message_id, follow_up.message_id]


# -- clocks


def greeting(desk: OutgoingDesk, ahead: timedelta) -> str:
    told = format_datetime(desk.clock.now() + ahead)
    return f"answer:CONNECT:220 mx.example ESMTP ready at {told}"


def date_of(desk: OutgoingDesk, mail: int) -> timedelta:
    """How far the Date header of a mail is from our clock."""
    told = message_from_bytes(desk.store.outbox.raw(mail))["Date"]
    return parsedate_to_datetime(told) - desk.clock.now()


@pytest.mark.parametrize(("minutes", "words"), [(7, "7 minutes behind"), (-180, "3 hours ahead")])
def test_a_clock_that_is_wrong_is_told_and_mails_carry_the_servers_time(
    desk: OutgoingDesk, truth: Path, minutes: int, words: str
) -> None:
    ahead = timedelta(minutes=minutes)
    with Sink(greeting(desk, ahead), truth=truth) as sink:
        desk.account(sink.server)
        first = desk.approved(desk.lead())
        desk.sender(QUICK).round()
        assert desk.row(first.id).state is S.SENT
    assert desk.trouble("clock") == f"This computer's clock is {words}, says 127.0.0.1."
    second = desk.approved(desk.lead())
    assert date_of(desk, first.id) == timedelta()
    assert date_of(desk, second.id) == ahead


def test_two_minutes_are_no_matter(desk: OutgoingDesk, truth: Path) -> None:
    with Sink(greeting(desk, timedelta(seconds=119)), truth=truth) as sink:
        desk.account(sink.server)
        desk.approved(desk.lead())
        desk.sender(QUICK).round()
    assert desk.trouble("clock") is None
    assert date_of(desk, desk.approved(desk.lead()).id) == timedelta()


def test_a_clock_that_was_set_is_told_no_more(desk: OutgoingDesk, truth: Path) -> None:
    sender = desk.sender(QUICK)
    with Sink(greeting(desk, timedelta(minutes=7)), truth=truth) as sink:
        desk.account(sink.server)
        desk.approved(desk.lead())
        sender.round()
        assert known_offset(desk.store, desk.clock.now()) == timedelta(minutes=7)
        desk.pass_time(minutes=7)
        sink.become(greeting(desk, timedelta()))
        desk.approved(desk.lead())
        sender.round()
    assert desk.trouble("clock") is None
    assert known_offset(desk.store, desk.clock.now()) is None


def test_what_was_heard_is_forgotten_when_the_clock_moves_or_an_hour_has_passed(
    desk: OutgoingDesk, truth: Path
) -> None:
    sender = desk.sender(QUICK)
    with Sink(greeting(desk, timedelta(minutes=7)), truth=truth) as sink:
        desk.account(sink.server)
        desk.approved(desk.lead())
        sender.round()
    later = desk.clock.now() + timedelta(minutes=61)
    assert known_offset(desk.store, later) is None
    sender.retry()
    assert known_offset(desk.store, desk.clock.now()) is None
