"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from leaddesk.doors.clock import Clock


class FrozenClock(Clock):
    """Same shape as Clock. `advance` lets time pass; `jump` sets only the wall clock, as a person might."""

    def __init__(self, now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC), zone: tzinfo = UTC) -> None:
        self._now = now.astimezone(UTC)
        self._monotonic = 1000.0
        self._zone = zone

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def zone(self) -> tzinfo:
        return self._zone

    def advance(self, span: timedelta | None = None, **parts: float) -> datetime:
        """Time passes: `advance(minutes=5)` or `advance(timedelta(...))`. Gives the new now."""
        passed = (span or timedelta()) + timedelta(**parts)
        self._now += passed
        self._monotonic += passed.total_seconds()
        return self._now

    def jump(self, to: datetime) -> None:
        """The wall clock is set; no time passes."""
        self._now = to.astimezone(UTC)

    def move(self, zone: tzinfo) -> None:
        """The desk is now in another zone."""
        self._zone = zone
