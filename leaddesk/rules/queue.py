"""Who is next, and why: one order for all that waits, and one sentence for each place.

The worth of an answer falls with the time somebody has waited. The curve fits what was measured on attempts
to reach fresh enquiries (HBR March 2011, and half of InsideSales 2007; see FEATURES for what they measured):
v(t) = 0.95 · 2^(−t/5) + 0.05 · (1 + t/30)^(−0.7), t in minutes. In effect the newest unanswered enquiry
comes first. So that nobody starves, every tenth place belongs to whoever has waited longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from leaddesk.rules.cadence.steps import step_words
from leaddesk.rules.when import clock_words
from leaddesk.words.due import DueStep
from leaddesk.words.states import Rung, What

_WEIGHTS = {What.NEW: 1.0, What.REPLY: 0.5, What.CALL: 0.25}
_OTHER_WEIGHT = 0.25
GUARD_EVERY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who waits, as far as the order needs to know."""

    lead: int
    what: What
    since: datetime
    outbox: str = ""
    """'' | unsure | refused: how our last mail to them stands."""
    snoozed_until: datetime | None = None
    got: bool = False
    waits: str = ""
    """What holds our answer up that is on its way."""
    promised_at: datetime | None = None
    """By when a holding message promised an answer."""
    step: DueStep | None = None
    """The step of its plan that has fallen due."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate in its place."""

    place: int
    candidate: Candidate
    why: str


def worth(what: What, waited: timedelta) -> float:
    """What answering now is worth, from 1 (a new enquiry this moment) towards 0.

    A reply counts half and a call that is due a quarter of a new enquiry of the same age.
    """
    minutes = max(0.0, waited.total_seconds() / 60)
    curve: float = 0.95 * 2 ** (-minutes / 5) + 0.05 * (1 + minutes / 30) ** -0.7
    return _WEIGHTS.get(what, _OTHER_WEIGHT) * curve


def rank(
    candidates: Iterable[Candidate], now: datetime, target: timedelta, zone: tzinfo
) -> tuple[Placed, ...]:
    """The queue in order, each with the reason for its place.

    First those whose answer may not have arrived, then by worth; every tenth place is for the longest wait.
    """
    waiting = list({c.lead: c for c in candidates}.values())
    by_worth = sorted(waiting, key=lambda c: (-worth(c.what, now - c.since), c.lead))
    troubled = [c for c in by_worth if c.outbox]
    ordered = troubled + _guarded([c for c in by_worth if not c.outbox], len(troubled))
    guards = _guard_places(ordered, by_worth)
    return tuple(
        Placed(place, each, _why(each, now, target, zone, is_guard=place in guards))
        for place, each in enumerate(ordered, 1)
    )


def _guarded(by_worth: Sequence[Candidate], offset: int) -> list[Candidate]:
    """The same people, with the longest wait moved to every tenth place."""
    left = list(by_worth)
    longest_first = sorted(by_worth, key=lambda c: c.since)
    ordered: list[Candidate] = []
    taken: set[int] = set()
    position = 0
    while len(ordered) < len(by_worth):
        if (offset + len(ordered) + 1) % GUARD_EVERY == 0:
            chosen = next(c for c in longest_first if c.lead not in taken)
        else:
            while left[position].lead in taken:
                position += 1
            chosen = left[position]
        taken.add(chosen.lead)
        ordered.append(chosen)
    return ordered


def _guard_places(ordered: Sequence[Candidate], by_worth: Sequence[Candidate]) -> set[int]:
    """Places whose owner stands there for the long wait and not by worth."""
    plain = {c.lead: index for index, c in enumerate(by_worth, 1)}
    return {
        place
        for place, each in enumerate(ordered, 1)
        if place % GUARD_EVERY == 0 and plain[each.lead] > place
    }


def _why(each: Candidate, now: datetime, target: timedelta, zone: tzinfo, *, is_guard: bool) -> str:
    if each.outbox == "unsure":
        return "Your answer may not have arrived"
    if each.outbox == "refused":
        return "Your answer did not go out: look why"
    if each.waits:
        return each.waits
    if each.step is not None:
        return step_words(each.step)
    if each.snoozed_until is not None and each.snoozed_until <= now:
        return f"You put this off until {clock_words(each.snoozed_until, now, zone)}"
    if each.got:
        return "Somebody has it; no answer has gone out yet"
    if is_guard:
        return "Has waited longest"
    return _why_by_kind(each, now, target, zone)


def _why_by_kind(each: Candidate, now: datetime, target: timedelta, zone: tzinfo) -> str:
    if each.what is What.CALL:
        return "You did not reach them: try again"
    if each.what is not What.NEW:
        return "They answered, and it is your turn"
    if each.promised_at is not None:
        by = clock_words(each.promised_at, now, zone)
        return (
            f"New; you promised an answer by {by}"
            if each.promised_at > now
            else f"Promised by {by}: not answered"
        )
    waited = now - each.since
    if Rung.of(waited) is Rung.NOW:
        return "New: this is when a reply counts most"
    due = each.since + target
    if due > now:
        return f"New; your target is {clock_words(due, now, zone)}"
    return f"Not answered; your target was {clock_words(due, now, zone)}"
