"""When a firm is open: asked for a moment, a day, or the time between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from leaddesk.rules.when import at_wall_time
from leaddesk.words.hours import MIDNIGHT, Hours, Span, calendar

Moments = tuple[datetime, datetime]
"""From when, inclusive, until when, exclusive; in UTC."""


def holiday(hours: Hours, day: date) -> str | None:
    """Why the firm is shut on a day on which it would be open: the holiday's name, or "closed"."""
    if day in hours.closed:
        return "closed"
    return calendar(hours.region).get(day) if hours.region else None


def open_spans(hours: Hours, day: date, zone: tzinfo) -> Iterator[Moments]:
    """When the firm is open on a day."""
    if holiday(hours, day) is None:
        yield from wall_spans(hours.week[day.weekday()], day, zone)


def wall_spans(spans: tuple[Span, ...], day: date, zone: tzinfo) -> Iterator[Moments]:
    """Spans of the wall clock as moments; one that lies in a gap of the clock is none."""
    for span in spans:
        start, end = (_moment(minutes, day, zone) for minutes in (span.start, span.end))
        if start < end:
            yield start, end


def _moment(minutes: int, day: date, zone: tzinfo) -> datetime:
    past = minutes // MIDNIGHT
    return at_wall_time(day + timedelta(days=past), time(minutes // 60 % 24, minutes % 60), zone)


def open_between(hours: Hours, start: datetime, end: datetime, zone: tzinfo) -> timedelta:
    """How long the firm was open between two moments."""
    total = timedelta(0)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        for opens, shuts in open_spans(hours, day, zone):
            total += max(timedelta(0), min(shuts, end) - max(opens, start))
        day += timedelta(days=1)
    return total
