"""Where the steps of a plan fall: by the clock or the calendar, into open hours, under the cap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from leaddesk.rules.hours import Moments, holiday, open_spans, wall_spans
from leaddesk.rules.when import at_wall_time
from leaddesk.words.cadence import After, Calendar, End, Landing, Plan, Shift, Step
from leaddesk.words.due import Way
from leaddesk.words.hours import Hours, Span

DECENT = Span(9 * 60, 20 * 60)
"""When a telephone may sound, where the lead is."""
_FARTHEST = timedelta(days=400)
_WEEK = timedelta(days=6)
_ONE_DAY = timedelta(days=1)
DECIDES_AFTER = After(7, "d")
"""A plan that asks for a decision and does not say when asks a week after its last step."""


def with_end(plan: Plan) -> tuple[Step, ...]:
    """The plan's steps, and the decision where the plan asks for one."""
    if plan.end is End.DECIDE and plan.steps[-1].way is not Way.DECIDE:
        return (*plan.steps, Step(DECIDES_AFTER, Way.DECIDE))
    return plan.steps


def landings(
    plan: Plan, enquiry_at: datetime, hours: Hours, zone: tzinfo, lead_zone: tzinfo
) -> tuple[Landing, ...]:
    """Where each step falls for an enquiry that came then, if nothing stops the plan.

    Each counts from where the one before landed; what comes after a step without a place has none either.
    """
    landed: list[Landing] = []
    touched: list[date] = []
    base: datetime | None = enquiry_at
    for number, step in enumerate(with_end(plan), 1):
        landing = Landing(number, step.way, None, None, None)
        if base is not None:
            landing = land(step, number, base, touched, plan.cap_per_week, hours, zone, lead_zone)
        landed.append(landing)
        base = landing.at
        if base is not None and step.way.is_touch:
            touched.append(base.astimezone(zone).date())
    return tuple(landed)


def land(
    step: Step,
    number: int,
    base: datetime,
    touched: Sequence[date],
    cap: int,
    hours: Hours,
    zone: tzinfo,
    lead_zone: tzinfo,
) -> Landing:
    """Where one step falls that counts from `base`; `touched` are the local days of the touches so far."""
    planned = later(base, step.after, zone)
    return fit(planned, step.way, number, touched, cap, Calendar(hours, zone), (lead_zone,))


def fit(
    planned: datetime,
    way: Way,
    number: int,
    touched: Sequence[date],
    cap: int,
    calendar: Calendar,
    lead_zones: Sequence[tzinfo],
) -> Landing:
    """The first place at or after `planned` that hours and cap leave to a step of this way.

    Where the lead may be in several zones, a telephone sounds when it is a decent hour in all of them.
    """
    hours, zone = calendar.hours, calendar.zone
    shut_out = False
    for start, end in _open_from(planned, way, hours, zone, lead_zones):
        at = max(start, planned)
        if at >= end:
            continue
        if way.is_touch and not has_room(at.astimezone(zone).date(), touched, cap):
            shut_out = True
            continue
        return Landing(number, way, planned, at, _shift(planned, at, hours, zone, capped=shut_out))
    return Landing(number, way, planned, None, None)


def later(base: datetime, after: After, zone: tzinfo) -> datetime:
    """`base` and that much: days at the same local time (the next that exists, and of two the first)."""
    if after.unit == "d":
        local = base.astimezone(zone)
        return at_wall_time(local.date() + after.number * _ONE_DAY, local.time(), zone)
    return base.astimezone(UTC) + timedelta(minutes=after.number * (60 if after.unit == "h" else 1))


def _open_from(
    planned: datetime, way: Way, hours: Hours, zone: tzinfo, lead_zones: Sequence[tzinfo]
) -> Iterator[Moments]:
    """When such a step may happen, from the planned moment's day on."""
    first = planned.astimezone(zone).date()
    for number in range(_FARTHEST.days + 1):
        for start, end in open_spans(hours, first + number * _ONE_DAY, zone):
            if start - planned > _FARTHEST:
                return
            if way.rings:
                yield from _decent(start, end, lead_zones)
            else:
                yield start, end


def _decent(start: datetime, end: datetime, lead_zones: Sequence[tzinfo]) -> Iterator[Moments]:
    left = [(start, end)]
    for zone in lead_zones:
        left = [each for opens, shuts in left for each in _decent_there(opens, shuts, zone)]
    yield from left


def _decent_there(start: datetime, end: datetime, lead_zone: tzinfo) -> Iterator[Moments]:
    day, last = (moment.astimezone(lead_zone).date() for moment in (start, end))
    while day <= last:
        for opens, shuts in wall_spans((DECENT,), day, lead_zone):
            if max(start, opens) < min(end, shuts):
                yield max(start, opens), min(end, shuts)
        day += _ONE_DAY


def has_room(day: date, touched: Sequence[date], cap: int) -> bool:
    """True where one more touch on `day` keeps every seven days in a row under the cap.

    Touches come in order, so the seven days that end with it are the fullest.
    """
    return sum(day - _WEEK <= each <= day for each in touched) < cap


def _shift(planned: datetime, at: datetime, hours: Hours, zone: tzinfo, *, capped: bool) -> Shift | None:
    """The first of cap, holiday, weekend and hours that lies between plan and landing."""
    if at == planned:
        return None
    if capped:
        return Shift.CAP
    day, last = (moment.astimezone(zone).date() for moment in (planned, at))
    between = [day + n * _ONE_DAY for n in range((last - day).days)]
    if any(holiday(hours, each) for each in between):
        return Shift.HOLIDAY
    if any(not hours.week[each.weekday()] for each in between):
        return Shift.WEEKEND
    return Shift.HOURS
