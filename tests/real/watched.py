"""A mailbox on a real Dovecot, watched by a whole desk: for the tests of the watch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from leaddesk.desk.watch import Pace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.words.account import Account, Connection, ConnectionState, Security, Server
from leaddesk.words.mail import Mail, Place, Role
from tests.house import House, until
from tests.real.dovecot import Dovecot

PASSWORD = "secret words"
QUICK = Pace(
    renew_s=5.0,
    sweep_s=60.0,
    backoff_s=0.05,
    backoff_most_s=0.2,
    refused_s=0.05,
    told_after_s=0.2,
    timeout_s=5.0,
    vault_s=2.0,
)


@dataclass(frozen=True)
class Box:
    """One user's mailbox on a Dovecot, and what happens to it behind our back."""

    dovecot: Dovecot
    user: str

    @property
    def email(self) -> str:
        return f"{self.user}@lofts.example"

    def account(self, **more: Any) -> Account:
        given: dict[str, Any] = {
            "email": self.email,
            "name": "Ann Lee",
            "user": self.user,
            "imap": self.dovecot.server,
            "smtp": Server("127.0.0.1", 1, Security.PLAIN),
            "ca_file": str(self.dovecot.ca_file),
            "saves_sent": True,
        }
        return Account(**given | more)

    def deliver(self, raw: bytes) -> None:
        self.dovecot.deliver(raw, to=self.user)

    def append(self, raw: bytes, folder: str = "INBOX", at: datetime | None = None) -> None:
        self.dovecot.append(raw, user=self.user, folder=folder, at=at)

    def doveadm(self, word: str, *more: str) -> str:
        """A doveadm command about this user's mail."""
        return self.dovecot.doveadm(*word.split(), "-u", self.user, *more)

    def expunge(self, uid: int) -> None:
        self.dovecot.expunge(uid, user=self.user)


@contextmanager
def watching(
    profile: Path, reader: Reader, box: Box, *, pace: Pace = QUICK, password: str = PASSWORD, **account: Any
) -> Iterator[House]:
    """A desk that watches the box; with its services running until the block ends."""
    house = House.open(profile, reader, Clock(), pace=pace)
    accounts = house.desk.accounts
    known = accounts.list() or (accounts.add(box.account(**account), password, test=False).account,)
    accounts.give_password(known[0].id, password, keep=False)
    house.desk.services.start()
    try:
        yield house
    finally:
        house.close()


def is_online(house: House) -> bool:
    """Inbox and Sent are both watched."""
    states = [connection.state for connection in house.desk.health.connections()]
    return len(states) == 2 and all(state is ConnectionState.ONLINE for state in states)


def online(house: House) -> House:
    """Waits until both are watched and their first sync is over."""
    until(lambda: is_online(house) and all(_is_synced(house, role) for role in (Role.INBOX, Role.SENT)))
    return house


def _is_synced(house: House, role: Role) -> bool:
    position = house.desk.store.mailboxes.get(1, role)
    return position is not None and position.quiet_done and position.swept_at is not None


def read(house: House, count: int, role: Role = Role.INBOX, seconds: float = 15.0) -> list[Mail]:
    """Waits until so many mails have been read; all of them."""
    places = [place for place in Place if (place is Place.SENT) is (role is Role.SENT)]
    until(lambda: sum(map(house.in_place, places)) >= count, seconds, every=0.03)
    return house.mails(role)


def inbox(house: House) -> Connection:
    return next(c for c in house.desk.health.connections() if c.folder == "INBOX")


def ago(**span: float) -> datetime:
    """A time before now, as a mail server tells it: in whole seconds."""
    return Clock().now().replace(microsecond=0) - timedelta(**span)
