"""Opening hours: what the words mean, and how long a firm was open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leaddesk.rules.hours import OpenTime, holiday, open_between, open_spans
from leaddesk.words.errors import Usage
from leaddesk.words.hours import Hours, Span, read_region, read_week, week_words
from leaddesk.words.settings import HOURS_CLOSED, HOURS_HOLIDAYS, HOURS_WEEK

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = Hours(read_week("Mon-Fri 9:00-17:00"))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Mon-Fri 09:00-17:30; Sat 10:00-13:00", "Mon-Fri 09:00-17:30; Sat 10:00-13:00"),
        ("mon - wed 9:00 - 12:00, 13:00-17:00", "Mon-Wed 09:00-12:00, 13:00-17:00"),
        ("Sat-Mon 08:00-24:00", "Mon 08:00-24:00; Sat-Sun 08:00-24:00"),
        ("Monday 9.30-12.00; Monday 11:00-15:00", "Mon 09:30-15:00"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
        ("", ""),
    ],
)
def test_a_week_is_read_and_written(told: str, kept: str) -> None:
    assert week_words(read_week(told)) == kept
    assert read_week(kept) == read_week(told)


@pytest.mark.parametrize(
    "told",
    ["Mon", "Mon-Fri", "Foo 9:00-17:00", "Mon 9-17", "Mon 17:00-9:00", "Mon 9:00-24:01", "Mon 9:61-10:00"],
)
def test_what_is_no_week_is_told_in_a_sentence(told: str) -> None:
    with pytest.raises(Usage, match=r"hours\.week: '"):
        HOURS_WEEK.parse(told)


def test_days_and_regions_are_checked_when_they_are_set() -> None:
    assert HOURS_CLOSED.parse("2026-12-26, 2026-12-25") == "2026-12-25,2026-12-26"
    assert HOURS_HOLIDAYS.parse("de-be") == "DE-BE"
    assert HOURS_HOLIDAYS.parse("none") == "none"
    for setting, text in ((HOURS_CLOSED, "25.12."), (HOURS_HOLIDAYS, "XX"), (HOURS_HOLIDAYS, "DE-QQ")):
        with pytest.raises(Usage):
            setting.parse(text)


def test_a_holiday_belongs_to_a_region() -> None:
    womens_day = date(2027, 3, 8)  # kept in Berlin, not in Bavaria
    assert holiday(Hours(NINE_TO_FIVE.week, region=read_region("DE-BE")), womens_day)
    assert holiday(Hours(NINE_TO_FIVE.week, region=read_region("DE-BY")), womens_day) is None
    assert holiday(Hours(NINE_TO_FIVE.week, closed=frozenset({womens_day})), womens_day) == "closed"


def test_hours_that_fall_into_a_gap_of_the_clock_are_none() -> None:
    night = Hours(((),) * 6 + ((Span(2 * 60, 3 * 60),),))
    assert list(open_spans(night, date(2026, 3, 29), BERLIN)) == []
    ((start, end),) = open_spans(night, date(2026, 3, 22), BERLIN)
    assert end - start == timedelta(hours=1)


def test_open_time_leaves_nights_and_weekends_out() -> None:
    friday, monday = datetime(2026, 11, 20, 15, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert open_between(NINE_TO_FIVE, friday, monday, BERLIN) == timedelta(hours=2)
    assert open_between(NINE_TO_FIVE, monday, monday, BERLIN) == timedelta(0)


def test_open_time_that_is_asked_again_and_again_says_the_same() -> None:
    hours = Hours(NINE_TO_FIVE.week, closed=frozenset({date(2026, 11, 4)}))
    open_time = OpenTime(hours, BERLIN)
    start = datetime(2026, 11, 2, 15, 30, tzinfo=UTC)  # a Monday, half an hour before the doors shut
    for hours_later in (0.25, 3, 20, 60, 24 * 9):
        end = start + timedelta(hours=hours_later)
        by_the_minute = sum(
            (
                opens <= start + timedelta(minutes=n) < shuts
                for n in range(int(hours_later * 60))
                for opens, shuts in open_spans(hours, (start + timedelta(minutes=n)).date(), BERLIN)
            )
        )
        assert open_time.between(start, end) == timedelta(minutes=by_the_minute)
    assert open_time.between(start, start - timedelta(days=2)) == timedelta(0)
