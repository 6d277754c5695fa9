"""The clock and the zone of the desk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leaddesk.doors import clock
from leaddesk.doors.clock import Clock, MachineZone, zone_name
from tests.frozen_clock import FrozenClock

SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine that tells its zone only by the files that the test puts into this folder."""
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCALTIME", tmp_path / "localtime")
    monkeypatch.setattr(clock, "_TIMEZONE", tmp_path / "timezone")
    return tmp_path


@pytest.fixture
def berlin_without_a_name(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


def test_now_is_aware_and_in_utc() -> None:
    assert Clock().now().tzinfo is UTC


def test_monotonic_grows() -> None:
    assert Clock().monotonic() <= Clock().monotonic()


@pytest.mark.parametrize(
    "told",
    [
        "Europe/Berlin",
        ":Europe/Berlin",
        "/usr/share/zoneinfo/Europe/Berlin",
        ":/usr/share/zoneinfo/posix/Europe/Berlin",
    ],
)
def test_the_environment_tells_the_zone_first(
    machine: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    (machine / "timezone").write_text("Asia/Tokyo\n")
    monkeypatch.setenv("TZ", told)
    assert Clock().zone() == ZoneInfo("Europe/Berlin")


def test_the_link_tells_the_zone(machine: Path) -> None:
    (machine / "timezone").write_text("Asia/Tokyo\n")
    (machine / "localtime").symlink_to("../usr/share/zoneinfo/America/Argentina/Buenos_Aires")
    assert zone_name() == "America/Argentina/Buenos_Aires"


def test_the_written_name_tells_the_zone_where_there_is_no_link(machine: Path) -> None:
    (machine / "localtime").write_bytes(b"TZif2")
    (machine / "timezone").write_text("Asia/Tokyo\n")
    assert zone_name() == "Asia/Tokyo"


@pytest.mark.parametrize("nonsense", ["", "Nowhere/Atall", "../../etc/passwd", "/etc/passwd", "\0", "Europe"])
def test_nonsense_is_no_zone(machine: Path, nonsense: str) -> None:
    (machine / "timezone").write_text(nonsense)
    assert zone_name() is None


def test_a_machine_that_tells_no_name_still_has_a_zone(machine: Path) -> None:
    assert isinstance(Clock().zone(), MachineZone)


def test_a_person_who_travels_is_followed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Clock()
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert desk.zone() == ZoneInfo("Europe/Berlin")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert desk.zone() == ZoneInfo("Asia/Tokyo")


@pytest.mark.usefixtures("berlin_without_a_name")
def test_the_machines_zone_knows_summer_time() -> None:
    assert zone_name() is None
    zone = MachineZone()
    assert SUMMER.astimezone(zone).utcoffset() == timedelta(hours=2)
    assert WINTER.astimezone(zone).utcoffset() == timedelta(hours=1)
    assert SUMMER.astimezone(zone).tzname() == "CEST"


@pytest.mark.usefixtures("berlin_without_a_name")
def test_the_machines_zone_agrees_with_the_named_one_through_a_year() -> None:
    """Every hour near the two changes, and every day between."""
    zone, named = MachineZone(), ZoneInfo("Europe/Berlin")
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    for change in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        moments += [change + timedelta(minutes=10 * step) for step in range(-12, 24)]
    for moment in moments:
        ours, theirs = moment.astimezone(zone), moment.astimezone(named)
        assert ours.isoformat() == theirs.isoformat()
        assert ours.astimezone(UTC) == moment


def test_a_frozen_clock_moves_only_when_told() -> None:
    frozen = FrozenClock(SUMMER)
    assert frozen.now() == frozen.now() == SUMMER
    before = frozen.monotonic()
    assert frozen.advance(minutes=5) == SUMMER + timedelta(minutes=5)
    assert frozen.monotonic() - before == 300
    frozen.jump(WINTER)
    assert (frozen.now(), frozen.monotonic() - before) == (WINTER, 300)
