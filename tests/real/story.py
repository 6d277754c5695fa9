"""A lead's weeks in a minute: the real window by a moved clock, its mailbox, and what is told of it."""

from __future__ import annotations

import email
import email.policy
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from leaddesk import desk as core
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.vault import Vault
from leaddesk.words.mail import Role
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import BY_KEY, PERSON_NAME, THEME, UNDO_SECONDS
from leaddesk.words.views import QueueRow
from tests.cli.calling import Cli
from tests.frozen_clock import FrozenClock
from tests.moved_clock import MovedClock
from tests.moved_window import CLOCK_FILE
from tests.real.desktop import GnomeKeyring
from tests.real.scene import ADDRESS, PASSWORD, USER, Mailbox, Scene

COMPOSER = (560, 480, 740, 120)
"""Where its head is."""
_numbers = itertools.count(1)


@dataclass
class Story:
    """The person's steps at the window, what the world does meanwhile, and what the database tells of it."""

    there: Scene
    post: Mailbox
    clock: MovedClock
    cli: Cli
    shots: str
    """Begins the names of the pictures."""

    # -- before

    def settle_in(self, theme: str, settings: dict[str, str] | None = None) -> None:
        """A firm with a mailbox, as set-up leaves it; then the window, both folders looked through."""
        doors = core.Doors(self.clock, Vault(), Reader())
        with core.open(self.there.profile, doors=doors) as desk:
            desk.accounts.add(replace(self.post.account(), saves_sent=True), PASSWORD, test=False)
            desk.config.set(UNDO_SECONDS, "1")
            desk.config.set(PERSON_NAME, "Ana")
            desk.config.set(THEME, theme)
            for key, value in (settings or {}).items():
                desk.config.set(BY_KEY[key], value)
        self.there.driver.start(self.there.profile)
        self.there.until(lambda desk: all(_is_looked_through(desk, role) for role in (Role.INBOX, Role.SENT)))
        self.there.driver.settle()

    # -- the world

    def writes(self, raw: bytes) -> None:
        """A mail lands in the mailbox now, by the moved clock."""
        self.post.dovecot.append(raw, user=USER, at=self.clock.now())

    def answer(self, sender: str, text: str, to: EmailMessage, **headers: str) -> bytes:
        """A mail of theirs in the thread of one of ours."""
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, ADDRESS, f"Re: {to['Subject']}"
        mail["Message-ID"] = f"<answer-{next(_numbers)}@mail.example>"
        mail["Date"] = self.clock.now()
        mail["In-Reply-To"] = mail["References"] = to["Message-ID"]
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return mail.as_bytes()

    # -- the person

    def shot(self, name: str) -> None:
        self.there.driver.settle()
        self.there.driver.shot(f"{self.shots}-{name}")

    def waits(self, count: int) -> None:
        """So many wait in the window, by its title."""
        self.there.driver.wait_title(rf"^\({count}\) LeadDesk" if count else "^LeadDesk$")

    def sends(self, text: str, shot: str) -> EmailMessage:
        """R, what is to be added to the draft, Ctrl+Enter; the mail that the server took."""
        before, driver = len(self.post.taken()), self.there.driver
        with driver.changing(COMPOSER):
            driver.keys("r")
        driver.type(text)
        self.shot(shot)
        driver.keys("ctrl+Return")
        self.there.until(lambda desk: len(self.sent(desk)) > before)
        mails = self.post.taken()
        assert len(mails) == before + 1
        return mails[-1]

    def sent(self, desk: core.Desk) -> list[int]:
        return [mail.id for mail in desk.reply.outbox(OutgoingState.SENT)]

    # -- what is told

    def told(self, lead: int) -> dict[str, Any]:
        """`leaddesk lead ID --json`, now."""
        self.cli.clock = FrozenClock(self.clock.now(), self.clock.zone())
        (told,) = self.cli.json("lead", str(lead))
        return told

    def row(self) -> QueueRow:
        """The only one in the queue."""
        (row,) = self.there.rows()
        return row

    def goes_on_to(self, at: str | datetime) -> None:
        """The clock is put to that time, and a second on."""
        to = datetime.fromisoformat(at) if isinstance(at, str) else at
        assert to > self.clock.now()
        self.clock.put(to + timedelta(seconds=1))


def _is_looked_through(desk: core.Desk, role: Role) -> bool:
    box = desk.store.mailboxes.get(1, role)
    return box is not None and box.quiet_done and box.swept_at is not None


@contextmanager
def story(
    there: Scene,
    post: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    begins: str,
    shots: str,
) -> Iterator[Story]:
    """At `begins`, '2026-11-02 20:12', with a keyring; the window is not open yet."""
    file = there.home / "clock"
    clock = MovedClock(file)
    clock.put(clock.local(begins))
    there.clock, there.driver.module = clock, "tests.moved_window"
    there.driver.env[CLOCK_FILE] = str(file)
    monkeypatch.delenv("LEADDESK_PROFILE", raising=False)
    with GnomeKeyring(there.bus):
        yield Story(there, post, clock, Cli(there.profile, monkeypatch, capsys), shots)
