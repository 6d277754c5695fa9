"""The alert's sound: a small file, played where no desktop showed the alert."""

from __future__ import annotations

import wave

import pytest

from leaddesk.doors.paths import resource
from leaddesk.words.news import AlertRaised
from leaddesk_ui import sound
from leaddesk_ui.window import Window

from .conftest import Settle
from .fake_desk import NOW, FakeDesk


def alert(shown_by: str | None, loudness: int = 1, *, sound_made: bool = True) -> AlertRaised:
    return AlertRaised(
        at=NOW, alert=1, lead=1, count=1, loudness=loudness, shown_by=shown_by, sound_made=sound_made
    )


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    times: list[int] = []
    monkeypatch.setattr(sound, "play_alert", lambda: times.append(1))
    return times


def test_the_file_is_short_and_small() -> None:
    with wave.open(str(resource("sounds/alert.wav"))) as file:
        assert file.getnframes() / file.getframerate() < 1
    assert resource("sounds/alert.wav").stat().st_size < 40_000


def test_an_alert_that_no_desktop_showed_is_heard(window: Window, settle: Settle, played: list[int]) -> None:
    window.hearing.take((alert(None),))
    settle()
    assert played == [1]


def test_an_alert_that_was_shown_makes_no_second_sound(
    window: Window, settle: Settle, played: list[int]
) -> None:
    window.hearing.take((alert("dunst"),))
    settle()
    assert played == []


def test_a_repeat_on_a_desktop_that_makes_no_sound_is_heard(
    window: Window, settle: Settle, played: list[int]
) -> None:
    window.hearing.take((alert("desktop-notifier", 2, sound_made=False),))
    settle()
    assert played == [1]


def test_sound_can_be_switched_off(window: Window, desk: FakeDesk, settle: Settle, played: list[int]) -> None:
    desk.config.texts["alert.sound"] = "off"
    window.hearing.take((alert(None),))
    settle()
    assert played == []
