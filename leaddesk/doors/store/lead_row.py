"""What a lead's row keeps of its record and its ways: the columns that lists and the search read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leaddesk.doors.store.models import AddressRow, LeadRow
from leaddesk.doors.store.rows import one_line
from leaddesk.rules.fold import standing_entries
from leaddesk.words.due import DueStep
from leaddesk.words.lead import (
    Direction,
    Enquiry,
    Entry,
    LeadState,
    Outcome,
    Person,
    Standing,
    Touch,
    What,
)


@dataclass(frozen=True, slots=True)
class LeadHead:
    """A lead in a list."""

    name: str
    outcome: Outcome
    since: datetime
    source: str
    what: What
    wants: str
    snoozed_until: datetime | None
    outbox: str
    step: DueStep | None
    """The next step of its plan."""


def reach_of(row: LeadRow, addresses: Iterable[AddressRow]) -> Person:
    """Who the lead is, with numbers as they are compared: those that name a country can be judged."""
    ways = list(addresses)
    return Person(
        name=row.name,
        emails=tuple(a.value for a in ways if a.kind == "email"),
        phones=tuple(a.key for a in ways if a.kind == "phone"),
    )


def findable(name: str, company: str, keys: Iterable[tuple[str, str, str]]) -> Person:
    """Whom a search may look for: a number is found as it was written and as it is compared."""
    ways = list(keys)
    return Person(
        name=name,
        company=company,
        emails=tuple(value for kind, value, _ in ways if kind == "email"),
        phones=tuple(dict.fromkeys(n for kind, value, key in ways if kind == "phone" for n in (value, key))),
    )


def last_words(enquiries: Sequence[Enquiry], record: Sequence[Entry], state: LeadState) -> str:
    """One line of what they last wrote: what the queue shows as their wish.

    An enquiry that was judged none is no wish, except where there is no other.
    """
    out = {each.enquiry for each in state.enquiries if each.standing is Standing.NOT_A_LEAD}
    if len(out) == len(state.enquiries):
        out = set()
    enquiries = [each for each in enquiries if each.id not in out]
    theirs = [
        t
        for t in standing_entries(record)
        if isinstance(t, Touch)
        and t.direction is Direction.IN
        and not t.automatic
        and t.text.strip()
        and t.enquiry not in out
    ]
    if theirs:
        return one_line(max(theirs, key=lambda t: (t.at, t.id)).text)
    return one_line(max(enquiries, key=lambda e: (e.received_at, e.id)).subject) if enquiries else ""


def state_columns(state: LeadState | None, opened: datetime) -> dict[str, Any]:
    """A lead's folded columns; without a state those of a row that is about to be folded."""
    if state is None:
        return {"turn": "ours", "what": "new", "outcome": "open", "reason": "", "since": opened}
    return {
        "turn": state.turn.value,
        "what": state.what.value,
        "outcome": state.outcome.value,
        "reason": state.reason,
        "since": state.since,
        "snoozed_until": state.snoozed_until,
        "got_at": state.got_at,
        "last_in_at": state.last_in_at,
        "last_out_at": state.last_out_at,
        "replied_after": _replied_after(state),
    }


def _replied_after(state: LeadState) -> int | None:
    """Microseconds that the first enquiry which is one waited for us."""
    asked = next((each for each in state.enquiries if each.standing is not Standing.NOT_A_LEAD), None)
    reply = asked.first_response if asked is not None else None
    return reply.after // timedelta(microseconds=1) if reply is not None else None
