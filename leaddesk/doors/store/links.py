"""Leads that are joined: which lead goes on for others, and whom it goes on for.

A lead's row names the lead that goes on for it (`merged_into`); that column is folded from the standing
decisions in the records, a chain of them followed to its end, so that every question takes one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.plain import Plain
from leaddesk.words.lead import Verb


class Links:
    """Questions about joined leads, and the one deed that writes down what the records say of them."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables
        self._plain_leads = Plain(database, "lead")
        self._plain_entries = Plain(database, "entry")

    def head_of(self, lead: int) -> int:
        """The lead that goes on for this one: itself, where it was not joined."""
        rows = self._plain_leads.columns("merged_into", "id = ?", lead)
        return rows[0][0] or lead if rows else lead

    def joined_with(self, head: int) -> list[int]:
        """Other leads whose history is read through this one."""
        rows = self._plain_leads.columns("id", "merged_into = ? ORDER BY id", head)
        return [number for (number,) in rows]

    def joined_with_any(self, heads: Sequence[int]) -> dict[int, list[int]]:
        """For each of `heads` that goes on for others, those others."""
        lead = self._t.lead
        found: dict[int, list[int]] = {}
        query = lead.select(lead.id, lead.merged_into).where(lead.merged_into.in_(list(heads)))
        rows: Iterable[Any] = query.order_by(lead.id).tuples()
        for number, head in rows:
            found.setdefault(head, []).append(number)
        return found

    def all_of(self, lead: int) -> list[int]:
        """The lead that goes on, then those whose history is read through it."""
        head = self.head_of(lead)  # two questions by an index each: one with OR would be sorted
        return self.all_of(head) if head != lead else [lead, *self.joined_with(lead)]

    def is_linked(self, lead: int) -> bool:
        """It was joined with another, or another with it, or its record speaks of that."""
        told = self._plain_entries.columns("1", "lead = ? AND verb = ? LIMIT 1", lead, Verb.MERGED.value)
        return bool(told or self._plain_leads.columns("1", "merged_into = ? LIMIT 1", lead))

    def kept_apart(self, lead: int) -> set[int]:
        """Leads of which somebody said that they are not the same person as this one."""
        e = self._t.entry
        later = e.alias()
        taken_back = later.select(later.takes_back).where(later.takes_back == e.id)
        with self._db.session():
            mine = self.all_of(lead)
            said = e.select(e.lead, e.other).where(
                e.lead.in_(mine) | e.other.in_(mine),
                e.verb == Verb.KEPT_APART.value,
                e.other.is_null(False),
                e.id.not_in(taken_back),
            )
            pairs: Iterable[Any] = list(said.tuples())
            return {self.head_of(each) for pair in pairs for each in pair} - {mine[0]}

    def settle(self, lead: int) -> list[int]:
        """Inside a transaction: the links as the records tell them; returns the leads that stand alone now.

        The first of them goes on for `lead`. More than one where leads were taken apart.
        """
        together = self._touched(lead)
        heads = {number: self._end_of(number) for number in together}
        rows = self._t.lead
        for number, head in heads.items():
            told = None if head == number else head
            rows.update(merged_into=told).where(rows.id == number, _differs(rows.merged_into, told)).execute()
        mine = heads[lead]
        return [mine, *sorted(set(heads.values()) - {mine})]

    def _touched(self, lead: int) -> list[int]:
        """All that were together by the rows, or are by the records."""
        together = dict.fromkeys(self.all_of(lead))
        for number in list(together):
            told = self._told(number)
            if told is not None:
                together |= dict.fromkeys(self.all_of(told))
        return list(together)

    def _end_of(self, lead: int) -> int:
        """Follows the records. Two desks that join the same two at once, each into the other: the older."""
        path = [lead]
        while (told := self._told(path[-1])) is not None:
            if told in path:
                return min(path[path.index(told) :])
            path.append(told)
        return path[-1]

    def _told(self, lead: int) -> int | None:
        """The lead with which the lead's own record says that it was joined."""
        e = self._t.entry
        later = e.alias()
        taken_back = later.select(later.takes_back).where(later.takes_back == e.id)
        query = e.select(e.other).where(
            e.lead == lead, e.verb == Verb.MERGED.value, e.id.not_in(taken_back), e.other.is_null(False)
        )
        row = query.order_by(e.id.desc()).first()
        return row.other if row is not None else None


def _differs(column: Any, told: int | None) -> Any:
    return column.is_null(False) if told is None else column.is_null() | (column != told)
