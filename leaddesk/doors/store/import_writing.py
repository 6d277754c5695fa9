"""Writing an import: the rows of a stage become leads, quickly, while the database is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from leaddesk.doors.store import import_rows as rows_of
from leaddesk.doors.store.database import Database
from leaddesk.doors.store.import_stage import Numbers, Stage


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers on a stage count from."""

    lead: int
    enquiry: int
    entry: int


_NONE = Basis(0, 0, 0)
_NUMBERED = {
    ("lead", "id"): "lead", ("address", "lead"): "lead", ("lead_text", "rowid"): "lead",
    ("enquiry", "id"): "enquiry", ("enquiry", "lead"): "lead",
    ("entry", "id"): "entry", ("entry", "lead"): "lead", ("entry", "enquiry"): "enquiry",
}  # fmt: skip
"""What each number on the stage counts from."""


class Writing:
    """Makes stages for a database, and writes them."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def stage(self, at: datetime) -> Stage:
        folder = str(self._db.file.parent) if self._db.file is not None else None
        return Stage(at, _counted_on() if self._db.is_sqlite else self._drawn, folder)

    def write(
        self, batch: int, stage: Stage, on_people: Callable[[int], None] = lambda people: None
    ) -> Basis:
        base = self.newest() if self._db.is_sqlite else _NONE
        written = 0
        for rows in stage.chunks():
            for table, columns, values in (
                ("lead", rows_of.LEAD, rows.leads), ("address", rows_of.ADDRESS, rows.addresses),
                ("enquiry", rows_of.ENQUIRY, rows.enquiries), ("entry", rows_of.ENTRY, rows.entries),
                ("lead_text", rows_of.TEXT, rows.texts),
            ):  # fmt: skip
                self._insert(table, columns, values, base, batch)
            written += len(rows.leads)
            on_people(written)
        return base

    def newest(self) -> Basis:
        """The highest numbers there are. SQLite has one writer: the next ones are free."""
        t = self._t
        return Basis(
            *(rows.select(pw.fn.max(rows.id)).scalar() or 0 for rows in (t.lead, t.enquiry, t.entry))
        )

    def _drawn(self, table: str, count: int) -> list[int]:
        """Numbers for new rows from a server, which hands out its own."""
        counter = pw.fn.nextval(pw.fn.pg_get_serial_sequence(table, "id"))
        drawn = pw.Select(columns=[counter]).from_(
            pw.fn.generate_series(pw.Cast(1, "bigint"), pw.Cast(count, "bigint"))
        )
        return sorted(int(row[0]) for row in drawn.bind(self._db.peewee).tuples())

    def _insert(
        self, table: str, columns: Sequence[str], values: Iterable[tuple[Any, ...]], base: Basis, batch: int
    ) -> None:
        """One prepared statement for all rows, which moves their numbers on by `base`: peewee's own takes
        most of the time for its SQL."""
        names = [f'"{column}"' for column in columns]
        marks = [self._mark(table, column, base) for column in columns]
        if table == "lead":
            names, marks = [*names, '"import_batch"'], [*marks, str(batch)]
        sql = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join(marks)})'  # noqa: S608 - ours
        with pw.__exception_wrapper__:  # type: ignore[attr-defined]  # missing in its stubs
            self._db.peewee.cursor().executemany(sql, values)

    def _mark(self, table: str, column: str, base: Basis) -> str:
        """Where a value goes; a number that counts from `base` is added to it."""
        numbered = _NUMBERED.get((table, column))
        offset = getattr(base, numbered) if numbered is not None else 0
        return f"{self._db.peewee.param} + {offset}" if offset else str(self._db.peewee.param)


def _counted_on() -> Numbers:
    """Numbers from 1 on for each table."""
    given: dict[str, int] = {}

    def numbers(table: str, count: int) -> list[int]:
        first = given.get(table, 0) + 1
        given[table] = first + count - 1
        return list(range(first, first + count))

    return numbers
