"""The five mistakes, each a question about how one lead was followed up.

They are judged as things stand now: mended ones are none any more. A lead that was won makes no mistake but
an unknown source; automatic messages are no tries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.rules.fold import standing_entries
from leaddesk.rules.sources import tells_nothing
from leaddesk.words.lead import Channel, Direction, Entry, Lead, Reached, Source, Touch
from leaddesk.words.review import Mistake
from leaddesk.words.states import Outcome, Turn

GIVEN_UP_AFTER = timedelta(days=3)
"""An open lead whose only try is this old, with nothing to come, was given up. Every shipped plan tries again
within that time."""
POLISH = timedelta(minutes=10)
"""A draft may lie this long."""

_CLOSED_WITHOUT_THEM = frozenset((Outcome.LOST, Outcome.NO_RESPONSE))


@dataclass(frozen=True, slots=True)
class Try:
    """One time that a person reached out to them."""

    at: datetime
    channel: Channel
    outcome: Reached | None


@dataclass(frozen=True, slots=True)
class Wait:
    """One enquiry: from when, and until when it had no first response; None where it has none yet."""

    received_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """How long an answer lay as a draft: until it was approved or thrown away; None while it still lies."""

    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """All that the rules look at of one lead."""

    lead: int
    name: str
    outcome: Outcome
    turn: Turn
    snoozed_until: datetime | None
    is_planned: bool
    """A step of a plan is to come, or an answer of ours is on its way."""
    source: Source
    ways: frozenset[Channel]
    """EMAIL where an address is known, CALL where a number is."""
    asked_at: datetime
    """When they asked last."""
    last_in_at: datetime | None
    tries: tuple[Try, ...]
    """In order of time."""
    waits: tuple[Wait, ...]
    drafts: tuple[Drafted, ...]

    @property
    def unanswered(self) -> tuple[Try, ...]:
        """Our tries since they asked last, where they have not been heard of after the first of them."""
        tries = tuple(one for one in self.tries if one.at >= self.asked_at)
        if not tries or any(one.outcome is Reached.REACHED for one in tries):
            return ()
        return () if self.last_in_at is not None and self.last_in_at > tries[0].at else tries

    @property
    def is_resting(self) -> bool:
        """Open, and nothing will bring it back: no time is named, no plan runs, no answer is on its way."""
        return self.outcome is Outcome.OPEN and self.snoozed_until is None and not self.is_planned


def gave_up_after_one_try(lead: Followed, now: datetime) -> bool:
    """Since they asked last they were tried once, by whatever channel; they never answered and were not
    reached. Then the lead was closed as lost or without response, or it is open, that try is three days old
    and nothing is to come."""
    tries = lead.unanswered
    if len(tries) != 1:
        return False
    was_left = lead.is_resting and now - tries[0].at >= GIVEN_UP_AFTER
    return lead.outcome in _CLOSED_WITHOUT_THEM or was_left


def was_slow_for_polish(lead: Followed, now: datetime, target: timedelta) -> bool:
    """An answer was begun while an enquiry waited, lay as a draft for more than ten minutes, and by then the
    enquiry had waited longer than the owner's own target."""
    return any(_overdue(draft, wait, now, target) for draft in lead.drafts for wait in lead.waits)


def used_one_channel(lead: Followed) -> bool:
    """Since they asked last they were tried twice or more without an answer, always by mail though a number
    is known, or always by telephone (calls, texts) though an address is known."""
    tries = lead.unanswered
    still_theirs = lead.outcome is not Outcome.WON
    return still_theirs and len(tries) > 1 and len(_used(tries)) == 1 and bool(lead.ways - _used(tries))


def has_no_source(lead: Followed) -> bool:
    """Nothing shows and nobody said where they found us: unknown, or known no further than the way by which
    they wrote. That it can be asked and was not is the ignoring."""
    return tells_nothing(lead.source)


def has_no_stopping_point(lead: Followed) -> bool:
    """Open, the next move is theirs, and nothing is scheduled: no snooze, no step of a plan, no answer that
    is on its way. Such a lead ends only if they happen to write."""
    return lead.turn is Turn.THEIRS and lead.is_resting


def mistakes(
    leads: Iterable[Followed], now: datetime, target: timedelta
) -> Mapping[Mistake, tuple[Followed, ...]]:
    """Who stands in which list, in the given order."""
    found: dict[Mistake, list[Followed]] = {mistake: [] for mistake in Mistake}
    judges = _judges(now, target)
    for lead in leads:
        for mistake, is_made in judges.items():
            if is_made(lead):
                found[mistake].append(lead)
    return {mistake: tuple(group) for mistake, group in found.items()}


def _judges(now: datetime, target: timedelta) -> Mapping[Mistake, Callable[[Followed], bool]]:
    return {
        Mistake.ONE_TRY: lambda lead: gave_up_after_one_try(lead, now),
        Mistake.SLOW_FOR_POLISH: lambda lead: was_slow_for_polish(lead, now, target),
        Mistake.ONE_CHANNEL: used_one_channel,
        Mistake.NO_SOURCE: has_no_source,
        Mistake.NO_STOP: has_no_stopping_point,
    }


def next_way(lead: Followed) -> Channel | None:
    """How to reach them next: by the way that was not tried, else by the one that is known."""
    used = _used(lead.unanswered)
    fitting = lead.ways - used or lead.ways
    return next((way for way in (Channel.CALL, Channel.EMAIL) if way in fitting), None)


def polished_for(lead: Followed, now: datetime, target: timedelta) -> timedelta:
    """How long the draft lay that was the longest of those that cost them time."""
    return max(
        (
            _end(draft, wait, now) - draft.began
            for draft in lead.drafts
            for wait in lead.waits
            if _overdue(draft, wait, now, target)
        ),
        default=timedelta(0),
    )


def drafted_by(draft: Drafted, at: datetime) -> Drafted | None:
    """A draft as it lay at another time; None where it was not begun."""
    if draft.began > at:
        return None
    return draft if draft.ended is None or draft.ended <= at else Drafted(draft.began, None)


def tried(record: Iterable[Entry]) -> tuple[Try, ...]:
    """Our tries of a record, in order of time; those that were taken back are none."""
    ours = (
        entry
        for entry in standing_entries(record)
        if isinstance(entry, Touch) and entry.direction is Direction.OUT and not entry.automatic
    )
    return tuple(Try(t.at, t.channel, t.outcome) for t in sorted(ours, key=lambda t: (t.at, t.id)))


def followed(
    lead: Lead, waits: tuple[Wait, ...], drafts: tuple[Drafted, ...], *, is_planned: bool
) -> Followed:
    """A lead that was read whole, as the rules look at it. `waits` are the enquiries that are judged."""
    state, person = lead.state, lead.person
    return Followed(
        lead=lead.id,
        name=person.name,
        outcome=state.outcome,
        turn=state.turn,
        snoozed_until=state.snoozed_until,
        is_planned=is_planned,
        source=lead.source,
        ways=ways(bool(person.emails), bool(person.phones)),
        asked_at=max(each.received_at for each in lead.enquiries),
        last_in_at=state.last_in_at,
        tries=tried(lead.record),
        waits=waits,
        drafts=drafts,
    )


def ways(has_address: bool, has_number: bool) -> frozenset[Channel]:
    """The two ways by which somebody can be reached from afar."""
    known = ((Channel.EMAIL, has_address), (Channel.CALL, has_number))
    return frozenset(way for way, is_known in known if is_known)


def _used(tries: Iterable[Try]) -> frozenset[Channel]:
    """Texts and WhatsApp go to the number that a call goes to; a visit is a way of its own."""
    same = {Channel.TEXT: Channel.CALL, Channel.WHATSAPP: Channel.CALL, Channel.FORM: Channel.EMAIL}
    return frozenset(same.get(one.channel, one.channel) for one in tries)


def _end(draft: Drafted, wait: Wait, now: datetime) -> datetime:
    return min(draft.ended or now, wait.ended_at or now)


def _overdue(draft: Drafted, wait: Wait, now: datetime, target: timedelta) -> bool:
    if draft.began < wait.received_at or (wait.ended_at is not None and draft.began >= wait.ended_at):
        return False
    end = _end(draft, wait, now)
    return end - draft.began > POLISH and end - wait.received_at > target
