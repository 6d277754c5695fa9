"""Times of day as a person types them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo

_VERB = re.compile(r"^(?:rang|called|phoned|came(?: by)?|wrote|was here|it was)\s+", re.IGNORECASE)
_CLOCK = re.compile(r"^(yesterday\s+)?(?:at\s+|@\s*)?(\d{1,2})[:.h](\d{2})\s*(am|pm)?$", re.IGNORECASE)
_AGO = re.compile(
    r"^(\d{1,3}|an?)\s*(m|min|mins|minutes?|h|hrs?|hours?)\s+ago$|^(just now|now)$", re.IGNORECASE
)


def time_of_day(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The last time it was this o'clock: today, or yesterday where today's is still to come.

    Also "20 min ago", "now" and "yesterday 16:00", and with "rang" or "came by" before it. None where the
    text is no time.

    >>> from datetime import UTC
    >>> now = datetime(2026, 6, 8, 9, 43, tzinfo=UTC)
    >>> str(time_of_day("at 9:05", now, UTC)), str(time_of_day("rang at 10:42", now, UTC))
    ('2026-06-08 09:05:00+00:00', '2026-06-07 10:42:00+00:00')
    >>> str(time_of_day("20 min ago", now, UTC)), str(time_of_day("yesterday 8:00", now, UTC))
    ('2026-06-08 09:23:00+00:00', '2026-06-07 08:00:00+00:00')
    """
    words = _VERB.sub("", text.strip())
    found = _CLOCK.match(words)
    if found is None:
        return _ago(words, now)
    hours, minutes = int(found[2]), int(found[3])
    if found[4] and 1 <= hours <= 12:
        hours = hours % 12 + (12 if found[4].lower() == "pm" else 0)
    if hours > 23 or minutes > 59:
        return None
    here = now.astimezone(zone)
    then = datetime.combine(here.date(), time(hours, minutes), zone)
    if then <= here and not found[1]:
        return then
    return datetime.combine(here.date() - timedelta(days=1), then.timetz())


def _ago(words: str, now: datetime) -> datetime | None:
    found = _AGO.match(words)
    if found is None:
        return None
    if found[3]:
        return now
    number = 1 if found[1].lower().startswith("a") else int(found[1])
    return now - timedelta(minutes=number * (60 if found[2].lower().startswith("h") else 1))
