"""Everybody: the table of all leads, a window of rows at a time, cut down and sorted as the person wants."""

from __future__ import annotations

from dataclasses import replace

from leaddesk.doors.store import Store
from leaddesk.rules.find import needles
from leaddesk.rules.found import line_with
from leaddesk.words.all_leads import After, Only, Sort, Tally, Window

_EVERYBODY, _LATEST = Only(), Sort()


class AllLeads:
    """Questions about all leads. None of them costs more for more leads than a walk through an index."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self, only: Only = _EVERYBODY, sort: Sort = _LATEST, after: After | None = None, limit: int = 100
    ) -> Window:
        """Up to `limit` rows behind `after` (where another window ended), closed leads included.

        With words, each row tells the line in which they were found, as it was written.
        """
        wanted = needles(only.words)
        with self._store.session():
            rows, more = self._store.all_leads.window(only, wanted, sort, after, limit)
            told = self._store.all_leads.told([row.lead for row in rows]) if wanted else {}
        found = {lead: line_with(pieces, wanted) for lead, pieces in told.items()}
        return Window(tuple(replace(row, wants=found.get(row.lead) or row.wants) for row in rows), more)

    def tally(self, only: Only = _EVERYBODY) -> Tally:
        """How many of each outcome fit, whichever outcome is wanted, and how many leads there are."""
        return self._store.all_leads.tally(only, needles(only.words))

    def sources(self, limit: int = 40) -> tuple[tuple[str, int], ...]:
        """Where most leads came from, each with their number."""
        return tuple(self._store.all_leads.sources(limit))
