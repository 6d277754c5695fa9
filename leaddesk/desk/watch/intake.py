"""Taking in one mail: fetched without a trace on the server, stored raw before anything looks into it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import datetime, timedelta

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.store import Store
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.words.account import Account
from leaddesk.words.mail import MailKey, RawMail, Role

_AHEAD = timedelta(minutes=2)


class Taken(enum.Enum):
    """What became of a number that the server told."""

    KEPT = enum.auto()
    KNOWN = enum.auto()
    GONE = enum.auto()
    """It was there when we looked and could not be fetched."""


class Intake:
    """Takes mails of one role into the store, from whatever folder the session has open.

    Of a large mail only what the reader reads is fetched (FAULTS C16): the row is there at once, and the rest
    stays on the server.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        account: Account,
        role: Role,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._account = account
        self._role = role
        self._step = step
        """Told where it is; the fault harness listens."""

    def take(
        self,
        session: ImapSession,
        folder: str,
        uidvalidity: int,
        uid: int,
        *,
        quiet: bool = False,
        strangers_only: bool = False,
    ) -> Taken:
        """Fetches and stores one mail, in one transaction; with `strangers_only` not the same bytes again."""
        self._step("fetching")
        fetched = session.fetch_raw(uid, MAIL_LIMIT)
        if fetched is None:
            return Taken.GONE
        self._step("fetched")
        if strangers_only and self._store.mails.with_bytes(fetched.raw, self._account.id):
            return Taken.KNOWN
        now = self._clock.now()
        kept = self._store.mails.keep(
            RawMail(
                raw=fetched.raw,
                received_at=received_at(fetched.internaldate, now),
                seen_at=now,
                size=fetched.size,
                key=self.key(folder, uidvalidity, uid),
                quiet=quiet,
            )
        )
        self._step("kept")
        return Taken.KNOWN if kept is None else Taken.KEPT

    def key(self, folder: str, uidvalidity: int, uid: int) -> MailKey:
        return MailKey(
            account=self._account.id, role=self._role, folder=folder, uidvalidity=uidvalidity, uid=uid
        )


def received_at(internaldate: datetime | None, now: datetime) -> datetime:
    """When the server received a mail that is seen `now`; equal to `now` where the server's word is no use.

    A server's clock may run ahead of ours by a little: nobody is to have waited for less than nothing.
    """
    if internaldate is None or internaldate - now > _AHEAD:
        return now
    return min(internaldate, now - timedelta(microseconds=1))
