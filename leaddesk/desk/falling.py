"""What falls due while services run: told as news, and a plan that ends by itself is ended.

One indexed question asks when the next step falls due, and is asked again only after news: no lead has a
timer. When opening hours or the computer's zone change, the steps to come are judged anew, some at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from leaddesk.doors.store import DueLead, Store
from leaddesk.words.lead import Decision, Verb
from leaddesk.words.news import LeadChanged
from leaddesk.words.states import Outcome, Turn

STALE = timedelta(hours=48)
"""What fell due longer ago, while nobody watched, is left to a person: nothing stale goes by itself."""
JUDGED_BY = "cadence.judged_by"
_TOLD_AT_ONCE = 50
"""Whoever listens reads the whole queue anew: more news tell it nothing."""
_BATCH = 50


class Falling:
    """Ticked by the pulse, on its thread."""

    def __init__(self, store: Store, raise_for: Callable[[int], None]) -> None:
        """`raise_for` is told of each lead that is ours again, inside the transaction."""
        self._store = store
        self._raise = raise_for
        self._since: datetime | None = None
        self._next_at: datetime | None = None
        self._has_asked = False
        self._judged_to: int | None = None
        """Leads up to this one were judged by today's hours; None when all were."""
        self._held: tuple[DueLead, ...] = ()
        """Whose plan is through while a mail to them is not; looked at again after news."""

    def begin(self, since: datetime) -> None:
        """What fell due after `since` has not been told yet."""
        self._since = since

    def heard(self) -> None:
        """Something was written: perhaps a step, or the hours."""
        self._has_asked = False

    def tick(self, now: datetime) -> list[DueLead]:
        """Tells and ends what has fallen due since the last tick; returns it."""
        since, self._since = self._since or now, now
        if not self._has_asked:
            self._has_asked = True  # before asking: what is written meanwhile is asked for again
            self._look_at_held(now)
            self._look_at_hours()
            self._next_at = self._store.due.next_due(since)
        if self._judged_to is not None:
            self._judge_some()
        if self._next_at is None or self._next_at > now:
            return []
        self._has_asked = False
        fallen = self._store.due.fallen(since, now)
        self._settle(fallen, now)
        return fallen

    def _settle(self, fallen: Sequence[DueLead], now: datetime) -> None:
        with self._store.transaction() as news:
            for each in fallen:
                is_fresh = now - each.step.at <= STALE
                if each.step.closes and is_fresh:
                    self._end(each, now)
                elif is_fresh and each.turn is Turn.THEIRS:
                    self._raise(each.lead)
            news += [LeadChanged(at=now, lead=each.lead) for each in fallen[:_TOLD_AT_ONCE]]

    def _look_at_held(self, now: datetime) -> None:
        """Once their mail has gone the end has moved; where it was taken back, the plan ends after all."""
        held, self._held = self._held, ()
        if held:
            with self._store.transaction():
                for each in held:
                    if now - each.step.at <= STALE:
                        self._end(each, now)

    def _end(self, each: DueLead, now: datetime) -> None:
        """Looked at once more inside the transaction: an answer may have come meanwhile.

        Nobody is given up while a mail to them waits for its time, is on its way, or went wrong.
        """
        lead = self._store.leads.get(each.lead)
        course = lead.course if lead is not None else None
        if course is None or not course.closes or course.at is None or course.at > now:
            return
        if self._store.outbox.standing(each.lead):
            self._held += (each,)
            return
        reason = f"{course.plan.name} is through, without an answer"
        self._store.leads.record(
            Decision(lead=each.lead, at=now, verb=Verb.CLOSED, outcome=Outcome.NO_RESPONSE, reason=reason)
        )

    def _look_at_hours(self) -> None:
        """Steps that were placed by other hours than today's are placed anew."""
        calendar = self._store.calendar().mark()
        if self._store.settings.get(JUDGED_BY) == calendar:
            return
        if self._judged_to is None and self._store.settings.get(JUDGED_BY) is None:
            self._store.settings.keep(JUDGED_BY, calendar)  # a new profile: all are placed by these
        elif self._judged_to is None:
            self._judged_to = 0

    def _judge_some(self) -> None:
        leads = self._store.due.running(self._judged_to or 0, _BATCH)
        with self._store.transaction():
            for lead in leads:
                self._store.leads.refold(lead)
        self._judged_to = leads[-1] if leads else None
        self._has_asked = False
        if not leads:
            self._store.settings.keep(JUDGED_BY, self._store.calendar().mark())
