"""Where a lead stands in its plan: a function of its record, of what reaches it, and of the calendar.

Nothing here asks what time it is: a step's due time follows from what was done, and whoever shows it compares
it with now. The plan's own dates hold for who keeps them; what was done late moves what comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from leaddesk.rules.cadence.landing import DECIDES_AFTER, fit, has_room, later, with_end
from leaddesk.rules.cadence.progress import Progress, progress, way_of
from leaddesk.rules.cadence.ways import Tries, choose, in_their_order, open_ways, zones_of
from leaddesk.rules.cadence.wording import why_words
from leaddesk.rules.fold import live_entries
from leaddesk.rules.reach import may_reach, opt_outs
from leaddesk.rules.when import at_wall_time
from leaddesk.words.cadence import Calendar, Course, CourseState, Landing, Step
from leaddesk.words.due import Way
from leaddesk.words.lead import Channel, Decision, Enquiry, Entry, Person, Touch, Verb
from leaddesk.words.reach import OptOut
from leaddesk.words.states import Outcome

_ONE_DAY = timedelta(days=1)
_DEAD_END = "No way to reach them is left."
_ASKED = "They asked not to be contacted."
_AWAY = "They are away."
_LONG_AWAY = "They are away for more than three months."
_LONGEST_WAIT = timedelta(days=92)
"""For somebody who is back later than that no plan waits: a person says what becomes of them."""
_CHANNELS = {
    Way.EMAIL: Channel.EMAIL,
    Way.CALL: Channel.CALL,
    Way.TEXT: Channel.TEXT,
    Way.WHATSAPP: Channel.WHATSAPP,
}


def course(
    enquiries: Sequence[Enquiry],
    live: Sequence[Entry],
    outcome: Outcome,
    person: Person,
    calendar: Calendar,
    lead_zones: tuple[tzinfo, ...],
    closed: frozenset[Way] = frozenset(),
) -> Course | None:
    """None where no plan was ever started. `live` is what stands of the record, in order of id.

    `closed` are the ways that they asked us to leave alone.
    """
    told = progress(enquiries, live, outcome)
    if told is None:
        return None
    walk = _Walk(told, open_ways(person, told, closed), calendar, lead_zones)
    if told.stopped:
        return walk.halted(told.stopped)
    if closed and open_ways(person, told) <= closed:
        return walk.to_decide(_ASKED)
    if walk.is_dead_end:
        return walk.to_decide(_DEAD_END)
    if walk.is_long_away:
        return walk.to_decide(_LONG_AWAY)
    return walk.to_next()


def course_of(
    enquiries: Sequence[Enquiry],
    record: Sequence[Entry],
    outcome: Outcome,
    person: Person,
    calendar: Callable[[], Calendar],
    elsewhere: Callable[[], Iterable[OptOut]] = tuple,
) -> Course | None:
    """The course of a whole record; the calendar is asked for only where a plan was ever started.

    The numbers of `person` are E.164 where their country is known. `elsewhere` are wishes about their
    addresses and numbers that stand in another record, or in one that was erased.
    """
    if not any(isinstance(e, Decision) and e.verb is Verb.CADENCE_STARTED for e in record):
        return None
    found, live = calendar(), live_entries(enquiries, record)
    asked = (*opt_outs(live), *elsewhere())
    closed = frozenset(way for way, channel in _CHANNELS.items() if not may_reach(asked, channel).may)
    return course(enquiries, live, outcome, person, found, zones_of(person.phones, found.zone), closed)


class _Walk:
    """Goes through the steps: those that were done, those that are passed over, and the one that is next."""

    def __init__(
        self, told: Progress, ways: frozenset[Way], calendar: Calendar, lead_zones: tuple[tzinfo, ...]
    ) -> None:
        self._told = told
        self._ways = ways
        self._calendar = calendar
        self._lead_zones = lead_zones
        self._zone = calendar.zone
        self._steps = with_end(told.plan)
        self._left = list(told.deeds)
        self._base = told.begun_at
        self._touched = [self._day(t.at) for t in told.outs]
        self._mailed = {self._day(t.at) for t in told.outs if way_of(t) is Way.EMAIL}
        self._tries = Tries.of(t for t in told.outs if t.at >= told.silent_since)
        self._asked = in_their_order(self._steps, told.answered_by, ways)

    @property
    def is_dead_end(self) -> bool:
        """What they could be reached by is dead; one of whom nothing was ever known is no dead end."""
        return not self._ways and bool(self._told.bounced or self._told.wrong_numbers)

    @property
    def is_long_away(self) -> bool:
        told, back = self._told.away_at, self._told.away_until
        return told is not None and back is not None and back - told > _LONGEST_WAIT

    def halted(self, why: str) -> Course:
        """It stopped; the step is the one that would have been next."""
        state = CourseState.ENDED if self._told.is_closed else CourseState.STOPPED
        done = sum(1 for _ in self._done_steps())
        return self._course(min(done + 1, len(self._steps)), None, None, state, why)

    def to_decide(self, why: str) -> Course:
        """It stops, and a person says what becomes of the lead: nobody goes cold without a word."""
        told = (self._told.begun_at, self._told.bounced_at, self._told.away_at)
        since = max([t.at for t in self._told.outs] + [at for at in told if at is not None])
        return self._course(len(self._steps), Way.DECIDE, since, CourseState.STOPPED, why)

    def to_next(self) -> Course:
        for number, step in enumerate(self._steps, 1):
            deed = self._deed_for(number, step)
            way = self._choice(number)
            if deed is not None:
                self._base = self._past(number, step, deed)
            elif way is None:
                self._base = later(self._base, step.after, self._zone)
            else:
                return self._next(number, step, way)
        return self._end()

    def _next(self, number: int, step: Step, way: Way) -> Course:
        landing = self._land(number, step, way, is_switched=way is not self._asked[number - 1])
        if landing.at is None and way.rings:
            return self._unrung().to_next()
        waits_for = self._waits_for(landing)
        why = _AWAY if waits_for else why_words(landing, way, step.way)
        return self._course(number, way, landing.at, CourseState.RUNNING, why, waits_for)

    def _unrung(self) -> _Walk:
        """No open hour of ours is a decent one of theirs: the telephone is no way to them."""
        ways = frozenset(way for way in self._ways if not way.rings)
        return _Walk(self._told, ways, self._calendar, self._lead_zones)

    def _end(self) -> Course:
        """The end of a plan that closes by itself: a while after its last step, or what we did since."""
        number = len(self._steps) + 1
        self._base = max([self._base, *(t.at for t in self._told.outs)])
        landing = self._land(number, Step(DECIDES_AFTER, Way.DECIDE), Way.DECIDE, is_switched=False)
        return self._course(number, Way.DECIDE, landing.at, CourseState.RUNNING, "", self._waits_for(landing))

    def _done_steps(self) -> Iterator[int]:
        for number, step in enumerate(self._steps, 1):
            if self._deed_for(number, step) is None:
                return
            yield number

    def _past(self, number: int, step: Step, deed: Touch | Decision) -> datetime:
        """From where the next step counts: done early the plan's date stands, done late it moves."""
        if isinstance(deed, Decision):
            return deed.at
        planned = later(self._base_of(step), step.after, self._zone)
        touched = [day for day in self._touched if day < self._day(planned)]
        return max(deed.at, self._fit(planned, step.way, number, touched).at or deed.at)

    def _choice(self, number: int) -> Way | None:
        return choose(self._asked[number - 1], self._ways, self._tries, self._told.answered_by)

    def _deed_for(self, number: int, step: Step) -> Touch | Decision | None:
        """What did the step: a touch the way it was planned or is switched to, or a person's word."""
        if step.way is Way.DECIDE:
            return None
        asked = self._asked[number - 1]
        fits = {step.way, asked, self._choice(number), choose(asked, self._ways, Tries(0, 0, 0))}
        for place, deed in enumerate(self._left):
            is_task = step.way is Way.TASK and isinstance(deed, Touch) and way_of(deed) is None
            if isinstance(deed, Decision) or is_task or way_of(deed) in fits - {None}:
                del self._left[: place + 1]
                return deed
        return None

    def _land(self, number: int, step: Step, way: Way, *, is_switched: bool) -> Landing:
        planned = later(self._base_of(step), step.after, self._zone)
        planned = max(planned, self._told.away_until or planned)
        if number <= len(self._steps):  # a plan does not end by itself on the very day that somebody named
            planned = max(planned, self._told.put_off_until or planned)
        landing = self._fit(self._after_the_rest(planned, way), way, number, self._touched)
        while is_switched and way is Way.EMAIL and landing.at and self._day(landing.at) in self._mailed:
            planned = self._midnight(self._day(landing.at) + _ONE_DAY)  # at most one mail a day
            landing = self._fit(planned, way, number, self._touched)
        return landing

    def _after_the_rest(self, planned: datetime, way: Way) -> datetime:
        """What was left undone while they were written to otherwise is capped as of our last touch."""
        last, cap = max(self._touched, default=None), self._told.plan.cap_per_week
        is_past = last is not None and way.is_touch and self._day(planned) < last
        if last is None or not is_past or has_room(last, self._touched, cap):
            return planned
        return self._midnight(last)

    def _base_of(self, step: Step) -> datetime:
        """A step before the first reply counts from the enquiry; from that reply where it was due by then.

        A plan that means days does so as well where the two fall on one day: nobody asks again within hours.
        """
        first = self._told.first_reply
        if first is None or first in self._told.deeds or first.at <= self._base:
            return self._base
        planned = later(self._base, step.after, self._zone)
        is_same_day = step.after.unit == "d" and self._day(first.at) == self._day(planned)
        return first.at if first.at >= planned or is_same_day else self._base

    def _fit(self, planned: datetime, way: Way, number: int, touched: Sequence[date]) -> Landing:
        cap = self._told.plan.cap_per_week
        return fit(planned, way, number, touched, cap, self._calendar, self._lead_zones)

    def _waits_for(self, landing: Landing) -> datetime | None:
        """The day of their return, where the step would have come before it."""
        back = self._told.away_until
        return back if back is not None and landing.planned == back else None

    def _course(
        self,
        number: int,
        way: Way | None,
        at: datetime | None,
        state: CourseState,
        why: str,
        paused_until: datetime | None = None,
    ) -> Course:
        day = (self._day(at) - self._day(self._told.enquired_at)).days if at else 0
        return Course(
            plan=self._told.plan,
            state=state,
            why=why,
            step=number,
            of=len(self._steps),
            way=way,
            at=at,
            day=day,
            paused_until=paused_until,
        )

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _midnight(self, day: date) -> datetime:
        return at_wall_time(day, time(), self._zone)
