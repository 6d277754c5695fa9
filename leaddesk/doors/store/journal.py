"""The journal: what changed, for other processes and desks on the same database."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.fields import from_micros, to_micros
from leaddesk.doors.store.plain import Plain
from leaddesk.words import news as words
from leaddesk.words.account import ConnectionState
from leaddesk.words.mail import MailKind
from leaddesk.words.news import News
from leaddesk.words.outgoing import OutgoingState

_KEPT = timedelta(days=7)
_TURN = 0x1EADDE5C
"""Names the server's lock under which the journal is written, until the transaction's end."""
_KINDS: dict[str, type[News]] = {
    kind.__name__: kind for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, News)
}
_ENUMS: dict[str, type[enum.StrEnum]] = {
    "MailKind": MailKind,
    "OutgoingState": OutgoingState,
    "ConnectionState": ConnectionState,
}
_NOT_JOURNALLED = (words.ConnectionChanged, words.TroubleChanged)


class Journal:
    """Writes news inside each transaction, and reads what others wrote."""

    def __init__(self, database: Database, desk: str) -> None:
        self._db = database
        self._rows = database.tables.journal
        self._plain = Plain(database, "journal")
        self._desk = desk

    def position(self) -> int:
        """Where the journal ends now."""
        with self._db.session():
            row = self._rows.select(self._rows.id).order_by(self._rows.id.desc()).first()
        return row.id if row else 0

    def since(self, position: int) -> tuple[int, list[News]]:
        """The new position, and what other desks wrote after `position`."""
        rows = self._rows
        with self._db.session():
            found = list(rows.select().where(rows.id > position).order_by(rows.id))
        others = [_news(row.news, row.body) for row in found if row.desk != self._desk]
        return (found[-1].id if found else position), [n for n in others if n is not None]

    def change_counter(self) -> Callable[[], object]:
        """A cheap question, asked on one open connection: equal answers mean that nothing changed."""
        if self._db.is_sqlite:
            return lambda: self._db.peewee.pragma("data_version")
        return self.position

    def prune(self, now: datetime) -> None:
        """Forgets what every desk has read long ago; the newest stays, so that numbers never start anew."""
        rows = self._rows
        with self._db.transaction():
            rows.delete().where(rows.at < now - _KEPT, rows.id < self.position()).execute()

    def write(self, news: list[News]) -> None:
        """Writes what a transaction tells, inside it."""
        rows = [
            {"at": item.at, "desk": self._desk, "news": type(item).__name__, "body": _body(item)}
            for item in dict.fromkeys(news)
            if not isinstance(item, _NOT_JOURNALLED)
        ]
        if rows:
            self._take_turn()
            self._plain.add_all(rows)

    def _take_turn(self) -> None:
        """On a server, commits must come in the order of the numbers, or `since` would skip the later one."""
        if not self._db.is_sqlite:
            self._db.peewee.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_TURN,))


def _body(item: News) -> dict[str, Any]:
    return {f.name: _plain(getattr(item, f.name)) for f in dataclasses.fields(item)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"µs": to_micros(value)}
    if isinstance(value, enum.StrEnum):
        return {"enum": type(value).__name__, "value": value.value}
    return value


def _news(kind: str, body: dict[str, Any]) -> News | None:
    """The event again, without what a newer version added; None for one that this version cannot make."""
    made = _KINDS.get(kind)
    if made is None:
        return None
    known = {f.name for f in dataclasses.fields(made)}
    try:
        return made(**{key: _rich(value) for key, value in body.items() if key in known})
    except (TypeError, KeyError, ValueError):
        return None


def _rich(value: Any) -> Any:
    if isinstance(value, dict) and "µs" in value:
        return from_micros(value["µs"])
    if isinstance(value, dict) and "enum" in value:
        return _ENUMS[value["enum"]](value["value"])
    return value
