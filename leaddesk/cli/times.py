"""Times and days as they are given on the command line: ISO, or an hour of today."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from leaddesk.doors.clock import Clock
from leaddesk.rules.when import YEARS, at_wall_time
from leaddesk.words.errors import Usage

_HOUR = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")


def moment(text: str, clock: Clock) -> datetime:
    """The moment that `text` means, in UTC; without an offset it is the desk's own time.

    Raises Usage for what is no time.
    """
    given = text.strip()
    zone = clock.zone()
    try:
        if _HOUR.fullmatch(given):
            today = clock.now().astimezone(zone).date()
            hour, minute, second = map(int, f"{given}:0".split(":")[:3])
            return at_wall_time(today, time(hour, minute, second), zone)
        told = datetime.fromisoformat(given)
    except ValueError:
        raise Usage(f"'{given}' is not a time.", "Write it as 10:42 or 2026-12-01T10:42.") from None
    if told.year not in YEARS:
        raise Usage(f"'{given}' is too far away.", f"Name a year from {YEARS[0]} to {YEARS[-1]}.")
    if told.tzinfo is not None:
        return told.astimezone(UTC)
    return at_wall_time(told.date(), told.time(), zone)


def optional_moment(text: str | None, clock: Clock) -> datetime | None:
    """The same for an option that may be absent."""
    return None if text is None else moment(text, clock)


def day(text: str | None) -> date | None:
    """A day as 2026-12-01. Raises Usage for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Usage(f"'{text.strip()}' is not a day.", "Write it as 2026-12-01.") from None
