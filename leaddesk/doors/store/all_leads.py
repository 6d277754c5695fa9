"""Everybody, a window of rows at a time: by an index for each order, whatever the number of leads.

An order's index holds outcome and source too, so that rows which are not wanted are passed over in it. The
rows behind leads that were joined are in none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.fields import from_micros
from leaddesk.doors.store.links import Links
from leaddesk.doors.store.rows import entry_of
from leaddesk.doors.store.search import Search
from leaddesk.rules.find import LONGEST, words_of
from leaddesk.rules.fold import standing_entries
from leaddesk.words.all_leads import After, Listed, Only, Sort, SortBy, Tally
from leaddesk.words.lead import Entry
from leaddesk.words.states import UNTIL_THEY_REPLY, Outcome, Turn, What

_SOURCE = "substr(source_text, 1, 100)"
_TOUCHED = (
    "CASE WHEN COALESCE(last_out_at, 0) > COALESCE(last_in_at, 0) THEN last_out_at"
    " ELSE COALESCE(last_in_at, opened_at) END"
)
_ORDERS = {
    SortBy.NAME: "sorted_as",
    SortBy.SOURCE: _SOURCE,
    SortBy.WROTE: "opened_at",
    SortBy.REPLY: "COALESCE(replied_after, 9000000000000000000)",
    SortBy.TOUCH: _TOUCHED,
    SortBy.STANDS: "CASE outcome WHEN 'open' THEN CASE turn WHEN 'ours' THEN 0 ELSE 1 END WHEN 'won' THEN 2"
    " WHEN 'lost' THEN 3 WHEN 'no-response' THEN 4 ELSE 5 END",
}
"""As the indexes of migration 8 say it, letter by letter: else none of them answers."""
_UNINDEXED = " || ''"
"""Keeps a condition from leading to an index of its own, behind which all would have to be sorted."""
_FEW = 2000
"""So many leads that hold the words are sorted by themselves; more are looked for in the order's index."""


class AllLeads:
    """Questions about everybody."""

    def __init__(self, database: Database, search: Search) -> None:
        self._db = database
        self._t = database.tables
        self._search = search

    def window(
        self, only: Only, needles: Sequence[str], sort: Sort, after: After | None, limit: int
    ) -> tuple[list[Listed], After | None]:
        """Up to `limit` rows behind `after`, and where the next ones begin (None where there are none).

        `needles` are what `rules.find` makes of the words.
        """
        with self._db.session():
            found = self._found(only, needles, sort, after, limit + 1)
            shown = found[:limit]
            more = After(shown[-1][1], shown[-1][0]) if len(found) > limit else None
            return self._rows([lead for lead, _ in shown]), more

    def rows(self, leads: Sequence[int]) -> list[Listed]:
        """The rows of these leads, in their order; of those that are there."""
        with self._db.session():
            return self._rows(leads)

    def tally(self, only: Only, needles: Sequence[str]) -> Tally:
        """How many of each outcome, whichever is wanted, and how many leads there are."""
        lead = self._t.lead
        count = pw.fn.count(pw.SQL("*"))
        outcome, source = pw.SQL(f"outcome{_UNINDEXED}"), pw.SQL(_SOURCE)
        wanted = [source == only.source[:100]] if only.source is not None else []
        with self._db.session():
            query = lead.select(outcome.alias("stands"), count).where(
                lead.merged_into.is_null(), *wanted, *self._holding(only, needles)
            )
            pairs: Any = query.group_by(outcome).tuples()
            by_outcome = {Outcome(stands): int(number) for stands, number in pairs}
            leads = lead.select(count).where(lead.merged_into.is_null()).scalar()
            idle = (
                self._unscheduled(lead.select(count)).where(*wanted, *self._holding(only, needles)).scalar()
            )
        return Tally(by_outcome, int(leads), int(idle))

    def unscheduled(self) -> int:
        """How many open leads nothing brings back."""
        lead = self._t.lead
        with self._db.session():
            return int(self._unscheduled(lead.select(pw.fn.count(pw.SQL("*")))).scalar())

    def told(self, leads: Sequence[int]) -> dict[int, list[str]]:
        """What was said with each of these leads, piece by piece, the newest enquiry first; what was taken
        back is not in it. Of a long message its first 4,000 characters, as the search has them."""
        with self._db.session():
            joined = Links(self._db).joined_with_any(leads)
            heads = {each: each for each in leads} | {o: head for head, us in joined.items() for o in us}
            pieces = self._asked(heads)
            for head, record in self._records(heads).items():
                pieces[head] += [words_of(entry) for entry in reversed(standing_entries(record))]
        return pieces

    def sources(self, limit: int) -> list[tuple[str, int]]:
        """The sources, those of the most leads first, each with their number."""
        lead, count = self._t.lead, pw.fn.count(pw.SQL("*"))
        source = pw.SQL(_SOURCE)
        query = lead.select(source, count).where(lead.merged_into.is_null()).group_by(source)
        with self._db.session():
            pairs: Any = query.order_by(count.desc(), source).limit(limit).tuples()
            return [(str(text), int(number)) for text, number in pairs]

    def _found(
        self, only: Only, needles: Sequence[str], sort: Sort, after: After | None, limit: int
    ) -> list[tuple[int, Any]]:
        """Numbers and sorted values. Those alike with the last one first: two steps, each by the index."""
        lead, value = self._t.lead, pw.SQL(_ORDERS[sort.by])
        query: Any = lead.select(lead.id, value.alias("place")).where(
            *self._cut_by(only), *self._holding(only, needles)
        )
        order = (value.desc(), lead.id.asc()) if sort.down else (value.asc(), lead.id.desc())
        if after is None:
            return list(query.order_by(*order).limit(limit).tuples())
        behind = lead.id > after.lead if sort.down else lead.id < after.lead
        alike = query.where(value == after.value, behind).order_by(order[1])
        found = list(alike.limit(limit).tuples())
        further = value < after.value if sort.down else value > after.value
        rest = query.where(further).order_by(*order).limit(limit - len(found))
        return found + (list(rest.tuples()) if len(found) < limit else [])

    def _cut_by(self, only: Only) -> list[Any]:
        """The conditions that the order's index answers while it is walked."""
        conditions: list[Any] = [self._t.lead.merged_into.is_null()]
        if only.outcome is not None:
            conditions.append(pw.SQL(f"outcome{_UNINDEXED}") == only.outcome.value)
        if only.source is not None:
            conditions.append(pw.SQL(f"{_SOURCE}{_UNINDEXED}") == only.source[:100])
        if only.unscheduled:
            conditions.append(self._is_unscheduled())
        return conditions

    def _unscheduled(self, query: Any) -> Any:
        return query.where(self._t.lead.merged_into.is_null(), self._is_unscheduled())

    def _is_unscheduled(self) -> Any:
        """Their move, and nothing to come; or put off until they reply, whoever spoke last.

        Who waits for us stands in the queue, and is nobody's to forget.
        """
        lead = self._t.lead
        is_theirs = (lead.turn == Turn.THEIRS.value) & lead.snoozed_until.is_null() & lead.due_at.is_null()
        is_idle = is_theirs | (lead.snoozed_until == UNTIL_THEY_REPLY)
        is_open = pw.SQL(f"outcome{_UNINDEXED}") == Outcome.OPEN.value
        return is_open & is_idle & (lead.outbox != "going")

    def _holding(self, only: Only, needles: Sequence[str]) -> list[Any]:
        """Few leads that hold the words are sorted, many are met on the way through the order's index.

        A letter or two stand in most texts: the first rows hold them, and the others need no look.
        """
        if not needles:
            return [pw.SQL("1 = 0")] if only.words.strip() else []
        lead, holding = self._t.lead, self._search.holding(needles)
        few: Any = list(holding.limit(_FEW + 1).tuples())
        if len(few) <= _FEW:
            return [lead.id.in_([number for (number,) in few])]
        if only.outcome is None and only.source is None and self._search.compares(needles):
            return [pw.fn.EXISTS(holding.where(self._t.lead_text.lead == lead.id))]
        return [(lead.id + 0).in_(holding)]

    def _asked(self, heads: Mapping[int, int]) -> dict[int, list[str]]:
        e = self._t.enquiry
        query: Any = e.select(e.lead, pw.fn.substr(e.message, 1, LONGEST).alias("start"), e.subject, e.fields)
        pieces: dict[int, list[str]] = {head: [] for head in heads.values()}
        for lead, message, subject, fields in (
            query.where(e.lead.in_(list(heads))).order_by(e.received_at.desc(), e.id.desc()).tuples()
        ):
            pieces[heads[lead]] += [message, subject, *fields.values()]
        return pieces

    def _records(self, heads: Mapping[int, int]) -> dict[int, list[Entry]]:
        e = self._t.entry
        records: dict[int, list[Entry]] = {}
        for row in e.select().where(e.lead.in_(list(heads))).order_by(e.at, e.id):
            records.setdefault(heads[row.lead], []).append(entry_of(row))
        return records

    def _rows(self, leads: Sequence[int]) -> list[Listed]:
        if not leads:
            return []
        lead = self._t.lead
        query: Any = lead.select(
            lead.id, lead.name, lead.company, lead.wants, lead.source_text, lead.turn, lead.what,
            lead.outcome, lead.reason, lead.since, lead.opened_at, lead.replied_after,
            pw.SQL(_TOUCHED).alias("touched"),
        ).where(lead.id.in_(list(leads)))  # fmt: skip
        ways = self._ways(leads)
        told = {row[0]: _listed(row, ways.get(row[0], {})) for row in query.tuples()}
        return [told[each] for each in leads if each in told]

    def _ways(self, leads: Sequence[int]) -> dict[int, dict[str, str]]:
        """The first address and the first number of each."""
        a = self._t.address
        query: Any = a.select(a.lead, a.kind, a.value).where(a.lead.in_(list(leads))).order_by(a.id)
        ways: dict[int, dict[str, str]] = {}
        for lead, kind, value in query.tuples():
            ways.setdefault(lead, {}).setdefault(kind, value)
        return ways


def _listed(row: Sequence[Any], ways: Mapping[str, str]) -> Listed:
    lead, name, company, wants, source, turn, what, outcome, reason, since, wrote, replied, touched = row
    return Listed(
        lead=lead,
        name=name,
        company=company,
        email=ways.get("email", ""),
        phone=ways.get("phone", ""),
        wants=wants,
        source=source,
        turn=Turn(turn),
        what=What(what),
        outcome=Outcome(outcome),
        reason=reason,
        since=since,
        wrote=wrote,
        replied_after=timedelta(microseconds=replied) if replied is not None else None,
        touched=from_micros(touched),
    )
