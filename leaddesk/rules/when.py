"""Times as people say them: what a snooze's words mean, how long ago, at what time.

Wall times are those of a zone; a time that does not exist there (clocks go forward) is the next that does,
and one that is twice is the first.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from leaddesk.words.states import UNTIL_THEY_REPLY

YEARS = range(1900, 2200)
"""What anybody means; before and after it the calendar's own bounds are near."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MORNING = time(9)
_SPAN = re.compile(r"(?:in )?(\d{1,4}|an?) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)")
_CLOCK = re.compile(r"(?:at )?(\d{1,2})(?:[:.](\d{2}))?")
_HELP = (
    "Say it as '1 hour', 'in 3 days', 'tomorrow 9', 'Monday 9:30', '2026-12-01 14:00' or 'when they reply'."
)
_REPLY = "when they reply"


def snooze_time(words: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment that `words` mean, in UTC. Raises ValueError with a sentence when they mean none.

    A day without a time means 9:00; a weekday means the next one to come. "When they reply" is no day:
    UNTIL_THEY_REPLY.
    """
    text = " ".join(words.lower().replace(",", " ").split())
    if text in (_REPLY, "until they reply", "they reply"):
        return UNTIL_THEY_REPLY
    return _span(text, now, zone) or _day_words(text, now, zone) or _written(words.strip(), zone)


def choices(now: datetime, zone: tzinfo) -> tuple[tuple[str, datetime], ...]:
    """What is offered for a snooze: words, and the moment they mean now."""
    words = ("1 hour", "tomorrow 9:00", "Monday 9:00", "in 1 week", _REPLY)
    return tuple((each, snooze_time(each, now, zone)) for each in words)


def spoken(span: timedelta) -> str:
    """A span in one number, as it is said.

    >>> [spoken(timedelta(seconds=s)) for s in (40, 360, 3 * 3600, 50 * 3600)]
    ['under a minute', '6 min', '3 h', '2 d']
    """
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // 1440} d"


def clock_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment as it is said today: '9:41', 'yesterday 9:41', 'Mon 9:41', '3 Oct', '3 Oct 2025'."""
    if at == UNTIL_THEY_REPLY:
        return _REPLY
    there, here = at.astimezone(zone), now.astimezone(zone)
    clock = f"{there.hour}:{there.minute:02d}"
    days = (there.date() - here.date()).days
    if days == 0:
        return clock
    if days in (-1, 1):
        return f"{'yesterday' if days < 0 else 'tomorrow'} {clock}"
    if abs(days) < 7:
        return f"{there:%a} {clock}"
    return f"{there.day} {there:%b}" if there.year == here.year else f"{there.day} {there:%b %Y}"


def span_words(start: datetime, end: datetime, zone: tzinfo) -> str:
    """From when to when, without a view to today: 'Fri 18:02 to Mon 8:31', '3 Oct 18:02 to 14 Oct 8:31'."""
    is_short = end - start < timedelta(days=6)
    return " to ".join(_day_and_clock(at.astimezone(zone), is_short=is_short) for at in (start, end))


def _day_and_clock(there: datetime, *, is_short: bool) -> str:
    day = f"{there:%a}" if is_short else f"{there.day} {there:%b}"
    return f"{day} {there.hour}:{there.minute:02d}"


def at_wall_time(day: date, clock: time, zone: tzinfo) -> datetime:
    """That wall time in UTC; in a gap the first moment after it, when twice the first."""
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, clock):
        return moment
    before, after = (datetime.combine(day, clock, zone).replace(fold=fold).utcoffset() for fold in (0, 1))
    gap = abs((after or timedelta(0)) - (before or timedelta(0)))
    return _first_after_gap(moment - gap, moment + gap, zone)


def _first_after_gap(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """The moment between the two at which the zone's offset changes."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _span(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Minutes and hours go by the clock, days by the calendar at the same local time."""
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    number = 1 if found[1].startswith("a") else int(found[1])
    unit = found[2][0]
    if unit in "mh":
        return now + timedelta(minutes=number * (60 if unit == "h" else 1))
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=number * (7 if unit == "w" else 1))
    return at_wall_time(day, local.time(), zone)


def _day_words(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    first, _, rest = text.partition(" ")
    day = _named_day(first, now.astimezone(zone).date())
    if day is None:
        return None
    clock = _clock(rest)
    return at_wall_time(day, clock, zone) if clock is not None else None


def _named_day(word: str, today: date) -> date | None:
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    number = next((n for n, name in enumerate(_DAYS) if len(word) >= 3 and name.startswith(word)), None)
    return None if number is None else today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _clock(text: str) -> time | None:
    if not text:
        return _MORNING
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def _written(text: str, zone: tzinfo) -> datetime:
    """A date, or an ISO time with or without its offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is no time that I understand. {_HELP}") from None
    if moment.year not in YEARS:
        raise ValueError(f"'{text}' is too far away. {_HELP}")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    clock = _MORNING if len(text) <= len("2026-12-01") else moment.time()
    return at_wall_time(moment.date(), clock, zone)
