"""The window when things are not as they should be: second starts, lost screens, services that fail."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from leaddesk.desk.sample import make_sample
from leaddesk.doors.clock import Clock
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import WINDOW_PLACE
from tests.letters import letter
from tests.real.desktop import GnomeKeyring, SilentService, wait_for
from tests.real.notification_service import NAME
from tests.real.scene import PASSWORD, Mailbox, Scene

pytestmark = pytest.mark.real

QUEUE = (120, 110, 420, 120)
"""The first row, and the cards of what needs a person above it."""
COMPOSER = (560, 480, 740, 120)
BANNER = (120, 30, 1000, 30)
"""Over the pages."""
TYPE_PASSWORD = (342, 196)
"""The second button of the only card, in the window."""


@pytest.fixture
def sample(there: Scene) -> Scene:
    """Five sample leads wait."""
    make_sample(there.profile, Clock(), 5)
    return there


def shown(scene: Scene, limit_s: float = 15.0) -> str:
    """The window's number, once it is whole."""
    window = scene.driver.start(scene.profile)
    scene.driver.wait_title(r"^\(5\) LeadDesk", limit_s)
    scene.driver.settle()
    return window


def test_a_second_start_raises_the_first_window(sample: Scene) -> None:
    driver, window = sample.driver, shown(sample)
    driver.minimize()
    wait_for(lambda: driver.active() != window)
    assert driver.again(sample.profile) == 0
    wait_for(lambda: driver.active() == window)
    assert driver.windows() == [window]


def test_two_starts_at_once_leave_one_window(sample: Scene) -> None:
    driver = sample.driver
    first = driver.launch(sample.profile)
    second = driver.launch(sample.profile)
    wait_for(lambda: None not in (first.poll(), second.poll()) or len(driver.windows()) == 1, limit_s=15)
    wait_for(lambda: [first.poll(), second.poll()].count(0) == 1)
    assert len(driver.windows()) == 1
    for process in (first, second):
        process.terminate()
        process.wait(5)


def test_a_window_that_stood_on_a_screen_that_is_gone_comes_back_into_sight(sample: Scene) -> None:
    with sample.look() as desk:
        desk.config.set(WINDOW_PLACE, "9000,7000,1200,700,0,420")
    left, top, width, height = sample.driver.place(shown(sample))
    assert 0 <= left <= 1360 - width
    assert 0 <= top <= 860 - height


def test_the_end_of_a_session_keeps_what_was_typed_a_moment_ago(sample: Scene, post: Mailbox) -> None:
    with sample.look() as desk:
        desk.accounts.add(replace(post.account(), keep_in_memory=True), None, test=False)
    driver = sample.driver
    shown(sample)
    with driver.changing(COMPOSER):
        driver.keys("r")
    driver.type("Just this moment")
    assert driver.terminate() < 2.0
    assert driver.wait_for_end() == 0
    with sample.look() as desk:
        (draft,) = desk.reply.outbox(OutgoingState.DRAFT)
    assert "Just this moment" in draft.body


def test_a_silent_notification_service_is_told_in_the_window_and_holds_nobody_up(sample: Scene) -> None:
    with SilentService(sample.bus, NAME), sample.look() as desk:
        maildir = a_maildir(sample.home)
        desk.accounts.add_feed("maildir", str(maildir))
        driver = sample.driver
        shown(sample)
        with driver.changing(BANNER):
            with driver.changing(QUEUE):
                put(maildir)
            begin = time.monotonic()  # the notifier waits for its two seconds now
            with driver.changing(QUEUE):
                driver.keys("slash")
            assert time.monotonic() - begin < 1.5
        driver.shot("20-silent-notifications")


def a_maildir(folder: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (folder / "Maildir" / name).mkdir(parents=True)
    return folder / "Maildir"


def put(maildir: Path) -> None:
    """Delivers a mail, as a Maildir wants it: written elsewhere, then moved."""
    (maildir / "tmp" / "1.host").write_bytes(letter())
    os.replace(maildir / "tmp" / "1.host", maildir / "new" / "1.host")


def test_a_locked_keyring_is_a_card_and_the_password_can_be_typed_instead(
    sample: Scene, post: Mailbox
) -> None:
    driver = sample.driver
    with GnomeKeyring(sample.bus) as keyring:
        with sample.look() as desk:
            desk.accounts.add(replace(post.account(), keyring="Secret Service"), None, test=False)
        keyring.restart(unlock=False)
        shown(sample)
        driver.shot("21-locked-keyring")
        with driver.changing():
            driver.click(*TYPE_PASSWORD)
        driver.type(PASSWORD)
        driver.shot("22-password-typed-instead")
        with driver.changing(QUEUE):
            driver.keys("Return")
        post.write("Are you there?")
        driver.wait_title(r"^\(6\) LeadDesk")
        driver.settle()
        driver.shot("23-watched-all-the-same")
