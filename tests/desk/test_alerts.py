"""Alerts: shown at once, again and louder until somebody has it; many as one; told when nobody sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.notify import Action
from leaddesk.doors.store import open_store
from leaddesk.words.lead import Channel, Decision, Outcome, Reached, Verb
from leaddesk.words.news import AlertTaken
from leaddesk.words.settings import ALERT_ON, ALERT_SOUND, ALERT_TEXT, REPEATS
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter


@pytest.fixture
def waiting(house: House) -> House:
    """A house with one new enquiry whose alert has been shown."""
    house.land(letter())
    house.desk.alerts.round()
    return house


def titles(house: House) -> list[str]:
    return [notice.title for notice in house.notifier.shown]


def shown_after(house: House, clock: FrozenClock, minutes: int) -> list[int]:
    """Minutes after now at which something was shown, looked at each half minute."""
    began, count = clock.now(), len(house.notifier.shown)
    found = []
    for _ in range(minutes * 2):
        clock.advance(seconds=30)
        house.desk.alerts.round()
        if len(house.notifier.shown) > count:
            found.append(int((clock.now() - began).total_seconds()) // 60)
            count = len(house.notifier.shown)
    return found


def test_an_enquiry_is_shown_at_once_with_its_buttons(waiting: House) -> None:
    (notice,) = waiting.notifier.shown
    assert notice.title == "Ngozi Eze: new enquiry"
    assert notice.body.startswith("Can you quote for a loft conversion?")
    assert (notice.key, notice.buttons, notice.sound, notice.urgent) == ("lead:1", True, False, False)
    (alert,) = waiting.alerts()
    assert (alert.lead, alert.count, alert.loudness, alert.shown_by) == (1, 1, 1, "fake")


def test_it_comes_again_louder_after_2_5_15_and_30_minutes_and_then_no_more(
    waiting: House, clock: FrozenClock
) -> None:
    assert shown_after(waiting, clock, 120) == [2, 5, 15, 30]
    assert [notice.sound for notice in waiting.notifier.shown] == [False, True, True, True, True]
    assert [alert.loudness for alert in waiting.alerts()] == [1, 2, 3, 4, 5]
    assert titles(waiting)[-1] == "Ngozi Eze still waits, 30 min"


@pytest.mark.parametrize(
    ("mute", "sound", "made"), [(False, "on", True), (True, "on", False), (True, "off", True)]
)
def test_the_window_is_asked_for_the_sound_that_the_desktop_does_not_make(
    waiting: House, clock: FrozenClock, mute: bool, sound: str, made: bool
) -> None:
    waiting.notifier.mute = mute
    waiting.desk.config.set(ALERT_SOUND, sound)
    shown_after(waiting, clock, 2)
    assert [alert.sound_made for alert in waiting.alerts()] == [True, made]


STOPS: dict[str, Callable[[House], object]] = {
    "got": lambda house: house.desk.decide.got(1),
    "called": lambda house: house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL),
    "snoozed": lambda house: house.desk.decide.snooze(1, "in 1 day"),
    "closed": lambda house: house.desk.decide.close(1, Outcome.WON),
    "sorted away": lambda house: house.desk.decide.judge_out(1),
}


@pytest.mark.parametrize("deed", STOPS)
def test_it_stops_when_somebody_has_it(waiting: House, clock: FrozenClock, deed: str) -> None:
    clock.advance(minutes=2)
    waiting.desk.alerts.round()
    STOPS[deed](waiting)
    assert waiting.heard(AlertTaken)[-1].lead == 1
    assert shown_after(waiting, clock, 60) == []
    assert waiting.notifier.cleared == ["lead:1"]


def test_a_notice_goes_when_somebody_else_has_the_lead(waiting: House, clock: FrozenClock) -> None:
    """As a command beside the window does: its news says only that the lead has changed."""
    waiting.desk.alerts.round()
    other = open_store(waiting.desk.profile, "other", clock.now)
    other.alerts.take(1, clock.now())
    assert waiting.heard(AlertTaken) == []
    waiting.desk.alerts.round()
    assert waiting.notifier.cleared == ["lead:1"]


def test_a_notice_about_many_stands_until_somebody_has_the_last_of_them(house: House) -> None:
    for number in range(5):
        house.land(letter(sender=f"N{number} <n{number}@example.org>"))
    house.desk.alerts.round()
    for lead in range(1, 6):
        assert house.notifier.cleared == []
        house.desk.decide.got(lead)
        house.desk.alerts.round()
    assert house.notifier.cleared == ["many"]


def test_their_answer_alerts_too_and_begins_anew(waiting: House, clock: FrozenClock) -> None:
    waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    clock.advance(minutes=10)
    waiting.land(letter("Yes, call me again"), clock.now())
    waiting.desk.alerts.round()
    assert titles(waiting)[-1] == "Ngozi Eze: answered"
    assert shown_after(waiting, clock, 20) == [2, 5, 15]


def test_it_carries_on_after_a_restart(tmp_path: Path, reader: Reader, clock: FrozenClock) -> None:
    first = House.open(tmp_path / "p", reader, clock)
    first.land(letter())
    first.desk.alerts.round()
    clock.advance(minutes=3)
    again = House.open(tmp_path / "p", reader, clock)
    again.desk.alerts.round()
    assert titles(again) == ["Ngozi Eze still waits, 3 min"]
    assert shown_after(again, clock, 40) == [2, 12, 27]


def test_many_at_once_are_one(house: House, clock: FrozenClock) -> None:
    for number in range(5):
        house.land(letter(sender=f"N{number} <n{number}@example.org>"))
    house.desk.alerts.round()
    (notice,) = house.notifier.shown
    assert (notice.title, notice.buttons) == ("5 new enquiries", False)
    assert notice.body == "N0, N1, N2 and others wait for you"
    (alert,) = house.alerts()
    assert (alert.lead, alert.count) == (None, 5)
    assert shown_after(house, clock, 40) == [2, 5, 15, 30]


def test_three_at_once_are_three(house: House) -> None:
    for number in range(3):
        house.land(letter(sender=f"n{number}@example.org"))
    house.desk.alerts.round()
    assert len(house.notifier.shown) == 3


def test_what_is_gathered_is_shown_at_the_end(house: House, clock: FrozenClock) -> None:
    with house.desk.alerts.gathered():
        for number in range(9):
            house.land(letter(sender=f"n{number}@example.org"))
            house.desk.alerts.round()
        assert house.notifier.shown == []
    house.desk.alerts.round()
    assert titles(house) == ["9 new enquiries"]


def test_gathering_that_takes_too_long_holds_nothing_back(house: House, clock: FrozenClock) -> None:
    with house.desk.alerts.gathered():
        house.land(letter())
        clock.advance(seconds=61)
        house.desk.alerts.round()
        assert len(house.notifier.shown) == 1


def test_the_text_can_be_kept_short(house: House, clock: FrozenClock) -> None:
    house.desk.config.set(ALERT_TEXT, "short")
    house.land(letter())
    house.desk.alerts.round()
    (notice,) = house.notifier.shown
    assert (notice.title, notice.body) == ("New enquiry", "")


def test_sound_repeats_and_alerts_can_be_switched_off(house: House, clock: FrozenClock) -> None:
    house.desk.config.set(ALERT_SOUND, "off")
    house.desk.config.set(REPEATS, "1, 3")
    house.land(letter())
    house.desk.alerts.round()
    assert shown_after(house, clock, 10) == [1, 3]
    assert not any(notice.sound for notice in house.notifier.shown)

    house.desk.config.set(ALERT_ON, "off")
    house.land(letter(sender="bob@example.org"))
    house.desk.alerts.round()
    assert len(house.notifier.shown) == 3
    assert house.alerts()[-1].shown_by is None


def test_what_nobody_could_see_is_told_and_over_when_somebody_can(house: House) -> None:
    house.notifier.silent = True
    house.land(letter())
    house.desk.alerts.round()
    assert house.alerts()[-1].shown_by is None
    trouble = house.trouble("notifier")
    assert trouble is not None
    assert (trouble.urgent, trouble.action) == (False, "Try again")
    house.desk.health.act("notifier")
    assert house.trouble("notifier") is not None
    house.notifier.silent = False
    house.desk.health.act("notifier")
    assert house.trouble("notifier") is None


def test_a_lead_that_another_desk_closed_is_not_shown(house: House, clock: FrozenClock) -> None:
    house.land(letter())
    closed = Decision(lead=1, at=clock.now(), by="Bea", verb=Verb.CLOSED, outcome=Outcome.WON)
    house.desk.store.leads.record(closed)
    house.desk.alerts.round()
    assert house.notifier.shown == []
    assert house.desk.store.alerts.open_for(1) is None


@pytest.fixture
def pressed(house: House) -> list[tuple[int, Action]]:
    heard: list[tuple[int, Action]] = []
    house.desk.alerts.on_action(lambda lead, action: heard.append((lead, action)))
    return heard


@pytest.mark.parametrize(("key", "lead"), [("lead:7", 7), ("many", 0), ("trial", 0), ("lead:x", 0), ("", 0)])
def test_a_press_is_passed_on_with_its_lead(
    house: House, pressed: list[tuple[int, Action]], key: str, lead: int
) -> None:
    house.notifier.press(key, Action.REPLY)
    assert pressed == [(lead, Action.REPLY)]


def test_title_and_tray_hear_how_many_wait_and_how_long(house: House, clock: FrozenClock) -> None:
    assert house.desk.alerts.waiting() == (0, None)
    house.land(letter(), clock.now() - timedelta(minutes=50))
    house.land(letter(sender="bob@example.org"), clock.now() - timedelta(minutes=5))
    assert house.desk.alerts.waiting() == (2, timedelta(minutes=50))


def test_the_rest_between_rounds_ends_when_something_is_due(house: House, clock: FrozenClock) -> None:
    assert house.desk.alerts.round() == 60.0
    house.land(letter())
    assert house.desk.alerts.round() == 60.0
    clock.advance(seconds=90)
    assert house.desk.alerts.round() == 30.0
