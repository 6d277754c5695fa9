"""When a firm is open: asked for a moment, a day, or the time between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from leaddesk.rules.when import at_wall_time
from leaddesk.words.hours import MIDNIGHT, Hours, Span, calendar

Moments = tuple[datetime, datetime]
"""From when, inclusive, until when, exclusive; in UTC."""
_DAY = timedelta(days=1)


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
    return OpenTime(hours, zone).between(start, end)


class OpenTime:
    """How long a firm was open between two moments, for many of them: each day is laid out once."""

    def __init__(self, hours: Hours, zone: tzinfo) -> None:
        self._hours, self._zone = hours, zone
        self._days: dict[date, tuple[tuple[Moments, ...], timedelta]] = {}

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Zero where `end` comes before `start`."""
        total = timedelta(0)
        first, last = start.astimezone(self._zone).date(), end.astimezone(self._zone).date()
        day = first
        while day <= last:
            spans, whole = self._day(day)
            if first < day < last:
                total += whole
            else:
                for opens, shuts in spans:
                    total += max(timedelta(0), min(shuts, end) - max(opens, start))
            day += _DAY
        return total

    def _day(self, day: date) -> tuple[tuple[Moments, ...], timedelta]:
        if day not in self._days:
            spans = tuple(open_spans(self._hours, day, self._zone))
            self._days[day] = spans, sum((shuts - opens for opens, shuts in spans), timedelta(0))
        return self._days[day]
