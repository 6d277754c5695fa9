"""Folds a lead's record into its state: the record is the truth, the state is what follows from it.

Touches are ordered by their own time (a call that is set back counts where it was); decisions by what was
known when they were made, which the order of the entries' numbers tells: a mail that was received before a
close but read after it still reopens, and a mail server whose clock runs ahead wakes no sleeper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from leaddesk.rules.cadence.progress import progress
from leaddesk.rules.match.one_record import as_one
from leaddesk.rules.thanks import is_mere_thanks
from leaddesk.words.lead import (
    Decision,
    Direction,
    Enquiry,
    EnquiryState,
    Entry,
    FirstResponse,
    LeadState,
    Outcome,
    Reached,
    Retraction,
    Standing,
    Touch,
    Turn,
    Verb,
    What,
)

E = TypeVar("E", bound=Entry)


def fold(enquiries: Sequence[Enquiry], record: Sequence[Entry], as_of: datetime | None = None) -> LeadState:
    """The state that this record gives, at `as_of` when it is told; in whatever order it comes.

    `enquiries` must hold at least one; those received after `as_of` are left out. The state names them in
    order of received_at.
    """
    enquiries = sorted(enquiries, key=lambda e: (e.received_at, e.id))
    if as_of is not None:
        enquiries = [e for e in enquiries if e.received_at <= as_of] or enquiries[:1]
        record = [e for e in record if e.at <= as_of]
    live = live_entries(enquiries, record)
    touches = sorted((e for e in live if isinstance(e, Touch)), key=lambda t: (t.at, t.id))
    decisions = [e for e in live if isinstance(e, Decision)]
    out = _taken_back(record, touches) | {e.id for e in enquiries if _is_judged_out(e, touches, decisions)}
    touches = [t for t in touches if t.enquiry is None or t.enquiry not in out]
    outcome, reason = _outcome(enquiries, out, touches, decisions)
    states = tuple(_enquiry_state(e, out, touches, decisions, outcome) for e in enquiries)
    goes_on = _plan_goes_on(enquiries, live, touches, outcome)
    return _state(enquiries, states, touches, decisions, outcome, reason, goes_on=goes_on)


def live_entries(enquiries: Sequence[Enquiry], record: Iterable[Entry]) -> list[Entry]:
    """What stands of a record, of joined leads as of one, in order of id."""
    return as_one(enquiries, standing_entries(record), fold)


def at_moment(state: LeadState, now: datetime) -> LeadState:
    """A snooze that has ended makes the lead ours, whoever spoke last: that is what it was for."""
    until = state.snoozed_until
    if state.outcome is not Outcome.OPEN or state.turn is Turn.OURS or until is None or until > now:
        return state
    return replace(state, turn=Turn.OURS, since=until)


def standing_entries(record: Iterable[Entry]) -> list[Entry]:
    """What is left of a record after its retractions, in order of id; retractions themselves are left out.

    The latest word wins: a retraction that was itself taken back has no effect.
    """
    gone: set[int] = set()
    live = []
    for entry in sorted(record, key=lambda e: e.id, reverse=True):
        if entry.id in gone:
            continue
        if isinstance(entry, Retraction):
            gone.add(entry.takes_back)
        else:
            live.append(entry)
    return live[::-1]


def first_response(enquiry: Enquiry, touches: Sequence[Touch]) -> FirstResponse | None:
    """The first outward touch by a person at or after received_at. `touches` are in order of time."""
    for touch in touches:
        if _is_response(touch) and touch.at >= enquiry.received_at:
            return FirstResponse(
                at=touch.at,
                after=touch.at - enquiry.received_at,
                channel=touch.channel,
                by=touch.by,
                how=touch.how,
                entry=touch.id,
            )
    return None


def _is_response(touch: Touch) -> bool:
    """A wrong number reached somebody else: it is an attempt, never a response to them."""
    return (
        touch.direction is Direction.OUT and not touch.automatic and touch.outcome is not Reached.WRONG_NUMBER
    )


def _is_word_of_theirs(touch: Touch) -> bool:
    return touch.direction is Direction.IN and not touch.automatic


def _outcome(
    enquiries: Sequence[Enquiry], out: set[int], touches: Sequence[Touch], decisions: Sequence[Decision]
) -> tuple[Outcome, str]:
    """Their next word reopens, whatever was decided; `out` are the enquiries that are none."""
    if all(e.id in out for e in enquiries):
        judged = _last(decisions, Verb.JUDGED_OUT)
        if judged is None or not _wrote_since(judged, touches):
            return Outcome.NOT_A_LEAD, judged.reason if judged else ""
    closing = _last(decisions, Verb.CLOSED, Verb.REOPENED)
    if closing is None or closing.outcome is None or _wrote_since(closing, touches):
        return Outcome.OPEN, ""
    return closing.outcome, closing.reason


def _wrote_since(decision: Decision, touches: Sequence[Touch]) -> bool:
    """They said something that nobody knew of when this was decided."""
    return any(_is_word_of_theirs(t) and t.id > decision.id for t in touches)


def _last(decisions: Sequence[Decision], *verbs: Verb) -> Decision | None:
    return next((d for d in reversed(decisions) if d.verb in verbs), None)


def _taken_back(record: Iterable[Entry], touches: Iterable[Touch]) -> set[int]:
    """Enquiries whose own touch was taken back: entered by mistake."""
    opened = {e.enquiry for e in record if isinstance(e, Touch) and e.enquiry is not None}
    return opened - {t.enquiry for t in touches if t.enquiry is not None}


def _is_judged_out(enquiry: Enquiry, touches: Sequence[Touch], decisions: Sequence[Decision]) -> bool:
    """Judged no lead, by itself or with all that was known until then, and not reopened since."""
    reopened = _last(decisions, Verb.REOPENED)
    return any(
        d.verb is Verb.JUDGED_OUT
        and (d.enquiry == enquiry.id or (d.enquiry is None and _was_known(enquiry, d, touches)))
        and (reopened is None or d.id > reopened.id)
        for d in decisions
    )


def _was_known(enquiry: Enquiry, decision: Decision, touches: Sequence[Touch]) -> bool:
    opened = next((t.id for t in touches if t.enquiry == enquiry.id), None)
    return enquiry.received_at <= decision.at if opened is None else opened < decision.id


def _enquiry_state(
    enquiry: Enquiry,
    out: set[int],
    touches: Sequence[Touch],
    decisions: Sequence[Decision],
    outcome: Outcome,
) -> EnquiryState:
    """Of a lead that is no lead nothing is counted, whether somebody answered it or not."""
    response, down = first_response(enquiry, touches), _put_down(enquiry, touches, decisions)
    if down is not None and down.outcome is not None and (response is None or response.at > down.at):
        response, outcome = None, down.outcome
    if enquiry.id in out or outcome is Outcome.NOT_A_LEAD:
        return EnquiryState(enquiry.id, Standing.NOT_A_LEAD, None)
    if response is not None:
        return EnquiryState(enquiry.id, Standing.ANSWERED, response)
    standing = Standing.WAITING if outcome is Outcome.OPEN else Standing.NEVER
    return EnquiryState(enquiry.id, standing, None)


def _put_down(enquiry: Enquiry, touches: Sequence[Touch], decisions: Sequence[Decision]) -> Decision | None:
    """What closed an enquiry that has no clock, as an imported past has none.

    When they ask anew, that is the enquiry that waits, not what a file told of years ago.
    """
    if enquiry.counted:
        return None
    opened = next((t.id for t in touches if t.enquiry == enquiry.id), 0)
    reopened = _last(decisions, Verb.REOPENED)
    since = opened if reopened is None else max(opened, reopened.id)
    return next((d for d in decisions if d.verb is Verb.CLOSED and d.id > since), None)


def _state(
    enquiries: Sequence[Enquiry],
    states: Sequence[EnquiryState],
    touches: Sequence[Touch],
    decisions: Sequence[Decision],
    outcome: Outcome,
    reason: str,
    *,
    goes_on: bool,
) -> LeadState:
    last_in = max((t.at for t in touches if _is_word_of_theirs(t)), default=None)
    outward = [t for t in touches if t.direction is Direction.OUT and not t.automatic]
    last_out = outward[-1] if outward else None
    landed = max((t.at for t in outward if t.outcome is None or t.outcome.landed), default=None)
    waiting = [
        e.received_at for e, s in zip(enquiries, states, strict=True) if s.standing is Standing.WAITING
    ]
    if goes_on and last_out is not None:
        landed = last_out.at
    what = _what(waiting, None if goes_on else last_out, last_in)
    turn = Turn.OURS if waiting or _is_ours(last_in, landed, what) else Turn.THEIRS
    return LeadState(
        turn=turn,
        what=what,
        outcome=outcome,
        reason=reason,
        since=_since(enquiries, waiting, turn, last_in, landed),
        snoozed_until=_snoozed_until(touches, decisions),
        got_at=_got_at(touches, decisions),
        last_in_at=last_in,
        last_out_at=last_out.at if last_out else None,
        enquiries=tuple(states),
    )


def _plan_goes_on(
    enquiries: Sequence[Enquiry], live: Sequence[Entry], touches: Sequence[Touch], outcome: Outcome
) -> bool:
    """Our last touch was a try that reached nobody, and a plan has the next one: it is not ours until then.

    The first try of all leaves a call to make: nothing of ours has come to them yet.
    """
    outward = [t for t in touches if t.direction is Direction.OUT and not t.automatic]
    if len(outward) < 2 or outward[-1].outcome is None or outward[-1].outcome.landed:
        return False
    told = progress(enquiries, live, outcome)
    return told is not None and not told.stopped and len(told.outs) > 1


def _what(waiting: Sequence[datetime], last_out: Touch | None, last_in: datetime | None) -> What:
    """A call that reached nobody leaves a call to make, unless they have written since."""
    if waiting:
        return What.NEW
    missed = last_out is not None and last_out.outcome is not None and not last_out.outcome.landed
    if missed and last_out is not None and (last_in is None or last_in <= last_out.at):
        return What.CALL
    return What.REPLY


def _is_ours(last_in: datetime | None, landed: datetime | None, what: What) -> bool:
    if what is What.CALL:
        return True
    return last_in is not None and (landed is None or last_in > landed)


def _since(
    enquiries: Sequence[Enquiry],
    waiting: Sequence[datetime],
    turn: Turn,
    last_in: datetime | None,
    landed: datetime | None,
) -> datetime:
    if waiting:
        return min(waiting)
    opened = min(e.received_at for e in enquiries)
    turned = last_in if turn is Turn.OURS else landed
    return turned or opened


def _snoozed_until(touches: Sequence[Touch], decisions: Sequence[Decision]) -> datetime | None:
    """A snooze lasts until a later decision about it, what they say next, or what we did once it had ended.

    A mere thanks ends none.
    """
    last = _last(decisions, Verb.SNOOZED, Verb.WOKEN, Verb.CLOSED, Verb.REOPENED)
    if last is None or last.verb is not Verb.SNOOZED or last.until is None:
        return None
    is_over = _woken_by(last, touches) or _acted_since(last, last.until, touches, decisions)
    return None if is_over else last.until


def _woken_by(snooze: Decision, touches: Sequence[Touch]) -> bool:
    """They said more than thanks since."""
    since = (t for t in touches if _is_word_of_theirs(t) and t.id > snooze.id)
    return any(t.enquiry is not None or not is_mere_thanks(t.text) for t in since)


def _acted_since(
    snooze: Decision, until: datetime, touches: Sequence[Touch], decisions: Sequence[Decision]
) -> bool:
    """A person did something about the lead after it came back."""
    ours = (t for t in touches if t.direction is Direction.OUT and not t.automatic)
    decided = (d for d in decisions if d.verb in (Verb.GOT, Verb.JUDGED_OUT))
    return any(deed.id > snooze.id and deed.at >= until for deed in (*ours, *decided))


def _got_at(touches: Sequence[Touch], decisions: Sequence[Decision]) -> datetime | None:
    """'I've got it' holds until they write again, or it is given to somebody else."""
    last = _last(decisions, Verb.GOT, Verb.ASSIGNED)
    is_over = last is None or last.verb is Verb.ASSIGNED or _wrote_since(last, touches)
    return None if last is None or is_over else last.at
