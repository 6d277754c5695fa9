"""The pulse: what others wrote, who wakes, sleep, gaps, and the house kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.desk.pulse import Pulse, last_alive
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import open_store
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.lead import Channel, Reached
from leaddesk.words.news import LeadChanged, TroubleChanged
from tests.frozen_clock import FrozenClock
from tests.house import House, until
from tests.letters import letter


class Ticking:
    """A pulse that a test ticks, and how often it resumed."""

    def __init__(self, house: House) -> None:
        desk = house.desk
        self.resumed = 0
        self.troubles = Troubles(desk.clock, desk.bus)
        self.pulse = Pulse(
            desk.store, desk.clock, desk.bus, desk.alerts, desk.backup, self.troubles, self._resume
        )

    def _resume(self) -> None:
        self.resumed += 1

    def tick(self) -> None:
        self.pulse.round()


@pytest.fixture
def ticking(house: House) -> Iterator[Ticking]:
    made = Ticking(house)
    made.tick()
    yield made
    made.pulse.ended()


def test_what_another_process_wrote_is_heard_within_a_tick(
    house: House, ticking: Ticking, clock: FrozenClock
) -> None:
    house.land(letter())
    ticking.tick()
    house.news.clear()
    ticking.tick()
    assert house.news == []

    other = open_store(house.desk.profile, "other", clock.now)
    other.alerts.take(1, clock.now())
    other.leads.add_addresses(1, [("email", "n@work.example", "n@work.example")])
    ticking.tick()
    assert [news.lead for news in house.heard(LeadChanged)] == [1]
    house.news.clear()
    ticking.tick()
    assert house.news == []


def test_a_snooze_that_ends_alerts(house: House, ticking: Ticking, clock: FrozenClock) -> None:
    house.land(letter())
    house.desk.decide.snooze(1, "1 hour")
    clock.advance(minutes=59, seconds=59)
    ticking.tick()
    assert house.desk.store.alerts.open_for(1) is None
    house.news.clear()
    clock.advance(seconds=1)
    ticking.tick()
    assert house.desk.store.alerts.open_for(1) is not None
    assert [news.lead for news in house.heard(LeadChanged)] == [1]
    house.desk.decide.got(1)
    clock.advance(seconds=1)
    ticking.tick()
    assert house.desk.store.alerts.open_for(1) is None


def test_a_snooze_that_ended_while_nobody_ran_alerts_on_return(house: House, clock: FrozenClock) -> None:
    first = Ticking(house)
    first.tick()
    house.land(letter())
    house.desk.decide.snooze(1, "1 hour")
    first.pulse.ended()
    clock.advance(hours=8)
    again = Ticking(house)
    again.pulse.once()
    assert house.desk.store.alerts.open_for(1) is not None


def test_a_closed_lead_does_not_wake(house: House, ticking: Ticking, clock: FrozenClock) -> None:
    from leaddesk.words.lead import Outcome

    house.land(letter())
    house.desk.decide.snooze(1, "1 hour")
    house.desk.decide.close(1, Outcome.WON)
    clock.advance(hours=2)
    ticking.tick()
    assert house.desk.store.alerts.open_for(1) is None


def test_an_answered_lead_that_was_snoozed_wakes_once(
    house: House, ticking: Ticking, clock: FrozenClock
) -> None:
    house.land(letter())
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    house.desk.decide.snooze(1, "1 hour")
    clock.advance(hours=1)
    ticking.tick()
    house.desk.decide.got(1)
    for _ in range(5):
        clock.advance(minutes=1)
        ticking.tick()
    assert house.desk.store.alerts.open_for(1) is None


# -- sleep, gaps, clocks


@pytest.mark.parametrize(("seconds", "resumes"), [(1, 0), (14, 0), (16, 1), (3600, 1)])
def test_a_machine_that_slept_connects_anew(
    ticking: Ticking, clock: FrozenClock, seconds: int, resumes: int
) -> None:
    clock.advance(seconds=seconds)
    ticking.tick()
    assert ticking.resumed == resumes


def test_a_slow_tick_is_no_sleep(
    house: House, ticking: Ticking, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daily copy of a large database takes its time."""

    def slow() -> None:
        clock.advance(minutes=1)

    monkeypatch.setattr(house.desk.backup, "daily", slow)
    clock.advance(minutes=10)
    ticking.tick()
    resumed = ticking.resumed
    clock.advance(seconds=1)
    ticking.tick()
    assert ticking.resumed == resumed


def test_a_clock_that_is_set_back_wakes_nobody_and_resumes_nothing(
    house: House, ticking: Ticking, clock: FrozenClock
) -> None:
    house.land(letter())
    house.desk.decide.snooze(1, "in 1 day")
    clock.jump(clock.now() - timedelta(days=400))
    ticking.tick()
    clock.advance(seconds=1)
    ticking.tick()
    assert ticking.resumed == 0
    assert house.desk.store.alerts.open_for(1) is None


def test_a_time_in_which_nobody_watched_is_told_once(
    tmp_path: Path, reader: Reader, clock: FrozenClock
) -> None:
    first = House.open(tmp_path / "p", reader, clock)
    first.desk.services.start()
    until(lambda: last_alive(first.desk.store))
    assert first.desk.health.gap() is None
    first.close()
    closed = clock.now()
    clock.advance(hours=62, minutes=29)
    again = House.open(tmp_path / "p", reader, clock)
    again.desk.services.start()
    assert again.desk.health.gap() == (closed, clock.now())
    again.desk.health.gap_told()
    assert again.desk.health.gap() is None
    again.close()


def test_a_short_pause_is_no_gap(house: House, clock: FrozenClock) -> None:
    first = Ticking(house)
    first.tick()
    first.pulse.ended()
    clock.advance(minutes=10)
    Ticking(house).pulse.once()
    assert house.desk.health.gap() is None


def test_a_night_asleep_is_a_gap_too(house: House, ticking: Ticking, clock: FrozenClock) -> None:
    asleep = clock.now()
    clock.advance(hours=9)
    ticking.tick()
    assert house.desk.health.gap() == (asleep, clock.now())
    assert house.heard(TroubleChanged)


def test_the_heart_beats_each_half_minute(house: House, ticking: Ticking, clock: FrozenClock) -> None:
    assert last_alive(house.desk.store) == clock.now()
    beat = clock.advance(seconds=10)
    ticking.tick()
    assert last_alive(house.desk.store) == beat - timedelta(seconds=10)
    clock.advance(seconds=20)
    ticking.tick()
    assert last_alive(house.desk.store) == clock.now()


# -- the house


def test_there_is_a_copy_for_each_day(house: House, ticking: Ticking, clock: FrozenClock) -> None:
    clock.advance(days=1)
    ticking.tick()
    assert [file.name for file in house.desk.backup.dailies()] == [
        "leaddesk-2026-11-02.db", "leaddesk-2026-11-03.db",
    ]  # fmt: skip


def test_a_copy_that_fails_does_not_stop_the_pulse(
    house: House, ticking: Ticking, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise DiskTrouble("The disk is full.")

    monkeypatch.setattr(house.desk.backup, "daily", fails)
    house.land(letter())
    house.desk.decide.snooze(1, "1 hour")
    clock.advance(hours=1)
    ticking.tick()
    assert house.desk.store.alerts.open_for(1) is not None
    (trouble,) = ticking.troubles.all()
    assert trouble.sentence == "Today's copy could not be made. The disk is full."
    monkeypatch.undo()
    clock.advance(minutes=10)
    ticking.tick()
    assert ticking.troubles.all() == ()
