"""What a lead's record says of its plan: when it began, what was done since, and what stopped it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from leaddesk.rules.cadence.line import read_line
from leaddesk.words.cadence import Plan
from leaddesk.words.due import Way
from leaddesk.words.lead import Channel, Decision, Direction, Enquiry, Entry, Reached, Touch, Verb
from leaddesk.words.states import UNTIL_THEY_REPLY, Outcome

_WAYS = {
    Channel.EMAIL: Way.EMAIL,
    Channel.FORM: Way.EMAIL,
    Channel.CALL: Way.CALL,
    Channel.TEXT: Way.TEXT,
    Channel.WHATSAPP: Way.WHATSAPP,
}
_ENDS = {
    Outcome.WON: "It is won.",
    Outcome.LOST: "It is lost.",
    Outcome.NO_RESPONSE: "It was closed as no response.",
    Outcome.NOT_A_LEAD: "It is no lead.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the record says; times are those of the record, nothing is judged against now."""

    plan: Plan
    enquired_at: datetime
    begun_at: datetime
    """From when the first step counts: the enquiry that the plan is for, or the moment of a later start."""
    silent_since: datetime
    """Since when they have said nothing: their last word, or the enquiry. The limits of tries count from it,
    whatever plans were started meanwhile."""
    first_reply: Touch | None
    """Our first word since; None where it is still owed, or was given before the plan was started."""
    outs: tuple[Touch, ...]
    """All that a person did towards them since the enquiry, in order of time."""
    deeds: tuple[Touch | Decision, ...]
    """What may have done a step, in order of time: touches after the first reply, and STEPPED."""
    stopped: str
    """Why it stopped, as a sentence; empty while it runs."""
    is_closed: bool
    away_until: datetime | None
    away_at: datetime | None
    """When they told so."""
    put_off_until: datetime | None
    """The day that a person named for this lead: no step of the plan comes before it."""
    bounced: frozenset[str]
    """Addresses that take no mail, in lower case."""
    bounced_at: datetime | None
    wrong_numbers: int
    answered_by: Way | None
    """The way in which they last answered, before this plan was started."""


def progress(enquiries: Sequence[Enquiry], live: Sequence[Entry], outcome: Outcome) -> Progress | None:
    """How far the plan has come; None where none was started. `live` is what stands of the record."""
    last = _last(live, Verb.CADENCE_STARTED)
    if last is None or not last.plan:
        return None
    touches = sorted((e for e in live if isinstance(e, Touch)), key=lambda t: (t.at, t.id))
    enquiry = _enquiry_of(last, enquiries)
    outs = tuple(t for t in touches if _is_ours(t) and t.at >= enquiry.received_at)
    is_its = last.enquiry is not None
    begun_at = enquiry.received_at if is_its else max(last.at, enquiry.received_at)
    first = _first_reply(outs, last, begun_at)
    later = [t for t in outs if t.at >= begun_at and (first is None or _comes_after(t, first))]
    plan = read_line(last.plan)
    if first is not None and _does_first_step(first, plan):
        later.insert(0, first)
    stepped = [e for e in live if isinstance(e, Decision) and e.verb is Verb.STEPPED and e.at >= begun_at]
    away = _away(begun_at, live)
    bounces = [e for e in live if isinstance(e, Decision) and e.verb is Verb.BOUNCED]
    return Progress(
        plan=plan,
        enquired_at=enquiry.received_at,
        begun_at=begun_at,
        silent_since=max([enquiry.received_at, *(t.at for t in touches if _is_word_of_theirs(t))]),
        first_reply=first,
        outs=outs,
        deeds=tuple(sorted([*later, *stepped], key=lambda e: (e.at, e.id))),
        stopped=_stop(last, live, touches, outs, outcome),
        is_closed=outcome is not Outcome.OPEN,
        away_until=away.until if away is not None else None,
        away_at=away.at if away is not None else None,
        put_off_until=_put_off_until(live),
        bounced=frozenset(each.reason.lower() for each in bounces),
        bounced_at=max((each.at for each in bounces), default=None),
        wrong_numbers=sum(t.outcome is Reached.WRONG_NUMBER for t in outs),
        answered_by=_answered_by(last, touches),
    )


def way_of(touch: Touch) -> Way | None:
    """The way of a plan that a touch went; None for a visit and the like."""
    return _WAYS.get(touch.channel)


def _last(live: Iterable[Entry], *verbs: Verb) -> Decision | None:
    return max(
        (e for e in live if isinstance(e, Decision) and e.verb in verbs), key=lambda d: d.id, default=None
    )


def _enquiry_of(start: Decision, enquiries: Sequence[Enquiry]) -> Enquiry:
    """The one that the plan was started for; for one started by hand the newest by then."""
    named = next((e for e in enquiries if e.id == start.enquiry), None)
    by_then = [e for e in enquiries if e.received_at <= start.at] or enquiries
    return named or max(by_then, key=lambda e: (e.received_at, e.id))


def _is_ours(touch: Touch) -> bool:
    return touch.direction is Direction.OUT and not touch.automatic


def _is_word_of_theirs(touch: Touch) -> bool:
    return touch.direction is Direction.IN and not touch.automatic


def _first_reply(outs: Sequence[Touch], start: Decision, begun_at: datetime) -> Touch | None:
    """The first word of ours, unless it was given before a person started the plan."""
    if not outs or (start.enquiry is None and outs[0].at < begun_at):
        return None
    return outs[0]


def _comes_after(touch: Touch, first: Touch) -> bool:
    return (touch.at, touch.id) > (first.at, first.id)


def _does_first_step(first: Touch, plan: Plan) -> bool:
    """Who calls at once has made the call that the plan begins with; a mail is the first reply only."""
    return first.channel is Channel.CALL and plan.steps[0].way is Way.CALL


def _stop(
    start: Decision, live: Sequence[Entry], touches: Sequence[Touch], outs: Sequence[Touch], outcome: Outcome
) -> str:
    """Why it stopped: the first of what ended the lead, their word, a talk, and a person's decision."""
    if outcome is not Outcome.OPEN:
        return _ENDS[outcome]
    since = [t for t in touches if t.id > start.id]
    if any(_is_word_of_theirs(t) and outs and t.at > outs[0].at for t in since):
        return "They answered."
    if any(t.outcome is Reached.REACHED for t in since):
        return "You talked with them."
    last = _last(live, Verb.CADENCE_STOPPED, Verb.CLOSED)
    if last is None or last.id < start.id:
        return ""
    return "Stopped by hand." if last.verb is Verb.CADENCE_STOPPED else "It was closed."


def _away(begun_at: datetime, live: Sequence[Entry]) -> Decision | None:
    last = _last(live, Verb.AWAY)
    return last if last is not None and last.at >= begun_at else None


def _put_off_until(live: Iterable[Entry]) -> datetime | None:
    last = _last(live, Verb.SNOOZED, Verb.WOKEN, Verb.CLOSED, Verb.REOPENED)
    until = last.until if last is not None and last.verb is Verb.SNOOZED else None
    return until if until != UNTIL_THEY_REPLY else None


def _answered_by(start: Decision, touches: Sequence[Touch]) -> Way | None:
    """An enquiry is no answer: its form or mailbox says nothing of what they prefer."""
    answers = [t for t in touches if _is_word_of_theirs(t) and t.enquiry is None and t.id < start.id]
    return way_of(answers[-1]) if answers else None
