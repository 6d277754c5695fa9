"""Two leads that were joined, read as one: what was decided about each alone binds only that one.

A lead that was closed would else close the one that is joined with it, and a snooze of one would hide the
other: joining must never let somebody go cold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from leaddesk.words.lead import Decision, Enquiry, Entry, LeadState, Verb
from leaddesk.words.states import Outcome, Standing, Turn

APART_WITHIN = timedelta(days=30)
"""So long can leads that were joined be taken apart."""
Fold = Callable[[Sequence[Enquiry], Sequence[Entry]], LeadState]
"""What a record of one lead comes to."""
_BINDING = (Verb.CLOSED, Verb.REOPENED, Verb.SNOOZED, Verb.WOKEN, Verb.JUDGED_OUT)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two before they were joined."""

    leads: frozenset[int]
    enquiries: tuple[Enquiry, ...]
    record: tuple[Entry, ...]
    state: LeadState

    @property
    def is_open(self) -> bool:
        return self.state.outcome is Outcome.OPEN

    @property
    def is_shown(self) -> bool:
        """It stands in the queue, and no snooze of the other may hide it."""
        return self.is_open and self.state.turn is Turn.OURS and self.state.snoozed_until is None


def is_final(merge: Decision, now: datetime) -> bool:
    """They were joined too long ago to be taken apart."""
    return now - merge.at > APART_WITHIN


def as_one(enquiries: Sequence[Enquiry], record: Sequence[Entry], fold: Fold) -> list[Entry]:
    """The standing `record` of joined leads as `fold` may read it, in order of id; one lead's as it is."""
    merges = [e for e in record if isinstance(e, Decision) and e.verb is Verb.MERGED and e.other is not None]
    groups: dict[int, frozenset[int]] = {}
    read = list(record)
    for merge in sorted(merges, key=lambda m: m.id):
        other = merge.other or 0
        ones, others = (groups.get(lead, frozenset({lead})) for lead in (merge.lead, other))
        sides = [_side(leads, enquiries, read, merge, fold) for leads in (ones, others)]
        both = [side for side in sides if side is not None]
        if len(both) == 2:
            read = [*_bound(*both), *(e for e in read if not _is_before(e, ones | others, merge))]
        groups |= dict.fromkeys(ones | others, ones | others)
    return sorted(read, key=lambda e: e.id) if merges else read


def _side(
    leads: frozenset[int], enquiries: Iterable[Enquiry], read: Iterable[Entry], merge: Decision, fold: Fold
) -> _Side | None:
    """What was of these leads when they were joined; None where nothing is known of them by then."""
    record = tuple(e for e in read if _is_before(e, leads, merge))
    opened = {e.id for e in enquiries if e.lead in leads}
    known = {n for e in record if (n := getattr(e, "enquiry", None)) is not None}
    mine = tuple(e for e in enquiries if e.id in opened & known)
    return _Side(leads, mine, record, fold(mine, record)) if mine else None


def _is_before(entry: Entry, leads: frozenset[int], merge: Decision) -> bool:
    return entry.lead in leads and entry.id < merge.id


def _bound(one: _Side, other: _Side) -> list[Entry]:
    """Both records, without what bound only one of them."""
    ends, sleeps = _standing_end(one, other), _standing_sleep(one, other)
    kept: list[Entry] = []
    for side in (one, other):
        for entry in side.record:
            if not isinstance(entry, Decision) or entry.verb not in _BINDING or entry in (ends, sleeps):
                kept.append(entry)
            elif entry.verb is Verb.JUDGED_OUT:
                kept += _judged(entry, side)
            elif entry.verb is Verb.CLOSED:
                kept += _past(entry, side)
    return kept


def _past(closing: Decision, side: _Side) -> Iterator[Decision]:
    """What a file told of an imported past, and was put down with it, waits no more for being joined."""
    over = (Standing.NOT_A_LEAD, Standing.NEVER)
    standing = {each.enquiry: each.standing for each in side.state.enquiries}
    for enquiry in side.enquiries:
        if not enquiry.counted and standing.get(enquiry.id) in over:
            yield replace(closing, verb=Verb.JUDGED_OUT, enquiry=enquiry.id, outcome=None)


def _judged(decision: Decision, side: _Side) -> Iterator[Decision]:
    """Of what was judged to be no lead, the enquiries of this side that still are none."""
    out = {each.enquiry for each in side.state.enquiries if each.standing is Standing.NOT_A_LEAD}
    for enquiry in out if decision.enquiry is None else out & {decision.enquiry}:
        yield replace(decision, enquiry=enquiry)


def _standing_end(one: _Side, other: _Side) -> Decision | None:
    """Both closed: the later word. One open: both are."""
    if one.is_open or other.is_open:
        return None
    return _last((*one.record, *other.record), Verb.CLOSED)


def _standing_sleep(one: _Side, other: _Side) -> Decision | None:
    """The earlier of what puts them off, unless one of the two is awake and waits for us."""
    if one.is_shown or other.is_shown:
        return None
    asleep = [side for side in (one, other) if side.is_open and side.state.snoozed_until is not None]
    if not asleep:
        return None
    first = min(asleep, key=lambda side: side.state.snoozed_until or side.state.since)
    return _last(first.record, Verb.SNOOZED)


def _last(record: Iterable[Entry], verb: Verb) -> Decision | None:
    found = [e for e in record if isinstance(e, Decision) and e.verb is verb]
    return max(found, key=lambda e: e.id, default=None)
