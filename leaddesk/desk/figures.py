"""Response times over a span of local days, and the mistakes that were made in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from leaddesk.desk.config import Config
from leaddesk.desk.opening import opening_hours
from leaddesk.desk.past import leads_as_of
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules import response
from leaddesk.rules.hours import OpenTime
from leaddesk.rules.mistakes import Followed, Wait, drafted_by, followed, mistakes
from leaddesk.rules.response import Timed
from leaddesk.rules.when import at_wall_time
from leaddesk.words.lead import Lead, Standing
from leaddesk.words.review import Mistake
from leaddesk.words.settings import TARGET_MINUTES
from leaddesk.words.views import Review


class Figures:
    """The numbers, with everybody in the denominator."""

    def __init__(self, store: Store, clock: Clock, config: Config) -> None:
        self._store = store
        self._clock = clock
        self._config = config

    def review(self, start: date | None, end: date | None, as_of: datetime | None = None) -> Review:
        """Enquiries received on the local days from `start` to `end`, both inclusive; None is open-ended."""
        if as_of is not None:
            return self._review_as_of(start, end, as_of)
        now = self._clock.now()
        with self._store.session():
            enquiries = self.received(start, end)
            return self.judged(enquiries, now, self.mistakes(enquiries, now))

    def received(self, start: date | None, end: date | None) -> list[Timed]:
        """The enquiries of these local days that count."""
        return self._store.figures.received(*self._bounds(start, end))

    def mistakes(self, enquiries: Sequence[Timed], now: datetime) -> Mapping[Mistake, tuple[Followed, ...]]:
        """Who stands in which list of mistakes, among those who asked then; as things stand at `now`."""
        return mistakes(self._store.looking_back.followed(enquiries), now, self.target())

    def judged(
        self, enquiries: Sequence[Timed], now: datetime, found: Mapping[Mistake, tuple[Followed, ...]]
    ) -> Review:
        """The figures of these enquiries, with what was found of mistakes."""
        numbers = {mistake: tuple(each.lead for each in leads) for mistake, leads in found.items()}
        return response.review(enquiries, now, self._open_time(), numbers)

    def target(self) -> timedelta:
        """Within which time a new enquiry should be answered."""
        return timedelta(minutes=self._config.get(TARGET_MINUTES))

    def open_between(self, spans: Iterable[tuple[datetime, datetime]]) -> list[timedelta]:
        """For each span how long the firm was open in it."""
        open_time = self._open_time()
        return [open_time.between(start, end) for start, end in spans]

    def _open_time(self) -> OpenTime:
        return OpenTime(opening_hours(self._config), self._clock.zone())

    def _review_as_of(self, start: date | None, end: date | None, as_of: datetime) -> Review:
        first, last = self._bounds(start, end)
        enquiries: list[Timed] = []
        leads: list[Lead] = []
        for lead in leads_as_of(self._store, as_of):
            timed = [t for t in _timed(lead) if first <= t.received_at < last and t.received_at <= as_of]
            enquiries += timed
            leads += [lead] if timed else []
        found = mistakes(self._followed(leads, enquiries, as_of), as_of, self.target())
        return self.judged(enquiries, as_of, found)

    def _followed(
        self, leads: Sequence[Lead], enquiries: Sequence[Timed], as_of: datetime
    ) -> Iterator[Followed]:
        drafts = self._store.looking_back.drafts([lead.id for lead in leads])
        waits: dict[int, tuple[Wait, ...]] = {}
        for each in enquiries:
            wait = Wait(each.received_at, each.first_response_at)
            waits[each.lead] = (*waits.get(each.lead, ()), wait)
        for lead in leads:
            mine = (drafted_by(draft, as_of) for draft in drafts.get(lead.id, ()))
            kept = tuple(draft for draft in mine if draft is not None)
            is_planned = lead.course is not None and lead.course.at is not None
            yield followed(lead, waits[lead.id], kept, is_planned=is_planned)

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
