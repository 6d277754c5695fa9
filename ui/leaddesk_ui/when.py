"""Times of day as a person types them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo

_CLOCK = re.compile(r"^(?:at|@)?\s*(\d{1,2})[:.h](\d{2})\s*(am|pm)?$", re.IGNORECASE)


def time_of_day(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The last time it was this o'clock: today, or yesterday where today's is still to come.

    None where the text is no time.

    >>> from datetime import UTC
    >>> now = datetime(2026, 6, 8, 9, 43, tzinfo=UTC)
    >>> str(time_of_day("at 9:05", now, UTC)), str(time_of_day("10:42", now, UTC))
    ('2026-06-08 09:05:00+00:00', '2026-06-07 10:42:00+00:00')
    """
    found = _CLOCK.match(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2])
    if found[3] and 1 <= hours <= 12:
        hours = hours % 12 + (12 if found[3].lower() == "pm" else 0)
    if hours > 23 or minutes > 59:
        return None
    here = now.astimezone(zone)
    then = datetime.combine(here.date(), time(hours, minutes), zone)
    return then if then <= here else datetime.combine(here.date() - timedelta(days=1), then.timetz())
