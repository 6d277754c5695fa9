"""How far the computer's clock is from a server's, and when that matters (FAULTS S18)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

TOLERANCE = timedelta(minutes=2)
"""A Date header that is off by less bothers nobody."""
_DATED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun), )?\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) "
    r"\d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|gmt|utc?)",
    re.IGNORECASE,
)


def told_time(greeting: str) -> datetime | None:
    """The time in a server's greeting, where it tells one with its zone.

    >>> told_time("220 mx.example ESMTP Sendmail; Mon, 2 Mar 2026 08:10:00 +0100").isoformat()
    '2026-03-02T08:10:00+01:00'
    """
    found = _DATED.search(greeting)
    if found is None:
        return None
    try:
        told = parsedate_to_datetime(found[0])
    except ValueError:
        return None
    return told if told.tzinfo is not None else None


def offset_between(told: datetime, before: datetime, after: datetime) -> timedelta:
    """How far the server is ahead of us: it told its time somewhen between two moments of ours."""
    return told - before if told < before else max(told - after, timedelta())


def is_off(offset: timedelta) -> bool:
    """Whether the Date header of a mail would be wrong by more than anybody overlooks."""
    return abs(offset) >= TOLERANCE


def offset_words(offset: timedelta) -> str:
    """What is wrong with our clock.

    >>> offset_words(timedelta(minutes=7)), offset_words(timedelta(hours=-3))
    ('7 minutes behind', '3 hours ahead')
    """
    seconds = abs(offset).total_seconds()
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size or unit == "minute":
            number = round(seconds / size)
            break
    return f"{number} {unit}{'s' * (number != 1)} {'behind' if offset > timedelta() else 'ahead'}"
