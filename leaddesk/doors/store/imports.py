"""Imports: people from a file in one transaction, gaps of known leads filled, and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.import_stage import Stage
from leaddesk.doors.store.import_undo import Rest, Undoing
from leaddesk.doors.store.import_writing import Basis, Writing
from leaddesk.doors.store.leads import Leads
from leaddesk.doors.store.rows import new_token
from leaddesk.words.errors import Refused
from leaddesk.words.imports import Batch, ImportUndone
from leaddesk.words.lead import Direction, Outcome
from leaddesk.words.news import ImportChanged, LeadChanged

_MANY_WORDS = 32 * 1024 * 1024
_USUAL_WORDS = 1024 * 1024
"""What FTS5 itself begins with."""
_ASKED = 20_000
"""Keys of one question: SQLite takes 32,766 values, and a card may have a dozen addresses."""
_MOST_SHARING = 20


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a known lead can be told by a file: ways to reach it that are new, and what it is called."""

    lead: int
    keys: tuple[tuple[str, str, str], ...]
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class Called:
    """A lead by its name and firm, with the keys of its addresses where they were asked for."""

    lead: int
    name: str
    company: str
    keys: frozenset[tuple[str, str]] = frozenset()


class Imports:
    """The store of imports."""

    def __init__(self, database: Database, leads: Leads) -> None:
        self._db = database
        self._t = database.tables
        self._leads = leads
        self._writing = Writing(database)
        self._undoing = Undoing(database, leads)

    # -- reading

    def get(self, batch: int) -> Batch:
        """Raises Refused when there is none of that number."""
        b = self._t.import_batch
        with self._db.session():
            row = b.get_or_none(b.id == batch)
        if row is None:
            raise Refused(f"There is no import {batch}.")
        return _batch_of(row)

    def all(self) -> tuple[Batch, ...]:
        """The newest first."""
        b = self._t.import_batch
        with self._db.session():
            return tuple(_batch_of(row) for row in b.select().order_by(b.id.desc()))

    def has_addresses(self) -> bool:
        """False while nobody here can be reached."""
        a = self._t.address
        return a.select(a.id).first() is not None

    def leads_with(self, keys: Sequence[str]) -> dict[str, int]:
        """For each of `keys` that a lead has, the newest such lead."""
        found: dict[str, int] = {}
        for start in range(0, len(keys), _ASKED):
            some = list(keys[start : start + _ASKED])
            marks = ", ".join([self._db.peewee.param] * len(some))
            sql = f"SELECT key, lead FROM address WHERE key IN ({marks}) ORDER BY lead"  # noqa: S608 - marks only
            found |= dict(self._db.peewee.execute_sql(sql, some))
        return found

    def sharing(self, keys: Sequence[str]) -> dict[str, list[Called]]:
        """For each of `keys` those leads that have it, the newest first; at most twenty of one key."""
        a = self._t.address
        found: dict[str, list[int]] = {}
        for start in range(0, len(keys), _ASKED):
            some = list(keys[start : start + _ASKED])
            rows: Any = a.select(a.key, a.lead).where(a.key.in_(some)).order_by(a.lead.desc()).tuples()
            for key, lead in rows:
                leads = found.setdefault(key, [])
                if len(leads) < _MOST_SHARING:
                    leads.append(lead)
        called: dict[int, Called] = {}
        everybody = sorted({lead for leads in found.values() for lead in leads})
        for start in range(0, len(everybody), _ASKED):
            called |= self.called(everybody[start : start + _ASKED])
        return {key: [called[lead] for lead in leads] for key, leads in found.items()}

    def called(self, leads: Sequence[int]) -> dict[int, Called]:
        """What these leads are called, and how they can be reached."""
        lead, a = self._t.lead, self._t.address
        found: dict[int, set[tuple[str, str]]] = {number: set() for number in leads}
        ways: Any = a.select(a.lead, a.kind, a.key).where(a.lead.in_(list(leads))).tuples()
        for number, kind, key in ways:
            found[number].add((kind, key))
        rows: Any = lead.select(lead.id, lead.name, lead.company).where(lead.id.in_(list(leads))).tuples()
        return {n: Called(n, name, company, frozenset(found[n])) for n, name, company in rows}

    def newest_numbers(self, limit: int) -> list[str]:
        """Telephone numbers (`phone_key`) among the newest addresses, of which `limit` are looked at."""
        a = self._t.address
        with self._db.session():
            rows = list(a.select(a.kind, a.key).order_by(a.id.desc()).limit(limit))
        return [row.key for row in rows if row.kind == "phone"]

    def is_mere_contact(self, lead: int) -> bool:
        """It came with an import, without any enquiry, and nobody has had to do with it here since.

        That we wrote to it elsewhere makes no lead of it.
        """
        rows, e, b = self._t.lead, self._t.entry, self._t.import_batch
        since = (e.direction == Direction.IN.value) | (e.kind == "decision") | e.outgoing.is_null(False)
        query = (
            rows.select(rows.id)
            .join(b, on=(b.id == rows.import_batch))
            .where(rows.id == lead, rows.outcome == Outcome.NOT_A_LEAD.value)
            .where(~pw.fn.EXISTS(e.select(e.id).where(e.lead == rows.id, e.id > b.last_entry, since)))
        )
        with self._db.session():
            return bool(query.exists())

    def with_company(self) -> Iterator[Called]:
        """All leads of a firm."""
        lead = self._t.lead
        query = lead.select(lead.id, lead.name, lead.company).where(lead.company != "").tuples()
        return (Called(*row) for row in query.iterator())

    def without_address(self) -> Iterator[Called]:
        """All leads that have nothing but a name."""
        lead, a = self._t.lead, self._t.address
        none = ~pw.fn.EXISTS(a.select(a.id).where(a.lead == lead.id))
        query = lead.select(lead.id, lead.name, lead.company).where(none).tuples()
        return (Called(*row) for row in query.iterator())

    def standing(self) -> tuple[int, int, int]:
        """Another value as soon as there is a new lead or address, or an import was taken back: whom a row
        means is asked again then."""
        a, b = self._t.address, self._t.import_batch
        newest = a.select(pw.fn.max(a.id)).scalar() or 0
        undone = b.select().where(b.undone_at.is_null(False)).count()
        return self._writing.newest().lead, newest, undone

    # -- writing: all of it inside one transaction of the caller's

    def begin(self, file: str, at: datetime, by: str) -> int:
        """A new batch; returns its id."""
        self._gather_words(_MANY_WORDS)
        made = self._t.import_batch.insert(
            token=new_token(), file=file, at=at, by=by, new=0, known=0, last_entry=0
        ).execute()
        return int(made)

    def stage(self, at: datetime) -> Stage:
        """A place for the rows of new people, who are seen at `at`. Filling it needs no transaction."""
        return self._writing.stage(at)

    def write(
        self, batch: int, stage: Stage, on_people: Callable[[int], None] = lambda people: None
    ) -> Basis:
        """Everybody on the stage becomes a lead; `on_people` hears how many are.

        Returns what the numbers on the stage count from.
        """
        return self._writing.write(batch, stage, on_people)

    def fill(self, batch: int, gaps: Gaps, before: Called) -> None:
        """Adds to a known lead what it lacks, and remembers what that was."""
        with self._db.transaction() as news:
            fill, a, lead = self._t.import_fill, self._t.address, self._t.lead
            told = {"batch": batch, "lead": gaps.lead, "name": before.name, "company": before.company}
            for kind, value, key in gaps.keys:
                made = a.insert(lead=gaps.lead, kind=kind, value=value, key=key).execute()
                fill.insert(address=made, **told).execute()
            if (gaps.name, gaps.company) != (before.name, before.company):
                fill.insert(address=None, **told).execute()
                lead.update(name=gaps.name, company=gaps.company).where(lead.id == gaps.lead).execute()
            self._leads.refold(gaps.lead)
            news.append(LeadChanged(at=self._db.now(), lead=gaps.lead))

    def finish(self, batch: int, new: int, known: int) -> None:
        """Writes down what came of it."""
        b, e = self._t.import_batch, self._t.entry
        with self._db.transaction() as news:
            self._gather_words(_USUAL_WORDS)
            last = e.select(pw.fn.max(e.id)).scalar() or 0
            b.update(new=new, known=known, last_entry=last).where(b.id == batch).execute()
            news.append(ImportChanged(at=self._db.now(), batch=batch))

    # -- taking back

    def undo(
        self,
        batch: int,
        at: datetime,
        on_part: Callable[[int, float], None] = lambda gone, part: None,
        rest: Rest = lambda: True,
    ) -> ImportUndone:
        """Takes an import back, in transactions of its own (`import_undo`). Raises Refused."""
        return self._undoing.undo(batch, at, on_part, rest)

    def go_on_undoing(self, rest: Rest = lambda: True) -> int:
        """Ends what a cut left half taken back; returns how many imports that were."""
        return self._undoing.go_on(rest)

    def _gather_words(self, size: int) -> None:
        """How many bytes of words SQLite gathers in memory before it files them: filed at once, they need no
        sorting together later. Part of the transaction."""
        if self._db.is_sqlite:
            sql = "INSERT INTO lead_text(lead_text, rank) VALUES('hashsize', ?)"
            self._db.peewee.execute_sql(sql, (size,))


def _batch_of(row: Any) -> Batch:
    return Batch(
        id=row.id, file=row.file, at=row.at, by=row.by, new=row.new, known=row.known, undone_at=row.undone_at
    )
