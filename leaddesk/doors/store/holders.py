"""What tells whose lead it is, of many at once: who took it or was given it, and when they asked last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.links import Links
from leaddesk.words.lead import Verb


@dataclass(frozen=True, slots=True)
class Held:
    """One lead: its newest enquiry's time, and the name of whoever has it; None where nobody said."""

    asked_at: datetime
    given: str | None


class Holders:
    """Two questions by index, whatever the number of leads that are asked about."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def of(self, leads: Sequence[int]) -> dict[int, Held]:
        """Those of `leads` that have an enquiry; what was joined with one is read through it."""
        with self._db.session():
            joined = Links(self._db).joined_with_any(leads)
            heads = {each: each for each in leads} | {o: head for head, us in joined.items() for o in us}
            given = self._given(heads)
            return {lead: Held(at, given.get(lead)) for lead, at in self._asked(heads).items()}

    def _asked(self, heads: dict[int, int]) -> dict[int, datetime]:
        e = self._t.enquiry
        rows: Iterable[Any] = e.select(e.lead, e.received_at).where(e.lead.in_(list(heads))).tuples()
        latest: dict[int, datetime] = {}
        for lead, at in rows:
            head = heads[lead]
            latest[head] = max(at, latest.get(head, at))
        return latest

    def _given(self, heads: dict[int, int]) -> dict[int, str]:
        """The last word that stands about whose it is."""
        e = self._t.entry
        later = e.alias()
        taken_back = later.select(later.takes_back).where(later.takes_back == e.id)
        query = e.select(e.lead, e.verb, e.text, e.by).where(
            e.lead.in_(list(heads)),
            e.verb.in_((Verb.ASSIGNED.value, Verb.GOT.value)),
            e.id.not_in(taken_back),
        )
        rows: Iterable[Any] = query.order_by(e.id).tuples()
        return {
            heads[lead]: (text if verb == Verb.ASSIGNED.value else by) or "" for lead, verb, text, by in rows
        }
