"""By when a person answers: the target in open hours, told only where the firm shuts before it is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leaddesk.rules.holding.promise import is_open, promise
from leaddesk.words.hours import Hours, read_week

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = Hours(read_week("Mon-Fri 9:00-17:30"), closed=frozenset({date(2026, 11, 27)}))
HALF_AN_HOUR = timedelta(minutes=30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("came", "by"),
    [
        ("2026-11-24 22:15", "2026-11-25 09:30"),  # in the evening
        ("2026-11-25 06:00", "2026-11-25 09:30"),  # before they open
        ("2026-11-24 17:18", "2026-11-25 09:20"),  # twelve minutes are left; what remains is rounded up
        ("2026-11-26 18:00", "2026-11-30 09:30"),  # closed on Friday, then the weekend
    ],
)
def test_what_comes_out_of_hours_is_answered_by(came: str, by: str) -> None:
    assert promise(WEEK, HALF_AN_HOUR, at(came), BERLIN) == at(by)


def test_while_they_are_open_no_hour_is_named() -> None:
    assert promise(WEEK, HALF_AN_HOUR, at("2026-11-24 11:00"), BERLIN) is None
    assert promise(WEEK, HALF_AN_HOUR, at("2026-11-24 17:00"), BERLIN) is None


def test_a_long_target_goes_over_several_days() -> None:
    assert promise(WEEK, timedelta(hours=10), at("2026-11-24 09:00"), BERLIN) == at("2026-11-25 10:30")


def test_who_never_opens_promises_nothing() -> None:
    assert promise(Hours(read_week("")), HALF_AN_HOUR, at("2026-11-24 11:00"), BERLIN) is None


def test_the_hour_is_that_of_the_wall_where_the_clocks_change() -> None:
    every_day = Hours(read_week("Mon-Sun 9:00-17:00"))
    assert promise(every_day, HALF_AN_HOUR, at("2026-10-24 20:00"), BERLIN) == at("2026-10-25 09:30")


@pytest.mark.parametrize(
    ("when", "are_they"),
    [
        ("2026-11-24 08:59", False), ("2026-11-24 09:00", True), ("2026-11-24 17:29", True),
        ("2026-11-24 17:30", False), ("2026-11-27 11:00", False), ("2026-11-28 11:00", False),
    ],
)  # fmt: skip
def test_they_are_open_from_the_first_minute_to_the_last(when: str, are_they: bool) -> None:
    assert is_open(WEEK, at(when), BERLIN) is are_they
