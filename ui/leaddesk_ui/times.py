"""Times and spans as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

_SECONDS_SHOWN = timedelta(minutes=10)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def timer(waited: timedelta) -> tuple[str, str]:
    """Number and unit of a running timer: seconds under ten minutes, minutes after.

    >>> timer(timedelta(seconds=134)), timer(timedelta(minutes=18)), timer(timedelta(hours=30))
    (('2:14', ''), ('18', 'min'), ('1', 'd'))
    """
    seconds = int(waited.total_seconds())
    if waited < _SECONDS_SHOWN:
        return f"{seconds // 60}:{seconds % 60:02}", ""
    if waited < _HOUR:
        return str(seconds // 60), "min"
    if waited < _DAY:
        return str(seconds // 3600), "h"
    return str(waited.days), "d"


def waited_words(waited: timedelta) -> str:
    """A running time in a sentence.

    >>> waited_words(timedelta(seconds=134)), waited_words(timedelta(hours=5))
    ('2:14 min', '5 h')
    """
    number, unit = timer(waited)
    return f"{number} {unit or 'min'}"


def span(length: timedelta) -> str:
    """How long something took.

    >>> span(timedelta(seconds=41)), span(timedelta(minutes=80)), span(timedelta(days=2, hours=3))
    ('41 s', '1 h 20 min', '2 d 3 h')
    """
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    minutes, hours, days = seconds // 60 % 60, seconds // 3600 % 24, seconds // 86400
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def at_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """When something was, as short as it can be told: 9:41, yesterday 9:41, Mon 9:41, 2 June, 2 June 2025."""
    there, here = at.astimezone(zone), now.astimezone(zone)
    days = (here.date() - there.date()).days
    if days == 0:
        return hour(at, zone)
    if days == 1:
        return f"yesterday {hour(at, zone)}"
    if 1 < days < 7 or -7 < days < 0:
        return f"{there:%a} {hour(at, zone)}"
    day = f"{there.day} {there:%B}"
    return day if there.year == here.year else f"{day} {there.year}"


def hour(at: datetime, zone: tzinfo) -> str:
    """The time of day: 9:41."""
    there = at.astimezone(zone)
    return f"{there.hour}:{there.minute:02}"


def size_words(size: int) -> str:
    """A file's size.

    >>> size_words(700), size_words(1_800_000)
    ('1 kB', '1.8 MB')
    """
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
