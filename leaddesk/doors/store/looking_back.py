"""What the mistakes are judged by: how leads were followed up, read some hundreds at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.rules.mistakes import Drafted, Followed, Wait, tried, ways
from leaddesk.rules.response import Timed
from leaddesk.words.lead import Certainty, Channel, Direction, Entry, Reached, Retraction, Source, Touch
from leaddesk.words.outgoing import OutgoingKind, OutgoingState
from leaddesk.words.states import Outcome, Standing, Turn

T = TypeVar("T")
_BATCH = 500
_CAN_BE_MENDED = frozenset(each.value for each in (Outcome.OPEN, Outcome.LOST, Outcome.NO_RESPONSE))
"""Only of these the tries are looked at: the others' record need not be read."""


class LookingBack:
    """Questions about leads that asked in a span."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def followed(self, enquiries: Sequence[Timed]) -> Iterator[Followed]:
        """The leads of these enquiries, in order of their first one; joined ones are read as one."""
        waits: dict[int, list[Wait]] = {}
        for each in enquiries:
            waits.setdefault(each.lead, []).append(Wait(each.received_at, each.first_response_at))
        for heads in _batches(list(waits)):
            with self._db.session():
                found = self._batch(heads, waits)
            yield from (found[head] for head in heads if head in found)

    def names(self, leads: Sequence[int]) -> dict[int, str]:
        """What leads are called."""
        lead = self._t.lead
        named: dict[int, str] = {}
        with self._db.session():
            for some in _batches(leads):
                rows: Iterable[Any] = (
                    lead.select(lead.id, lead.name).where(lead.id.in_(_these(some))).tuples()
                )
                named.update(rows)
        return named

    def drafts(self, heads: Sequence[int]) -> dict[int, tuple[Drafted, ...]]:
        """How long the answers to these leads lay as drafts."""
        found: dict[int, tuple[Drafted, ...]] = {}
        with self._db.session():
            for some in _batches(heads):
                found |= self._drafts(self._head_of(some))
        return found

    def has_leads(self) -> bool:
        """False where nobody ever asked."""
        lead = self._t.lead
        with self._db.session():
            return bool(lead.select(lead.id).where(lead.outcome != Outcome.NOT_A_LEAD.value).exists())

    # -- one batch

    def _batch(self, heads: Sequence[int], waits: Mapping[int, list[Wait]]) -> dict[int, Followed]:
        rows = self._rows(heads)
        head_of = self._head_of(heads)
        tried_ones = {row.id for row in rows if row.last_out_at is not None and row.outcome in _CAN_BE_MENDED}
        followed_up = {lead: head for lead, head in head_of.items() if head in tried_ones}
        entries, asked = self._entries(followed_up), self._asked(followed_up)
        known, drafts = self._known(head_of), self._drafts(head_of)
        return {
            row.id: Followed(
                lead=row.id,
                name=row.name,
                outcome=Outcome(row.outcome),
                turn=Turn(row.turn),
                snoozed_until=row.snoozed_until,
                is_planned=row.outbox == "going" or row.due_at is not None,
                source=Source(row.source_text, Certainty(row.source_certainty), row.source_evidence),
                ways=ways("email" in known[row.id], "phone" in known[row.id]),
                asked_at=asked.get(row.id, row.opened_at),
                last_in_at=row.last_in_at,
                tries=tried(entries[row.id]),
                waits=tuple(waits[row.id]),
                drafts=drafts.get(row.id, ()),
            )
            for row in rows
        }

    def _rows(self, heads: Sequence[int]) -> list[Any]:
        lead = self._t.lead
        columns = (
            lead.id, lead.name, lead.outcome, lead.turn, lead.snoozed_until, lead.outbox, lead.due_at,
            lead.source_text, lead.source_certainty, lead.source_evidence, lead.opened_at, lead.last_in_at,
            lead.last_out_at,
        )  # fmt: skip
        return list(lead.select(*columns).where(lead.id.in_(_these(heads))).namedtuples())

    def _head_of(self, heads: Sequence[int]) -> dict[int, int]:
        """For these leads and those that were joined with them: the lead that goes on."""
        lead = self._t.lead
        query = lead.select(lead.id, lead.merged_into).where(lead.merged_into.in_(_these(heads)))
        joined: Iterable[Any] = query.tuples()
        return {head: head for head in heads} | dict(joined)

    def _entries(self, head_of: Mapping[int, int]) -> dict[int, list[Entry]]:
        """What went towards them, and what was taken back."""
        e = self._t.entry
        columns = (e.id, e.lead, e.kind, e.at, e.channel, e.automatic, e.outcome, e.takes_back)
        outward = (e.direction == Direction.OUT.value) | (e.kind == "retraction")
        rows: Iterable[Any] = e.select(*columns).where(e.lead.in_(_these(head_of)), outward).tuples()
        found: dict[int, list[Entry]] = defaultdict(list)
        for row in rows:
            found[head_of[row[1]]].append(_entry(*row))
        return found

    def _asked(self, head_of: Mapping[int, int]) -> dict[int, datetime]:
        """When they asked last."""
        e = self._t.enquiry
        counts = (e.lead.in_(_these(head_of)), e.standing != Standing.NOT_A_LEAD.value)
        rows: Iterable[Any] = e.select(e.lead, e.received_at).where(*counts).order_by(e.received_at).tuples()
        return {head_of[lead]: received for lead, received in rows}

    def _known(self, head_of: Mapping[int, int]) -> dict[int, set[str]]:
        a = self._t.address
        rows: Iterable[Any] = a.select(a.lead, a.kind).where(a.lead.in_(_these(head_of))).tuples()
        found: dict[int, set[str]] = defaultdict(set)
        for lead, kind in rows:
            found[head_of[lead]].add(kind)
        return found

    def _drafts(self, head_of: Mapping[int, int]) -> dict[int, tuple[Drafted, ...]]:
        o = self._t.outgoing
        columns = (o.lead, o.state, o.created_at, o.approved_at, o.updated_at)
        ours = (o.lead.in_(_these(head_of)), o.kind == OutgoingKind.REPLY.value)
        rows: Iterable[Any] = o.select(*columns).where(*ours).order_by(o.id).tuples()
        found: dict[int, tuple[Drafted, ...]] = {}
        for lead, state, created, approved, updated in rows:
            lies = state == OutgoingState.DRAFT.value
            made = Drafted(created, None if lies else approved or updated)
            found[head_of[lead]] = (*found.get(head_of[lead], ()), made)
        return found


def _entry(
    id: int, lead: int, kind: str, at: datetime, channel: str | None, automatic: bool, outcome: str | None,
    takes_back: int | None,
) -> Entry:  # fmt: skip
    if kind == "retraction":
        return Retraction(id=id, lead=lead, at=at, takes_back=takes_back or 0)
    return Touch(
        id=id,
        lead=lead,
        at=at,
        direction=Direction.OUT,
        channel=Channel(channel or ""),
        automatic=automatic,
        outcome=Reached(outcome) if outcome else None,
    )


def _these(leads: Iterable[int]) -> pw.SQL:
    """Numbers as a list in SQL. As parameters they would cost more than the question itself."""
    return pw.SQL(f"({','.join(map(str, leads)) or 'NULL'})")


def _batches(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(whole), _BATCH):
        yield whole[start : start + _BATCH]
