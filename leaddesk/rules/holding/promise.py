"""By when a person answers: the owner's target, counted in open hours."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from leaddesk.rules.hours import open_spans
from leaddesk.words.hours import Hours

_FARTHEST = 60
"""Days; a firm that does not open until then promises nothing."""
_STEP = timedelta(minutes=5)


def promise(hours: Hours, target: timedelta, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment by which the target is over, in whole five minutes, when the firm shuts before that.

    None while it stays open for that long (nobody needs an hour then), and where it does not open again
    within 60 days.
    """
    left, today = target, now.astimezone(zone).date()
    for number in range(_FARTHEST):
        for opens, shuts in open_spans(hours, today + timedelta(days=number), zone):
            start = max(opens, now)
            if start >= shuts:
                continue
            if start + left <= shuts:
                by = start + left
                return None if by <= now + target else _rounded(by)
            left -= shuts - start
    return None


def is_open(hours: Hours, at: datetime, zone: tzinfo) -> bool:
    """The firm is open at that moment."""
    day = at.astimezone(zone).date()
    return any(opens <= at < shuts for opens, shuts in open_spans(hours, day, zone))


def _rounded(at: datetime) -> datetime:
    over = (at - at.min.replace(tzinfo=at.tzinfo)) % _STEP
    return at + (_STEP - over if over else over)
