"""A week as the owner looks back on it: the figures, who stands behind each, and the five mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from leaddesk.desk.figures import Figures
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.mistake_words import shown_by
from leaddesk.rules.mistakes import Followed, next_way
from leaddesk.rules.response import Timed
from leaddesk.words.lead import Channel
from leaddesk.words.review import Asked, Mistake, Slip, Week
from leaddesk.words.states import Outcome

_WEEK = timedelta(days=7)


class Weeks:
    """Weeks from Monday to Sunday, of the desk's own days. Reads the store alone: no network is needed."""

    def __init__(self, store: Store, clock: Clock, figures: Figures) -> None:
        self._store = store
        self._clock = clock
        self._figures = figures

    def show(self, day: date | None = None) -> Week:
        """The week of that day, or this one."""
        now = self._clock.now()
        here = day or now.astimezone(self._clock.zone()).date()
        first = here - timedelta(days=here.weekday())
        with self._store.session():
            span = self._figures.received(first, first + timedelta(days=6))
            found = self._figures.mistakes(span, now)
            target = self._figures.target()
            before = self._figures.review(first - _WEEK, first - timedelta(days=1))
            return Week(
                first=first,
                last=first + timedelta(days=6),
                review=self._figures.judged(span, now, found),
                before=before,
                asked=self._asked(span),
                slips={
                    mistake: tuple(_slip(mistake, lead, now, target) for lead in leads)
                    for mistake, leads in found.items()
                },
                unscheduled=self._store.all_leads.unscheduled(),
                is_new=not self._store.looking_back.has_leads(),
            )

    def _asked(self, enquiries: Sequence[Timed]) -> tuple[Asked, ...]:
        names = self._store.looking_back.names(list({each.lead for each in enquiries}))
        return tuple(
            Asked(
                lead=each.lead,
                name=names.get(each.lead, ""),
                received_at=each.received_at,
                after=each.after,
                standing=each.standing,
                source=each.source,
                outcome=each.outcome,
            )
            for each in enquiries
        )


def _slip(mistake: Mistake, lead: Followed, now: datetime, target: timedelta) -> Slip:
    return Slip(
        lead=lead.lead,
        name=lead.name,
        why=shown_by(mistake, lead, now, target),
        way=_way(mistake, lead),
    )


def _way(mistake: Mistake, lead: Followed) -> Channel | None:
    """How to reach them, where reaching them mends it; a draft only helps whoever still waits."""
    match mistake:
        case Mistake.ONE_TRY | Mistake.ONE_CHANNEL:
            return next_way(lead)
        case Mistake.SLOW_FOR_POLISH if lead.outcome is Outcome.OPEN:
            return Channel.EMAIL if any(wait.ended_at is None for wait in lead.waits) else None
    return None
