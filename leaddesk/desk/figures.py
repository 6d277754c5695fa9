"""Response times over a span of local days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from leaddesk.desk.past import leads_as_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules import response
from leaddesk.rules.response import Timed
from leaddesk.rules.when import at_wall_time
from leaddesk.words.lead import Lead, Standing
from leaddesk.words.views import Review


class Figures:
    """The numbers, with everybody in the denominator."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def review(self, start: date | None, end: date | None, as_of: datetime | None = None) -> Review:
        """Enquiries received on the local days from `start` to `end`, both inclusive; None is open-ended."""
        now = as_of or self._clock.now()
        first, last = self._bounds(start, end)
        if as_of is None:
            return response.review(self._store.figures.received(first, last), now)
        timed = [
            t
            for lead in leads_as_of(self._store, as_of)
            for t in _timed(lead)
            if first <= t.received_at < last and t.received_at <= as_of
        ]
        return response.review(timed, now)

    def last_answered(self) -> timedelta | None:
        """How long the enquiry that was answered last had waited: for the empty queue."""
        last = self._store.figures.last_answered()
        return last.after if last else None

    def _bounds(self, start: date | None, end: date | None) -> tuple[datetime, datetime]:
        zone, midnight = self._clock.zone(), time(0)
        first = at_wall_time(start or date(1971, 1, 1), midnight, zone)
        last = at_wall_time((end or date(2200, 1, 1)) + timedelta(days=1), midnight, zone)
        return first, last


def _timed(lead: Lead) -> Iterator[Timed]:
    states = {state.enquiry: state for state in lead.state.enquiries}
    for enquiry in lead.enquiries:
        state = states[enquiry.id]
        if state.standing is Standing.NOT_A_LEAD or not enquiry.counted:
            continue
        first = state.first_response
        yield Timed(
            lead=lead.id,
            received_at=enquiry.received_at,
            first_response_at=first.at if first else None,
            standing=state.standing,
            source=enquiry.source.text,
            outcome=lead.state.outcome,
        )
