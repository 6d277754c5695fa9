"""Reads a table as an import does, for tests of the rules: a text or bytes in, columns and rows out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cached_property

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports.contacts import Contacts
from leaddesk.rules.imports.encoding import encoding_of, sampled
from leaddesk.rules.imports.table import Row, Table, table_of
from leaddesk.words.imports import Contact

NOWHERE = Regions(())


@dataclass(frozen=True)
class Read:
    """One file, read whole."""

    raw: bytes
    regions: Regions = NOWHERE
    zone: tzinfo = UTC

    @cached_property
    def encoding(self) -> str:
        return encoding_of(sampled([self.raw]))

    @cached_property
    def lines(self) -> list[str]:
        return list(io.StringIO(self.raw.decode(self.encoding, "replace"), newline=""))

    @cached_property
    def table(self) -> Table:
        return table_of(self.lines)

    @cached_property
    def rows(self) -> list[Row]:
        return list(self.table.rows(self.lines))

    @cached_property
    def columns(self) -> dict[str, str]:
        """The title of the first column of each field."""
        told: dict[str, str] = {}
        for column in self.table.columns:
            told.setdefault(column.field.value, column.title)
        return told

    @cached_property
    def contacts(self) -> list[Contact]:
        reader = Contacts(self.table, self.regions, self.zone)
        return [reader.contact(row) for row in self.rows]

    @property
    def first(self) -> dict[str, str | None]:
        return Contacts(self.table, self.regions, self.zone).values(self.rows[0])


def read(text: str | bytes, encoding: str = "utf-8", regions: Regions = NOWHERE) -> Read:
    return Read(text if isinstance(text, bytes) else text.encode(encoding), regions)
