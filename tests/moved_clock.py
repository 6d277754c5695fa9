"""A clock that a test puts to another day, for several processes at once; it runs on from there."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from leaddesk.doors.clock import Clock

_ZONE = ZoneInfo("Europe/Berlin")


class MovedClock(Clock):
    """The machine's clock and a distance, which stands in a file: whoever reads the file tells the same time.

    Moving it is what a computer sees that was asleep: the wall clock has gone on, the monotonic one has not.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=float(self._file.read_text(encoding="ascii")))

    def zone(self) -> tzinfo:
        return _ZONE

    def put(self, at: datetime) -> None:
        """From this moment on it is `at`, everywhere at once."""
        distance = (at - super().now()).total_seconds()
        new = self._file.with_suffix(".new")
        new.write_text(repr(distance), encoding="ascii")
        os.replace(new, self._file)

    def move(self, **span: float) -> datetime:
        """So much later, at once; returns what it tells now."""
        self.put(self.now() + timedelta(**span))
        return self.now()

    def local(self, text: str) -> datetime:
        """'2026-11-03 09:10' in the desk's zone."""
        return datetime.fromisoformat(text).replace(tzinfo=_ZONE)
