"""Finding leads by any part of a word or number: FTS5 trigrams on SQLite, LIKE on PostgreSQL.

The text of a lead is made by `rules.find` (case folded, numbers without spacing); so are the needles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.plain import Plain

_TRIGRAM = 3


class Search:
    """The search table of one database."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._rows = database.tables.lead_text
        self._plain = Plain(database, "lead_text")

    def put(self, lead: int, text: str) -> None:
        """Makes `text` what the lead is found by. Inside a transaction."""
        self.remove(lead)
        self._plain.add({"lead": lead, "body": text})

    def remove(self, lead: int) -> None:
        """Nothing finds the lead any more. Inside a transaction."""
        self._plain.delete("rowid = ?", lead)

    def find(self, needles: Sequence[str], limit: int) -> list[tuple[int, str]]:
        """Ids and texts of leads that hold every needle (as `rules.find` makes them), the newest first."""
        wanted = [needle for needle in needles if needle]
        if not wanted:
            return []
        query = self._rows.select().where(*self._conditions(wanted))
        with self._db.session():
            return [(row.lead, row.body) for row in query.order_by(self._rows.lead.desc()).limit(limit)]

    def holding(self, needles: Sequence[str]) -> Any:
        """A query for the ids of leads that hold every needle, to be part of another one."""
        return self._rows.select(self._rows.lead).where(*self._conditions([n for n in needles if n]))

    def compares(self, needles: Sequence[str]) -> bool:
        """True where no index helps: each text is compared with the needles."""
        return not any(self._db.is_sqlite and len(needle) >= _TRIGRAM for needle in needles)

    def _conditions(self, needles: Sequence[str]) -> list[Any]:
        """Needles shorter than a trigram cannot use the index: they are compared."""
        indexed = [n for n in needles if self._db.is_sqlite and len(n) >= _TRIGRAM]
        conditions: list[Any] = [self._rows.body.contains(n) for n in needles if n not in indexed]
        if indexed:
            phrase = " AND ".join('"{}"'.format(n.replace('"', '""')) for n in indexed)
            conditions.append(pw.NodeList((pw.SQL("lead_text MATCH"), pw.Value(phrase))))
        return conditions
