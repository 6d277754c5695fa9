"""An import is taken back in pieces: each holds the write lock for a moment, and others write in between.

That it is taken back is written first. What is left over after a cut is found by that: of an import that was
taken back, leads that nobody has worked with, and gaps that it still fills.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.leads import Leads
from leaddesk.words.errors import Refused
from leaddesk.words.imports import ImportUndone
from leaddesk.words.news import ImportChanged, LeadChanged

_LEADS = 2000
"""Of one piece: a tenth of a second of a quiet machine, half a second of a loaded one."""
_FILLS = 200
_NEVER = 2**62
Rest = Callable[[], bool]
"""Called between two pieces, without the lock. False: no more now."""


@dataclass
class _Done:
    """How far it is."""

    there: int
    """Leads of the import when it began."""
    leads: int = 0
    removed: int = 0
    fills: int = 0
    emptied: set[int] = field(default_factory=set)


class Undoing:
    """Takes imports back."""

    def __init__(self, database: Database, leads: Leads) -> None:
        self._db = database
        self._t = database.tables
        self._leads = leads

    def undo(
        self, batch: int, at: datetime, on_part: Callable[[int, float], None], rest: Rest
    ) -> ImportUndone:
        """Takes an import back: its leads go, but for those that were worked with since; gaps open again.

        `on_part` hears how many leads are gone and which part is done; `rest` is called between two pieces,
        without the lock; it tells whether to go on now. Raises Refused when there is no such import, or it
        was taken back before.
        """
        self._begin(batch, at)
        return self._finish(batch, on_part, rest)

    def go_on(self, rest: Rest) -> int:
        """Ends what was cut short; returns how many imports that were."""
        left = self._half_undone()
        for batch in left:
            self._finish(batch, lambda gone, part: None, rest)
        return len(left)

    def _begin(self, batch: int, at: datetime) -> None:
        b = self._t.import_batch
        with self._db.transaction() as news:
            row = b.get_or_none(b.id == batch)
            if row is None:
                raise Refused(f"There is no import {batch}.")
            if row.undone_at is not None:
                raise Refused(f"The import of {row.file} was taken back before.")
            b.update(undone_at=at).where(b.id == batch).execute()
            news.append(ImportChanged(at=self._db.now(), batch=batch))

    def _finish(self, batch: int, on_part: Callable[[int, float], None], rest: Rest) -> ImportUndone:
        fill = self._t.import_fill
        with self._db.session():
            done, all_of_it = _Done(self._of(batch).count()), max(1, self._size(batch))
        for piece in (self._empty_some, self._remove_some):
            after: int | None = 0
            while after is not None:
                after = piece(batch, after, done)
                on_part(done.removed, min(1.0, (done.leads + done.fills) / all_of_it))
                if after is not None and not rest():
                    return self._told(batch, done)
        with self._db.transaction() as news:
            fill.delete().where(fill.batch == batch).execute()
            news.append(ImportChanged(at=self._db.now(), batch=batch))
        return self._told(batch, done)

    def _told(self, batch: int, done: _Done) -> ImportUndone:
        b = self._t.import_batch
        with self._db.session():
            file = b.select(b.file).where(b.id == batch).scalar()
            left = self._of(batch).count()  # services may have gone on with it at the same time
            return ImportUndone(str(file), done.there - left, left, len(done.emptied))

    def _size(self, batch: int) -> int:
        fill = self._t.import_fill
        with self._db.session():
            fills = fill.select().where(fill.batch == batch).count()
            return int(fills + self._of(batch).count())

    def _of(self, batch: int) -> Any:
        lead = self._t.lead
        return lead.select(lead.id).where(lead.import_batch == batch)

    def _half_undone(self) -> list[int]:
        b, fill = self._t.import_batch, self._t.import_fill
        with self._db.session():
            undone = [row.id for row in b.select(b.id).where(b.undone_at.is_null(False))]
            return [
                batch
                for batch in undone
                if fill.select().where(fill.batch == batch).exists()
                or self._of(batch).where(~self._is_worked_with(batch)).exists()
            ]

    # -- leads

    def _remove_some(self, batch: int, after: int, done: _Done) -> int | None:
        """One piece of the leads; where the next begins, or None after the last.

        The oldest first: as long as the newest entry is there, its number is not given away again, and what
        somebody does meanwhile has a higher one.
        """
        lead, text = self._t.lead, self._t.lead_text
        with self._db.transaction():
            some = [row.id for row in self._of(batch).where(lead.id > after).order_by(lead.id).limit(_LEADS)]
            if not some:
                return None
            last = some[-1]
            in_piece = (lead.id > after) & (lead.id <= last)
            gone = self._of(batch).where(in_piece, ~self._is_worked_with(batch))
            if self._db.is_sqlite:  # a full-text table knows no parents
                text.delete().where(text.lead.in_(gone)).execute()
            done.removed += int(lead.delete().where(lead.id.in_(gone)).execute())
        done.leads += len(some)
        return last if len(some) == _LEADS else None

    def _is_worked_with(self, batch: int) -> Any:
        """Something happened with the lead after it was imported."""
        lead, e, o, m, b = (
            self._t.lead, self._t.entry, self._t.outgoing, self._t.mail, self._t.import_batch
        )  # fmt: skip
        last = b.select(b.last_entry).where(b.id == batch)
        return (
            pw.fn.EXISTS(e.select(e.id).where(e.lead == lead.id, e.id > last))
            | pw.fn.EXISTS(o.select(o.id).where(o.lead == lead.id))
            | pw.fn.EXISTS(m.select(m.id).where(m.lead == lead.id))
            | pw.fn.EXISTS(e.select(e.id).where(e.other == lead.id))
        )

    # -- gaps

    def _empty_some(self, batch: int, after: int, done: _Done) -> int | None:
        """One piece of what was filled in, the newest first; but for leads heard from or written to since:
        it may be in use there."""
        fill = self._t.import_fill
        with self._db.transaction() as news:
            query = fill.select().where(fill.batch == batch, fill.id < (after or _NEVER))
            query = query.order_by(fill.id.desc())
            some = list(query.limit(_FILLS))
            if not some:
                return None
            in_use = {row.id for row in query.where(self._is_in_use(batch)).limit(_FILLS)}
            emptied = self._empty([row for row in some if row.id not in in_use])
            news.extend(LeadChanged(at=self._db.now(), lead=number) for number in emptied)
        done.emptied |= emptied
        done.fills += len(some)
        return int(some[-1].id) if len(some) == _FILLS else None

    def _empty(self, rows: list[Any]) -> set[int]:
        fill, a, lead = self._t.import_fill, self._t.address, self._t.lead
        for row in rows:
            if row.address is not None:
                a.delete().where(a.id == row.address).execute()
            else:
                lead.update(name=row.name, company=row.company).where(lead.id == row.lead).execute()
        fill.delete().where(fill.id.in_([row.id for row in rows])).execute()
        emptied = {row.lead for row in rows}
        for number in sorted(emptied):
            self._leads.refold(number)
        return emptied

    def _is_in_use(self, batch: int) -> Any:
        """They wrote or rang, or something of ours went or is about to go to them, after the import."""
        fill, e, o, b = self._t.import_fill, self._t.entry, self._t.outgoing, self._t.import_batch
        this = b.select(b.at, b.last_entry).where(b.id == batch).get()
        touched = e.direction.is_null(False) & (e.id > this.last_entry)
        return pw.fn.EXISTS(e.select(e.id).where(e.lead == fill.lead, touched)) | pw.fn.EXISTS(
            o.select(o.id).where(o.lead == fill.lead, o.created_at >= this.at)
        )
