"""Alerts: a row each, until somebody has it. They survive a restart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.models import AlertRow
from leaddesk.doors.store.plain import Plain
from leaddesk.doors.store.waiting import Waiting
from leaddesk.words.lead import Outcome, Turn
from leaddesk.words.news import AlertTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert. `lead` is None for many at once; `loudness` counts how often it was raised."""

    id: int
    lead: int | None
    count: int
    raised_at: datetime
    loudness: int
    next_at: datetime | None
    shown_by: str | None


class Alerts:
    """The store of alerts. A lead has at most one that nobody has taken."""

    def __init__(self, database: Database, waiting: Waiting) -> None:
        self._db = database
        self._waiting = waiting
        self._rows = database.tables.alert
        self._plain = Plain(database, "alert")
        self._leads = database.tables.lead

    def open_for(self, lead: int | None) -> Alert | None:
        """The lead's untaken alert; for None the untaken one about many."""
        rows = self._rows
        mine = rows.lead.is_null() if lead is None else rows.lead == lead
        with self._db.session():
            row = rows.select().where(rows.taken_at.is_null(), mine).order_by(rows.id.desc()).first()
        return _alert(row) if row else None

    def still_open(self, leads: Collection[int]) -> set[int]:
        """Those of these leads that are open and that nobody has taken."""
        rows, lead = self._rows, self._leads
        query = rows.select(rows.lead).join(lead, on=(lead.id == rows.lead)).where(
            rows.taken_at.is_null(), rows.lead.in_(sorted(leads)), lead.outcome == Outcome.OPEN.value
        )  # fmt: skip
        with self._db.session():
            rows_of: Any = query.tuples()
            return {int(number) for (number,) in rows_of}

    def raise_anew(self, lead: int | None, count: int, at: datetime) -> Alert:
        """A new alert, due at once; what was untaken for the lead is replaced."""
        rows = self._rows
        mine = rows.lead.is_null() if lead is None else rows.lead == lead
        with self._db.transaction():
            rows.update(taken_at=at).where(rows.taken_at.is_null(), mine).execute()
            made = rows.insert(lead=lead, count=count, raised_at=at, loudness=0, next_at=at).execute()
            return _alert(rows.get(rows.id == made))

    def raise_again(self, lead: int, at: datetime) -> None:
        """What stopped the lead's alert was taken back. One that was never told of stays quiet."""
        rows = self._rows
        with self._db.transaction():
            was_told = rows.select().where(rows.lead == lead).exists()
            if was_told and self.open_for(lead) is None and self._waits(lead, at):
                self.raise_anew(lead, 1, at)

    def take_unless_waiting(self, lead: int, at: datetime) -> bool:
        """As `take`, but not where something else of the lead waits for us: somebody must hear of it."""
        with self._db.transaction():
            return not self._waits(lead, at) and self.take(lead, at)

    def _waits(self, number: int, at: datetime) -> bool:
        """Open, ours, awake, and neither in somebody's hands nor as good as answered."""
        lead = self._leads.get_or_none(self._leads.id == number)
        if lead is None or lead.outcome != Outcome.OPEN.value:
            return False
        if self._waiting.is_answered_soon(number, at):
            return False
        until = lead.snoozed_until
        is_ours = lead.turn == Turn.OURS.value or until is not None
        return is_ours and lead.got_at is None and (until is None or until <= at)

    def due(self, now: datetime) -> list[Alert]:
        """Untaken alerts whose next showing has come."""
        rows = self._rows
        query = rows.select().where(rows.taken_at.is_null(), rows.next_at <= now).order_by(rows.id)
        with self._db.session():
            return [_alert(row) for row in query]

    def next_at(self) -> datetime | None:
        """When the next untaken alert is due."""
        rows = self._rows
        query = rows.select().where(rows.taken_at.is_null(), rows.next_at.is_null(False))
        with self._db.session():
            row = query.order_by(rows.next_at).first()
        return row.next_at if row else None

    def shown(self, alert: int, loudness: int, next_at: datetime | None, shown_by: str | None) -> None:
        with self._db.transaction():
            self._rows.update(loudness=loudness, next_at=next_at, shown_by=shown_by).where(
                self._rows.id == alert
            ).execute()

    def take(self, lead: int | None, at: datetime) -> bool:
        """Somebody has it: nothing comes again. True when there was something to take."""
        mine, values = ("lead IS NULL", ()) if lead is None else ("lead = ?", (lead,))
        with self._db.transaction() as news:
            over = {"taken_at": at, "next_at": None}
            changed = self._plain.update(over, f"taken_at IS NULL AND {mine}", *values)
            if changed:
                news.append(AlertTaken(at=at, lead=lead))
            return bool(changed)


def _alert(row: AlertRow) -> Alert:
    return Alert(
        id=row.id,
        lead=row.lead,
        count=row.count,
        raised_at=row.raised_at,
        loudness=row.loudness,
        next_at=row.next_at,
        shown_by=row.shown_by,
    )
