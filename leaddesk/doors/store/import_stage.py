"""The stage of an import: rows made ready before anything is locked, on disk where they are many."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from leaddesk.doors.store.import_rows import ImportRows

if TYPE_CHECKING:
    from leaddesk.doors.store.import_rows import NewPerson

_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of rows that are kept in memory; more of them go to a nameless file beside the database."""
_SIZE = 8
Numbers = Callable[[str, int], list[int]]
"""So many new numbers for rows of a table."""


class Stage:
    """Takes new people and gives their rows back in the same order. Usable once; close it."""

    def __init__(self, at: datetime, numbers: Numbers, folder: str | None) -> None:
        self._at = at
        self._numbers = numbers
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - `close` closes it
            _IN_MEMORY, dir=folder
        )
        self.people = 0

    def add(self, people: Sequence[NewPerson]) -> list[int]:
        """Makes their rows; returns the numbers of the leads, which count from a basis that is told later."""
        if not people:
            return []
        leads, enquiries = self._numbers("lead", len(people)), self._numbers("enquiry", len(people))
        entries = iter(self._numbers("entry", sum(person.entries for person in people)))
        rows = ImportRows(self._at)
        rows.add(
            people,
            [
                (lead, enquiry, [next(entries) for _ in range(person.entries)])
                for person, lead, enquiry in zip(people, leads, enquiries, strict=True)
            ],
        )
        self._put(rows)
        self.people += len(people)
        return leads

    def chunks(self) -> Iterator[ImportRows]:
        """The rows, as many together as were added together."""
        self._file.seek(0)
        while size := self._file.read(_SIZE):
            told = marshal.loads(self._file.read(int.from_bytes(size, "big")))  # noqa: S302 - what we wrote
            yield ImportRows(self._at, *told)

    def close(self) -> None:
        """Lets the rows go."""
        self._file.close()

    def _put(self, rows: ImportRows) -> None:
        packed = marshal.dumps((rows.leads, rows.addresses, rows.enquiries, rows.entries, rows.texts))
        self._file.write(len(packed).to_bytes(_SIZE, "big"))
        self._file.write(packed)
