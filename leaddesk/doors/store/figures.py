"""Enquiries for the figures, and the spans in which nobody watched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.rules.response import Timed
from leaddesk.words.states import Outcome, Standing


class Figures:
    """Questions about response times."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def received(self, start: datetime, end: datetime) -> list[Timed]:
        """Enquiries with start <= received_at < end that count, in order of time."""
        e, lead = self._t.enquiry, self._t.lead
        query = (
            e.select(
                pw.fn.COALESCE(lead.merged_into, e.lead),
                e.received_at,
                e.first_response_at,
                e.standing,
                pw.fn.COALESCE(e.found_us, e.source_text),
                lead.outcome,
            )
            .join(lead, on=(lead.id == e.lead))
            .where(e.received_at >= start, e.received_at < end, e.standing != Standing.NOT_A_LEAD.value)
            .where(e.counted == True)  # noqa: E712 - SQL
            .order_by(e.received_at)
        )
        with self._db.session():
            rows: Iterable[Any] = query.tuples()
            return [
                Timed(
                    lead=lead_id,
                    received_at=received,
                    first_response_at=response,
                    standing=Standing(standing),
                    source=source,
                    outcome=Outcome(outcome),
                )
                for lead_id, received, response, standing, source, outcome in rows
            ]

    def quiet(self, account: int) -> tuple[int, int]:
        """Of the account's first sync: how many enquiries it found, and how many of them are answered."""
        e, mail = self._t.enquiry, self._t.mail
        query = (
            e.select(pw.fn.count(e.id), pw.fn.count(e.first_response_at))
            .join(mail, on=(mail.id == e.mail))
            .where(mail.account == account, e.quiet == True)  # noqa: E712 - SQL
        )
        with self._db.session():
            found: Any = query.tuples().get()
        return int(found[0]), int(found[1])

    def last_answered(self) -> Timed | None:
        """The enquiry that was answered last."""
        e = self._t.enquiry
        answered = e.select().where(e.first_response_at.is_null(False), e.counted == True)  # noqa: E712 - SQL
        query = answered.order_by(e.first_response_at.desc())
        with self._db.session():
            row = query.first()
        if row is None:
            return None
        return Timed(
            lead=row.lead,
            received_at=row.received_at,
            first_response_at=row.first_response_at,
            standing=Standing(row.standing),
            source=row.source_text,
            outcome=Outcome.OPEN,
        )

    def add_gap(self, start: datetime, end: datetime) -> None:
        with self._db.transaction():
            self._t.gap.insert(start=start, end=end, told=False).execute()

    def untold_gap(self) -> tuple[datetime, datetime] | None:
        """The newest span without a watch that the person has not been told of."""
        gap = self._t.gap
        with self._db.session():
            row = gap.select().where(gap.told == False).order_by(gap.id.desc()).first()  # noqa: E712 - SQL
        return (row.start, row.end) if row else None

    def gaps_told(self) -> None:
        with self._db.transaction():
            self._t.gap.update(told=True).execute()
