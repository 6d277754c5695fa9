"""The demo: a throw-away profile with thirty leads in which customers write and answer by themselves.

Enquiries come through the same capture as real ones, from a Maildir; replies leave through the real outbox
to a sink on the loopback. No real account and no keyring is ever touched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from leaddesk import desk as core
from leaddesk.demo import Living
from leaddesk.desk.accounts import Accounts
from leaddesk.desk.sample import begin_plans, make_sample, take_up_mailbox
from leaddesk.doors.autostart import Autostart
from leaddesk.doors.clock import Clock
from leaddesk.doors.late import given
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.vault import Vault
from leaddesk.words.errors import NoVault, Refused

from . import app
from .needs import Desk


class NoKeyring(Vault):
    """Stands where the keyring would: the demo has no secrets, and asks for none."""

    def backend_name(self, *, within_s: float = 5.0) -> str | None:
        return None

    def get(self, what: str, user: str, *, within_s: float = 60.0) -> str | None:
        return None

    def set(self, what: str, user: str, secret: str, *, within_s: float = 60.0) -> None:
        raise NoVault("The demo keeps no password.")

    def delete(self, what: str, user: str, *, within_s: float = 60.0) -> None:
        """There is nothing to delete."""


class NoStartAtLogin(Autostart):
    """Stands where the desktop's switch would be: the demo is gone when it ends."""

    def switch(self, on: bool) -> None:
        if on:
            raise Refused("The demo does not start at login.", "Start LeadDesk itself to choose that.")


class OnlyItsOwn:
    """The demo's accounts: all that accounts can do, but for taking up a real mailbox."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def add(self, *_: object, **__: object) -> NoReturn:
        raise Refused("The demo takes up no mailbox of yours.", "Start LeadDesk itself to add one.")

    sign_in = add

    def __getattr__(self, name: str) -> Any:
        return getattr(self._accounts, name)


def run(argv: Sequence[str]) -> int:
    """Opens the demo's window; without a display it plays the same demo offscreen and ends by itself."""
    with _stage() as (profile, living):
        living.start()
        if has_display():
            return app.run(argv, profile, opener=lambda: _open(profile, living), demo=True)
        from .play import run_offscreen  # noqa: PLC0415 - only for machines without a display

        return run_offscreen(argv, profile, lambda: _open(profile, living), lambda: len(living.received))


def has_display() -> bool:
    """Whether a window could be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def _stage() -> Iterator[tuple[Path, Living]]:
    """The profile and its customers; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="leaddesk-demo-"))
    living = Living(folder / "maildir")
    try:
        make_sample(folder / "profile", Clock())
        yield folder / "profile", living
    finally:
        living.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _open(profile: Path, living: Living) -> Desk:
    """The demo's desk, with its only account and its feed."""
    doors = core.Doors(Clock(), NoKeyring(), Reader(), autostart=NoStartAtLogin())
    desk = core.open(profile, doors=doors)
    if not desk.accounts.list():
        take_up_mailbox(desk, living.smtp_port, living.address)
        begin_plans(desk)
        desk.accounts.add_feed("maildir", str(profile.parent / "maildir"))
    given(desk, accounts=OnlyItsOwn(desk.accounts))
    return desk
