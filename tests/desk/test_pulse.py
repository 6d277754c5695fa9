"""The pulse: what others wrote, who wakes, sleep, gaps, and the house kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.desk.falling import Falling
from leaddesk.desk.pulse import Pulse, last_alive
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.store import open_store
from leaddesk.words.account import Server
from leaddesk.words.errors import Corrupt, DiskTrouble
from leaddesk.words.lead import Channel, Decision, Reached, Turn, Verb, What
from leaddesk.words.news import LeadChanged, TroubleChanged
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account

THAT_SENDS = account(imap=Server("", 0))
"""An account that nobody watches."""


class Ticking:
    """A pulse that a test ticks, and how often it resumed."""

    def __init__(self, house: House) -> None:
        desk = house.desk
        self.resumed = 0
        self.troubles = Troubles(desk.clock, desk.bus)
        self.pulse = Pulse(
            desk.store, desk.clock, desk.bus, desk.alerts, desk.backup, self.troubles, self._resume,
            Falling(desk.store, desk.alerts.raise_for),
        )  # fmt: skip

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


def test_what_is_written_while_the_pulse_begins_is_heard_at_once(
    house: House, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.land(letter())
    other = open_store(house.desk.profile, "other", clock.now)
    journal = house.desk.store.journal
    begin = journal.change_counter

    def meanwhile() -> Callable[[], object]:
        other.leads.record(Decision(lead=1, at=clock.now(), by="Ben", verb=Verb.NOTED, reason="hi"))
        return begin()

    monkeypatch.setattr(journal, "change_counter", meanwhile)
    made = Ticking(house)
    house.news.clear()
    made.tick()
    assert [news.lead for news in house.heard(LeadChanged)] == [1]
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


def test_an_answered_lead_that_was_snoozed_is_back_in_the_queue_and_told_as_what_it_is(
    house: House, ticking: Ticking, clock: FrozenClock
) -> None:
    house.land(letter())
    clock.advance(minutes=1)
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    house.desk.decide.snooze(1, "1 hour")
    assert house.queue() == ()
    clock.advance(hours=1)
    ticking.tick()
    house.desk.alerts.round()
    assert house.notifier.shown[-1].title == "Ngozi Eze: you wanted to see this again"
    (row,) = house.queue()
    assert (row.turn, row.what, row.since, row.why) == (
        Turn.OURS, What.REPLY, clock.now(), "You put this off until 10:01",
    )  # fmt: skip
    assert house.desk.alerts.waiting()[0] == house.desk.queue.today().total == 1
    assert house.view().turn is Turn.OURS
    assert len(house.desk.queue.today(as_of=clock.now()).rows) == 1
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    assert house.queue() == ()


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


GAP = "Not watching Fri 18:02 to Mon 8:31."


@pytest.fixture
def on_monday(house: House, clock: FrozenClock) -> House:
    """Services ran until Friday 18:02 (UTC); it is Monday 8:31."""
    clock.jump(datetime(2026, 11, 6, 18, 2, tzinfo=UTC))
    friday = Ticking(house)
    friday.tick()
    friday.pulse.ended()
    clock.jump(datetime(2026, 11, 9, 8, 31, tzinfo=UTC))
    return house


def test_a_time_in_which_nobody_watched_stands_until_it_is_put_away(
    on_monday: House, clock: FrozenClock
) -> None:
    desk = on_monday.desk
    desk.services.start()
    (told,) = desk.health.troubles()
    assert (told.sentence, told.action, told.urgent) == (GAP, "Put away", False)
    desk.health.act(told.key)
    assert desk.health.troubles() == ()

    clock.advance(hours=1)
    later = Ticking(on_monday)
    later.pulse.once()
    assert "Fri" not in " ".join(each.sentence for each in later.troubles.all())


def test_what_nobody_put_away_is_told_again_by_the_next_start(on_monday: House, clock: FrozenClock) -> None:
    first = Ticking(on_monday)
    first.pulse.once()
    first.pulse.ended()
    clock.advance(minutes=1)
    again = Ticking(on_monday)
    again.pulse.once()
    assert [each.sentence for each in again.troubles.all()] == [GAP]


def test_a_short_pause_is_no_gap(house: House, clock: FrozenClock) -> None:
    first = Ticking(house)
    first.tick()
    first.pulse.ended()
    clock.advance(minutes=10)
    again = Ticking(house)
    again.pulse.once()
    assert again.troubles.all() == ()


def test_a_night_asleep_is_a_gap_too(house: House, ticking: Ticking, clock: FrozenClock) -> None:
    clock.advance(hours=9)
    ticking.tick()
    (told,) = ticking.troubles.all()
    assert told.sentence.startswith("Not watching ")
    assert house.heard(TroubleChanged)


def test_a_full_disk_holds_up_neither_the_start_nor_the_word_of_the_gap(
    on_monday: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_monday.desk.store.figures, "add_gap", full)
    on_monday.desk.accounts.add(THAT_SENDS, None, test=False)
    on_monday.desk.services.start()
    assert on_monday.trouble("gap") is not None
    names = {thread.name for thread in threading.enumerate()}
    assert {"receiver", "alerts", "pulse", "sender"} <= names


def test_a_full_disk_is_told_within_a_beat_and_is_over_when_there_is_room(
    house: House, ticking: Ticking, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.desk.store.settings, "keep", full)
    clock.advance(seconds=30)
    with pytest.raises(DiskTrouble):
        ticking.tick()
    (told,) = ticking.troubles.all()
    assert (told.key, told.sentence) == ("disk", "The disk is full.")
    monkeypatch.undo()
    clock.advance(seconds=1)
    ticking.tick()
    assert "disk" not in [each.key for each in ticking.troubles.all()]


def test_a_start_that_failed_can_be_made_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    services = house.desk.services
    house.desk.accounts.add(THAT_SENDS, None, test=False)
    monkeypatch.setattr(services, "_its_sender", full)
    with pytest.raises(DiskTrouble):
        services.start()
    monkeypatch.undo()
    services.start()
    assert sum(thread.name == "receiver" for thread in threading.enumerate()) == 1
    assert any(thread.name == "sender" for thread in threading.enumerate())


def test_there_is_a_sender_as_soon_as_there_is_an_account(house: House) -> None:
    house.desk.services.start()
    assert not any(thread.name == "sender" for thread in threading.enumerate())
    house.desk.accounts.add(THAT_SENDS, None, test=False)
    assert any(thread.name == "sender" for thread in threading.enumerate())


def full(*_: object) -> None:
    raise DiskTrouble("The disk is full.")


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
    monkeypatch.setattr(house.desk.backup, "daily", full)
    house.land(letter())
    house.desk.decide.snooze(1, "1 hour")
    clock.advance(hours=1)
    ticking.tick()
    assert house.desk.store.alerts.open_for(1) is not None
    trouble = next(each for each in ticking.troubles.all() if each.key == "backup")
    assert trouble.sentence == "Today's copy could not be made. The disk is full."
    monkeypatch.undo()
    clock.advance(minutes=10)
    ticking.tick()
    assert all(each.key != "backup" for each in ticking.troubles.all())


def test_damage_that_the_daily_copy_finds_is_told_as_damage(
    house: House, ticking: Ticking, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> None:
        raise Corrupt("leaddesk.db is damaged.", "Restore a backup: leaddesk restore FILE.")

    monkeypatch.setattr(house.desk.backup, "daily", damaged)
    clock.advance(minutes=10)
    ticking.tick()
    (trouble,) = ticking.troubles.all()
    assert trouble.urgent
    assert trouble.sentence == "leaddesk.db is damaged. Do not go on working in it."
    assert str(house.desk.backup.dailies()[-1]) in trouble.safe
    assert "leaddesk restore" in trouble.safe
