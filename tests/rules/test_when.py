"""Times as people say them, on both sides of a change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.when import at_wall_time, choices, clock_words, snooze_time, spoken
from leaddesk.words.states import UNTIL_THEY_REPLY

BERLIN = ZoneInfo("Europe/Berlin")
LONDON = ZoneInfo("Europe/London")
TOKYO = ZoneInfo("Asia/Tokyo")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
"""Its clocks move by half an hour."""
TUESDAY = datetime(2026, 11, 24, 14, 30, 15, tzinfo=BERLIN)


def said(words: str, now: datetime = TUESDAY, zone: ZoneInfo = BERLIN) -> str:
    return snooze_time(words, now.astimezone(UTC), zone).astimezone(zone).isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("1 hour", "2026-11-24 15:30+01:00"),
        ("an hour", "2026-11-24 15:30+01:00"),
        ("30 min", "2026-11-24 15:00+01:00"),
        ("2h", "2026-11-24 16:30+01:00"),
        ("in 3 days", "2026-11-27 14:30+01:00"),
        ("in 1 week", "2026-12-01 14:30+01:00"),
        ("tomorrow", "2026-11-25 09:00+01:00"),
        ("tomorrow 9", "2026-11-25 09:00+01:00"),
        ("Tomorrow at 17:45", "2026-11-25 17:45+01:00"),
        ("today 18", "2026-11-24 18:00+01:00"),
        ("Monday 9", "2026-11-30 09:00+01:00"),
        ("monday", "2026-11-30 09:00+01:00"),
        ("Fri 8.30", "2026-11-27 08:30+01:00"),
        ("Tuesday 9", "2026-12-01 09:00+01:00"),
        ("2026-12-01", "2026-12-01 09:00+01:00"),
        ("2026-12-01 14:30", "2026-12-01 14:30+01:00"),
        ("2026-12-01T14:30", "2026-12-01 14:30+01:00"),
        ("2026-12-01T14:30+00:00", "2026-12-01 15:30+01:00"),
        ("2026-12-01T14:30Z", "2026-12-01 15:30+01:00"),
        ("  TOMORROW,   9  ", "2026-11-25 09:00+01:00"),
    ],
)
def test_words_mean_a_moment(words: str, meant: str) -> None:
    assert said(words) == meant


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "tomorrow 25",
        "Monday 9:70",
        "next year",
        "in days",
        "99999 days",
        "2026-13-01",
        "9",
        "mo 9",
    ],
)
def test_what_means_no_moment_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(ValueError, match="is no time that I understand"):
        snooze_time(words, TUESDAY, BERLIN)


def test_a_moment_is_given_in_utc() -> None:
    assert snooze_time("tomorrow 9", TUESDAY, BERLIN) == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert snooze_time("1 hour", TUESDAY, BERLIN) == TUESDAY + timedelta(hours=1)


def test_hours_go_by_the_clock_and_days_by_the_calendar_over_a_change() -> None:
    saturday = datetime(2026, 10, 24, 20, 0, tzinfo=BERLIN)
    assert said("12 hours", saturday) == "2026-10-25 07:00+01:00"
    assert said("in 1 day", saturday) == "2026-10-25 20:00+01:00"
    assert said("tomorrow 9", saturday) == "2026-10-25 09:00+01:00"


def test_a_time_that_does_not_exist_is_the_next_that_does() -> None:
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    assert said("tomorrow 2:30", saturday) == "2026-03-29 03:00+02:00"
    london = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON)
    assert said("tomorrow 1:15", london, LONDON) == "2026-03-29 02:00+01:00"


def test_a_gap_of_half_an_hour_is_a_gap_too() -> None:
    before = datetime(2026, 10, 3, 12, 0, tzinfo=LORD_HOWE)
    assert said("tomorrow 2:15", before, LORD_HOWE) == "2026-10-04 02:30+11:00"


def test_a_time_that_is_twice_is_the_first() -> None:
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    assert said("tomorrow 2:30", saturday) == "2026-10-25 02:30+02:00"


def test_a_day_that_a_zone_left_out_is_the_next() -> None:
    apia = ZoneInfo("Pacific/Apia")  # 30 December 2011 was not there at all
    moment = at_wall_time(date(2011, 12, 30), time(9), apia)
    assert moment.astimezone(apia).isoformat() == "2011-12-31T00:00:00+14:00"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.times(), st.sampled_from((BERLIN, LORD_HOWE, TOKYO)))
def test_a_wall_time_that_exists_is_kept(day: date, clock: time, zone: ZoneInfo) -> None:
    wanted = datetime.combine(day, clock)
    there = at_wall_time(day, clock, zone).astimezone(zone).replace(tzinfo=None)
    assert timedelta(0) <= there - wanted <= timedelta(hours=1)


def test_the_choices_are_all_in_the_future_and_growing_as_said() -> None:
    offered = dict(choices(TUESDAY, BERLIN))
    assert offered["1 hour"] == TUESDAY + timedelta(hours=1)
    assert offered["tomorrow 9:00"].astimezone(BERLIN).isoformat() == "2026-11-25T09:00:00+01:00"
    assert offered["Monday 9:00"].astimezone(BERLIN).isoformat() == "2026-11-30T09:00:00+01:00"
    assert all(moment > TUESDAY for moment in offered.values())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under a minute"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (47 * 3600 + 3599, "47 h"),
        (48 * 3600, "2 d"),
        (9 * 86_400, "9 d"),
    ],
)
def test_a_span_is_said_in_one_number(seconds: int, words: str) -> None:
    assert spoken(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 24, 9, 41, tzinfo=BERLIN), "9:41"),
        (datetime(2026, 11, 23, 9, 5, tzinfo=BERLIN), "yesterday 9:05"),
        (datetime(2026, 11, 25, 9, 0, tzinfo=BERLIN), "tomorrow 9:00"),
        (datetime(2026, 11, 20, 18, 2, tzinfo=BERLIN), "Fri 18:02"),
        (datetime(2026, 11, 30, 8, 31, tzinfo=BERLIN), "Mon 8:31"),
        (datetime(2026, 10, 3, 9, 41, tzinfo=BERLIN), "3 Oct"),
        (datetime(2025, 10, 3, 9, 41, tzinfo=BERLIN), "3 Oct 2025"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "0:30"),
    ],
)
def test_a_moment_is_said_as_today(at: datetime, words: str) -> None:
    assert clock_words(at, TUESDAY, BERLIN) == words


def test_when_they_reply_is_no_day() -> None:
    assert snooze_time("When they reply", TUESDAY, BERLIN) == UNTIL_THEY_REPLY
    assert clock_words(UNTIL_THEY_REPLY, TUESDAY, BERLIN) == "when they reply"
    assert choices(TUESDAY, BERLIN)[-1] == ("when they reply", UNTIL_THEY_REPLY)
