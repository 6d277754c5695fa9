"""The notifier against a real dunst, a service that writes down what it gets, a silent one, and none."""

from __future__ import annotations

import html
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import pytest

from leaddesk.doors.notify import Action, Notice, Notifier
from leaddesk.doors.notify.text import tidy
from tests.real import need
from tests.real.desktop import Dunst, Screen, SessionBus, SilentService, wait_for
from tests.real.notification_service import NAME, NotificationService

pytestmark = pytest.mark.real

HOSTILE = (
    ("-u critical", "-t 1"),
    ("--help", ""),
    ("-", "-"),
    ("<b>Ana</b> & Söhne", "<img src='file:///etc/passwd'/> 1 < 2 && \"quoted\" 'too'"),
    ("%s %b %n", "&amp; %% \\n \\t C:\\new"),
    ("'); DROP TABLE lead; --", "{'title': <'x'>}"),
    ("Łukasz 山田 🧑‍🚀", "مرحبا שלום"),
)
"""Texts that must arrive as they are."""

SIGNS = [
    *"-<>&'\"\\%{}$`;|\n\t\0\x1b\x7f a",
    "--",
    "\\n",
    "&lt;",
    "<b>",
    "\u202e",
    "\ufffe",
    "\U0010ffff",
    "é",
    "🧑",
    "\udfff",
]
"""What hostile names are made of."""

FOLDED = (
    ("", "LeadDesk", "", ""),
    ("\0\0", "LeadDesk", "a\0b\x07c", "a b c"),
    ("Ana\r\nBcc: eve@example.com", "Ana Bcc: eve@example.com", "one\n\n\ntwo\u2028three", "one two three"),
    ("\u202egnp.exe", "gnp.exe", "half \ud83d", "half \N{REPLACEMENT CHARACTER}"),
    ("n" * 5000, "n" * 62 + "…", "🧑" * 5000, "🧑" * 127 + "…"),
)
"""Texts that are cleaned: title, as it arrives; body, as it arrives."""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with SessionBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        monkeypatch.delenv("DISPLAY", raising=False)
        yield bus


@pytest.fixture
def notifier() -> Iterator[Notifier]:
    notifier = Notifier()
    yield notifier
    notifier.close()


@pytest.fixture
def dunst(bus: SessionBus) -> Iterator[Dunst]:
    with Screen(managed=False) as screen, Dunst(bus, screen) as dunst:
        yield dunst


def test_dunst_gets_hostile_texts_as_they_are(dunst: Dunst, notifier: Notifier) -> None:
    for title, body in HOSTILE:
        assert notifier.show(Notice(title, body)) == "desktop-notifier"
    assert _texts(dunst) == list(HOSTILE)


def test_dunst_gets_other_texts_cleaned_and_clipped(dunst: Dunst, notifier: Notifier) -> None:
    for title, _, body, _ in FOLDED:
        assert notifier.show(Notice(title, body)) == "desktop-notifier"
    assert _texts(dunst) == [(title, body) for _, title, _, body in FOLDED]


@pytest.mark.parametrize("door", ["desktop-notifier", "plyer"])
def test_of_many_hostile_names_none_is_lost_and_none_is_changed(
    bus: SessionBus, notifier: Notifier, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    dice = random.Random(4)
    names = [
        "".join(dice.choices(SIGNS, k=dice.randint(1, 60))) for _ in range(500 if door != "plyer" else 50)
    ]
    if door == "plyer":
        need("notify-send", "libnotify-bin")
        monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    with NotificationService(bus) as service:
        for name in names:
            assert notifier.show(Notice(name, name)) == door
        came = [(one.title.lstrip(), html.unescape(one.body).lstrip()) for one in service.wait(len(names))]
    assert came == [(notice.title, notice.body) for notice in (tidy(Notice(name, name)) for name in names)]


def test_plyer_takes_over_where_desktop_notifier_cannot_be_loaded(
    dunst: Dunst, notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("notify-send", "libnotify-bin")
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    for title, body in HOSTILE:
        assert notifier.show(Notice(title, body)) == "plyer"
    assert _texts(dunst) == [(_kept_off_options(title), _kept_off_options(body)) for title, body in HOSTILE]


def test_the_same_key_takes_the_place_of_the_earlier_one(dunst: Dunst, notifier: Notifier) -> None:
    for word in ("first", "second", "third"):
        assert notifier.show(Notice(word, key="lead:1"))
    assert notifier.show(Notice("another", key="lead:2"))
    assert dunst.shown() == 2
    notifier.clear("lead:1")
    assert dunst.shown() == 1
    assert dunst.received()[0]["summary"] == "another"


def test_a_click_on_dunst_comes_back_with_the_key(dunst: Dunst) -> None:
    done: Queue[tuple[str, Action]] = Queue()
    notifier = Notifier(on_action=lambda key, action: done.put((key, action)))
    assert notifier.show(Notice("Ana", key="lead:7"))
    dunst.control("action")
    assert done.get(timeout=5) == ("lead:7", Action.OPEN)
    notifier.close()


def test_each_button_comes_back_with_its_action(bus: SessionBus) -> None:
    done: Queue[tuple[str, Action]] = Queue()
    notifier = Notifier(on_action=lambda key, action: done.put((key, action)))
    with NotificationService(bus) as service:
        for number in (1, 2):
            assert notifier.show(Notice("Ana", key=f"lead:{number}"))
        first, second = service.wait(2)
        assert first.actions == ("default", "", "reply", "Reply", "got", "I've got it")
        service.press(second, "got")
        service.press(first, "reply")
        assert done.get(timeout=5) == ("lead:2", Action.GOT)
        assert done.get(timeout=5) == ("lead:1", Action.REPLY)
        notifier.close()


def test_a_listener_may_show_and_clear_notices(bus: SessionBus) -> None:
    took: Queue[float] = Queue()
    ours: list[Notifier] = []

    def answer(key: str, action: Action) -> None:
        start = time.monotonic()
        ours[0].clear("lead:2")
        ours[0].show(Notice("Ben", key="lead:3"))
        took.put(time.monotonic() - start)

    notifier = Notifier(on_action=answer)
    ours.append(notifier)
    with NotificationService(bus) as service:
        assert notifier.show(Notice("Ana", key="lead:1"))
        assert notifier.show(Notice("Eve", key="lead:2"))
        ana, eve = service.wait(2)
        service.press(ana, "got")
        assert took.get(timeout=5) < 1
        assert service.closed == [eve.id]
        assert service.wait(3)[2].title == "Ben"
        notifier.close()


def test_a_listener_that_fails_does_not_end_the_notifier(
    bus: SessionBus, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(key: str, action: Action) -> None:
        raise LookupError(key)

    notifier = Notifier(on_action=fail)
    with NotificationService(bus) as service:
        assert notifier.show(Notice("Ana", key="lead:1"))
        service.press(service.wait()[0], "got")
        wait_for(lambda: "nobody could follow" in caplog.text)
        assert notifier.show(Notice("Ben")) == "desktop-notifier"
        notifier.close()


def test_a_loud_notice_says_so_and_a_quiet_one_does_not(bus: SessionBus, tmp_path: Path) -> None:
    icon = tmp_path / "leaddesk.png"
    icon.touch()
    notifier = Notifier(icon=icon)
    with NotificationService(bus) as service:
        notifier.show(Notice("loud", urgent=True, sound=True))
        notifier.show(Notice("quiet", buttons=False))
        loud, quiet = service.wait(2)
        notifier.close()
    critical, normal = 2, 1
    assert loud.hints == {"urgency": critical, "sound-name": "message-new-instant"}
    assert quiet.hints == {"urgency": normal}
    assert quiet.actions == ("default", "")
    assert (quiet.app, quiet.icon) == ("LeadDesk", icon.as_uri())


def test_markup_is_escaped_only_for_a_service_that_reads_it(bus: SessionBus, notifier: Notifier) -> None:
    with NotificationService(bus, abilities=("body",)) as service:
        notifier.show(Notice("<b>", "<i> & co"))
        assert service.wait()[0].body == "<i> & co"
        assert service.wait()[0].title == "<b>"


def test_without_a_session_nothing_is_shown_and_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    notifier = Notifier()
    start = time.monotonic()
    assert notifier.show(Notice("Ana")) is None
    assert time.monotonic() - start < 1
    assert "no desktop session" in str(notifier.why_not())
    notifier.close()


def test_with_nobody_there_nothing_is_shown_and_nothing_waits(bus: SessionBus, notifier: Notifier) -> None:
    start = time.monotonic()
    assert notifier.show(Notice("Ana")) is None
    assert time.monotonic() - start < 1
    assert notifier.why_not() == "No notification service is running on this desktop."


def test_a_service_that_never_answers_is_left_after_two_seconds_and_nothing_piles_up(bus: SessionBus) -> None:
    notifier = Notifier()
    with SilentService(bus, NAME):
        start = time.monotonic()
        assert notifier.show(Notice("Ana")) is None
        assert time.monotonic() - start < 2.5
        notifier.close()
        notifier = Notifier(limit_s=0.2)
        notifier.show(Notice("Ana"))
        threads, files = threading.active_count(), _open_files()
        for _ in range(5):
            assert notifier.show(Notice("Ana")) is None
        assert notifier.why_not() == "The notification service of this desktop does not answer."
        assert threading.active_count() == threads
        wait_for(lambda: _open_files() <= files)
        notifier.close()


def test_many_callers_together_wait_no_longer_than_one(bus: SessionBus) -> None:
    notifier = Notifier(limit_s=0.5)
    with SilentService(bus, NAME):
        start = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            shown = list(pool.map(notifier.show, [Notice("Ana")] * 8))
        assert shown == [None] * 8
        assert time.monotonic() - start < 1.5
        notifier.close()


def test_a_service_that_stops_answering_is_noticed_and_found_again(bus: SessionBus) -> None:
    notifier = Notifier(limit_s=0.5)
    with NotificationService(bus):
        assert notifier.show(Notice("Ana"))
    with SilentService(bus, NAME):
        assert notifier.show(Notice("Ana")) is None
    assert notifier.show(Notice("Ana")) is None, "nobody at all"
    with NotificationService(bus) as service:
        assert notifier.show(Notice("Ben", key="lead:1")) == "desktop-notifier"
        assert service.wait()[0].title == "Ben"
    notifier.close()


def test_a_new_session_is_found_after_the_old_bus_has_died(monkeypatch: pytest.MonkeyPatch) -> None:
    notifier = Notifier()
    for _ in range(2):
        with SessionBus() as bus, NotificationService(bus):
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
            assert notifier.show(Notice("Ana")) == "desktop-notifier"
    notifier.close()


def test_a_service_that_refuses_is_not_said_to_have_shown_it(bus: SessionBus, notifier: Notifier) -> None:
    with NotificationService(bus, refuses=True):
        assert notifier.show(Notice("Ana")) is None


@pytest.mark.parametrize(("abilities", "heard"), [(("body",), False), (("body", "sound"), True)])
def test_a_service_without_sound_is_known_to_make_none(
    bus: SessionBus, notifier: Notifier, abilities: tuple[str, ...], heard: bool
) -> None:
    with NotificationService(bus, abilities=abilities):
        door = notifier.show(Notice("Ana", sound=True))
        assert door == "desktop-notifier"
        assert notifier.sounds(door) is heard


def test_the_ability_names_the_service(bus: SessionBus, notifier: Notifier) -> None:
    with NotificationService(bus, abilities=("actions", "body")):
        ability = notifier.ability()
        assert ability.works
        assert ability.sentence == "the test's service 1 shows notifications."
        assert (ability.buttons, ability.sound) == (True, False)
        assert notifier.why_not() is None


def test_a_closed_notifier_shows_nothing_and_its_thread_has_ended(bus: SessionBus) -> None:
    with NotificationService(bus) as service:
        notifier = Notifier()
        assert notifier.show(Notice("Ana"))
        start = time.monotonic()
        notifier.close()
        assert time.monotonic() - start < 2
        assert "notifier" not in [thread.name for thread in threading.enumerate()]
        assert notifier.show(Notice("Ben")) is None
        assert len(service.received) == 1


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _texts(dunst: Dunst) -> list[tuple[str, str]]:
    """Titles and bodies in the order they came. In dunst's history a body is markup: ours must be escaped."""
    entries = list(reversed(dunst.received()))
    assert not [entry for entry in entries if "<" in entry["body"]]
    return [(entry["summary"], html.unescape(entry["body"])) for entry in entries]


def _kept_off_options(text: str) -> str:
    return f" {text}" if text.startswith("-") else text
