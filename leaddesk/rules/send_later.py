"""When an answer may go out later: what is offered, and what a person's words mean."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from leaddesk.rules.when import clock_words, snooze_time
from leaddesk.words.writing import SendTime

_OFFERED = ("1 hour", "today 16:00", "tomorrow 9:00", "Monday 9:00")
_LABELS = {"1 hour": "in 1 hour"}
_SOON = timedelta(minutes=90)


def send_times(now: datetime, zone: tzinfo) -> tuple[SendTime, ...]:
    """What is offered, soonest first: words with the clock, each once, and none that is over."""
    found: list[SendTime] = []
    for words in _OFFERED:
        at = snooze_time(words, now, zone)
        is_new = all(each.at != at for each in found)
        if at > now and is_new and (words == "1 hour" or at - now > _SOON):
            found.append(SendTime(_label(words, at, now, zone), at))
    return tuple(sorted(found, key=lambda each: each.at))


def later_time(words: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment that a person's words mean, as for a snooze. Raises ValueError with a sentence.

    >>> from datetime import UTC
    >>> later_time("fri 8:30", datetime(2026, 6, 8, 9, 43, tzinfo=UTC), UTC).isoformat()
    '2026-06-12T08:30:00+00:00'
    """
    at = snooze_time(words, now, zone)
    if at <= now:
        raise ValueError(f"{clock_words(at, now, zone)} is over. Name a time to come.")
    return at


def _label(words: str, at: datetime, now: datetime, zone: tzinfo) -> str:
    """'in 1 hour, 10:48', 'today, 16:00', 'tomorrow, 9:00'."""
    there = at.astimezone(zone)
    return f"{_LABELS.get(words) or words.partition(' ')[0]}, {there.hour}:{there.minute:02d}"
