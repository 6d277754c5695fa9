"""Mails of theirs that were answered here and are to be marked so on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.words.outgoing import OutgoingState


@dataclass(frozen=True, slots=True)
class Answered:
    """One mail, by where it lies on its server, and the answer to it."""

    outgoing: int
    folder: str
    uidvalidity: int
    uid: int


class AnsweredMails:
    """What an outbox knows about the mails that it answers."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def unmarked(self, account: int, since: datetime) -> tuple[Answered, ...]:
        """Mails in the account's mailbox whose answer was sent at `since` or later."""
        o, m = self._t.outgoing, self._t.mail
        query: Any = (
            o.select(o.id, m.folder, m.uidvalidity, m.uid)
            .join(m, on=(m.id == o.answers))
            .where(o.answers.is_null(False), o.marked.is_null())
            .where(o.state == OutgoingState.SENT.value, o.sent_at >= since)
            .where(m.account == account, m.uid.is_null(False))
            .order_by(o.id)
        )
        with self._db.session():
            return tuple(starmap(Answered, query.tuples()))

    def marked(self, outgoing: int, *, done: bool) -> None:
        """It was marked, or is not there any more: nobody looks again."""
        o = self._t.outgoing
        with self._db.transaction():
            o.update(marked=done).where(o.id == outgoing).execute()
