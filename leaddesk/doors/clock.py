"""The machine's clock and time zone: the only place that asks for them."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

_LOCALTIME = Path("/etc/localtime")
_TIMEZONE = Path("/etc/timezone")


class Clock:
    """Tells the time. Tests give a FrozenClock instead."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place

    def monotonic(self) -> float:
        """Seconds that never run backwards, for time-outs and spans."""
        return time.monotonic()

    def zone(self) -> tzinfo:
        """The desk's time zone as it is set now: a person may travel while we run."""
        name = zone_name()
        return _named(name) or MachineZone()


def zone_name() -> str | None:
    """The IANA name of this machine's zone ("Europe/Berlin"), or None where it does not tell one.

    Windows tells none, nor does TZ in its POSIX form ("CET-1CEST,M3.5.0,M10.5.0").
    """
    told = os.environ.get("TZ")
    if told is not None:
        return _name_in(told.removeprefix(":"))
    return _linked_name() or _written_name()


class MachineZone(tzinfo):
    """The zone as the machine's C library knows it, for machines that tell no name.

    Right on both sides of a change to summer time, which a fixed offset is not.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Not known apart from the offset."""
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, dt: datetime) -> datetime:
        local = dt.replace(tzinfo=UTC).astimezone()
        first = local.replace(tzinfo=self)
        return first if first.utcoffset() == local.utcoffset() else first.replace(fold=1)

    def __repr__(self) -> str:
        return "MachineZone()"


def _named(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a LookupError
        return None


def _name_in(text: str) -> str | None:
    """The zone's name in a name or in a path of the zone database, when we know that zone."""
    name = text.partition("zoneinfo/")[2] or text
    for prefix in ("posix/", "right/"):
        name = name.removeprefix(prefix)
    return name if _named(name) else None


def _linked_name() -> str | None:
    try:
        return _name_in(os.readlink(_LOCALTIME).replace("\\", "/"))
    except OSError:
        return None


def _written_name() -> str | None:
    try:
        return _name_in(_TIMEZONE.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
