"""A firm's week edited by hand: an edge moved, a day shut or opened."""

from __future__ import annotations

from leaddesk.words.hours import MIDNIGHT, Span, Week

STEP = 15
"""Minutes that one key or one step of the mouse moves an edge."""
_USUAL = (Span(9 * 60, 17 * 60 + 30),)


def with_edge(week: Week, day: int, place: int, minutes: int, *, is_end: bool) -> Week:
    """The edge of that span at the nearest quarter of an hour, at least one from what it would touch."""
    spans = list(week[day])
    span = spans[place]
    wanted = round(minutes / STEP) * STEP
    if is_end:
        most = spans[place + 1].start - STEP if place + 1 < len(spans) else MIDNIGHT
        spans[place] = Span(span.start, max(span.start + STEP, min(wanted, most)))
    else:
        least = spans[place - 1].end + STEP if place else 0
        spans[place] = Span(min(span.end - STEP, max(wanted, least)), span.end)
    return with_day(week, day, tuple(spans))


def with_day(week: Week, day: int, spans: tuple[Span, ...]) -> Week:
    """The week with other hours on one day."""
    return (*week[:day], spans, *week[day + 1 :])


def switched(week: Week, day: int) -> Week:
    """An open day is shut; a shut one opens as the nearest open day does."""
    if week[day]:
        return with_day(week, day, ())
    others = sorted((each for each in range(7) if week[each]), key=lambda each: (abs(each - day), each))
    return with_day(week, day, week[others[0]] if others else _USUAL)


def day_hours(spans: tuple[Span, ...]) -> str:
    """A day's hours in words.

    >>> day_hours((Span(540, 720), Span(780, 1050))), day_hours(())
    ('9:00 to 12:00, 13:00 to 17:30', 'closed')
    """
    return ", ".join(f"{_clock(span.start)} to {_clock(span.end)}" for span in spans) or "closed"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
