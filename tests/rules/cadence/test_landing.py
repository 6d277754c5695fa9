"""Where the steps of a plan fall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.rules.cadence.landing import landings
from leaddesk.rules.hours import open_spans
from leaddesk.words.cadence import After, End, Landing, Plan, Shift, Step
from leaddesk.words.due import Way
from leaddesk.words.hours import Hours, read_region, read_week

LONDON, BERLIN, NEW_YORK = (
    ZoneInfo(f"{name}") for name in ("Europe/London", "Europe/Berlin", "America/New_York")
)
WEEK = Hours(read_week("Mon-Fri 09:00-17:30; Sat 10:00-13:00"))
ALWAYS = Hours(read_week("Mon-Sun 00:00-24:00"))

_BEGIN = datetime(2026, 1, 1, tzinfo=BERLIN)


def plan(*steps: tuple[str, str], cap: int = 4, end: End = End.NO_RESPONSE) -> Plan:
    made = tuple(Step(After(int(after[:-1]), after[-1]), Way(way)) for after, way in steps)
    return Plan(name="A plan", about="", end=end, cap_per_week=cap, steps=made)


def fall(
    made: Plan, at: str, hours: Hours = WEEK, zone: ZoneInfo = LONDON, lead_zone: ZoneInfo | None = None
) -> list[tuple[str | None, str | None]]:
    enquiry_at = datetime.fromisoformat(at).replace(tzinfo=zone)
    return [told(each, zone) for each in landings(made, enquiry_at, hours, zone, lead_zone or zone)]


def told(landing: Landing, zone: ZoneInfo) -> tuple[str | None, str | None]:
    at = f"{landing.at.astimezone(zone):%Y-%m-%d %H:%M}" if landing.at else None
    return at, landing.shifted_by and landing.shifted_by.value


@pytest.mark.parametrize(
    ("enquiry", "after", "way", "at", "shift"),
    [
        ("2026-11-24T10:00", "30m", "email", "2026-11-24 10:30", None),
        ("2026-11-24T17:10", "30m", "email", "2026-11-25 09:00", "hours"),  # the end is exclusive
        ("2026-11-24T17:00", "30m", "email", "2026-11-25 09:00", "hours"),
        ("2026-11-24T03:00", "1d", "email", "2026-11-25 09:00", "hours"),
        ("2026-11-27T18:00", "1d", "email", "2026-11-30 09:00", "weekend"),  # Saturday 18:00, Sunday has none
        ("2026-11-27T11:00", "1d", "email", "2026-11-28 11:00", None),
        ("2026-11-27T11:00", "2d", "email", "2026-11-30 09:00", "weekend"),
        ("2026-12-24T11:00", "1d", "email", "2026-12-29 09:00", "holiday"),  # Boxing Day is kept on Monday
    ],
)
def test_a_step_falls_into_the_first_open_minute(
    enquiry: str, after: str, way: str, at: str, shift: str | None
) -> None:
    hours = Hours(WEEK.week, region=read_region("GB-ENG"))
    assert fall(plan((after, way)), enquiry, hours) == [(at, shift)]


def test_closed_days_count_as_holidays() -> None:
    hours = Hours(WEEK.week, closed=frozenset({date(2026, 11, 25)}))
    assert fall(plan(("1d", "email")), "2026-11-24T10:00", hours) == [("2026-11-26 09:00", "holiday")]


def test_each_step_counts_from_where_the_one_before_landed() -> None:
    made = plan(("1d", "email"), ("2h", "email"), ("3d", "email"))
    assert [at for at, _ in fall(made, "2026-11-28T12:00")] == [
        "2026-11-30 09:00", "2026-11-30 11:00", "2026-12-03 11:00",
    ]  # fmt: skip


def test_days_go_by_the_calendar_and_hours_by_the_clock_over_a_change_of_time() -> None:
    by_day = fall(plan(("1d", "email")), "2026-03-28T10:00", ALWAYS, BERLIN)
    by_hour = fall(plan(("24h", "email")), "2026-03-28T10:00", ALWAYS, BERLIN)
    assert (by_day, by_hour) == ([("2026-03-29 10:00", None)], [("2026-03-29 11:00", None)])


def test_a_time_in_the_gap_is_the_next_and_one_that_is_twice_is_the_first() -> None:
    assert fall(plan(("1d", "email")), "2026-03-28T02:30", ALWAYS, BERLIN) == [("2026-03-29 03:00", None)]
    (landing,) = landings(
        plan(("1d", "email")), datetime(2026, 10, 24, 2, 30, tzinfo=BERLIN), ALWAYS, BERLIN, BERLIN
    )
    assert landing.at is not None
    assert landing.at.isoformat() == "2026-10-25T00:30:00+00:00"


@pytest.mark.parametrize("way", ["call", "text", "whatsapp"])
def test_a_telephone_sounds_only_at_a_decent_hour_where_the_lead_is(way: str) -> None:
    made = plan(("30m", way))
    assert fall(made, "2026-11-24T09:00", lead_zone=NEW_YORK) == [("2026-11-24 14:00", "hours")]
    assert fall(plan(("30m", "email")), "2026-11-24T09:00", lead_zone=NEW_YORK) == [
        ("2026-11-24 09:30", None)
    ]
    assert fall(made, "2026-11-24T21:00", ALWAYS) == [("2026-11-25 09:00", "hours")]


def test_the_cap_counts_any_seven_days_in_a_row_and_no_tasks() -> None:
    made = plan(("1h", "email"), ("1h", "task"), ("1h", "call"), ("1d", "text"), cap=2)
    assert fall(made, "2026-11-23T09:00") == [
        ("2026-11-23 10:00", None), ("2026-11-23 11:00", None), ("2026-11-23 12:00", None),
        ("2026-11-30 09:00", "cap"),
    ]  # fmt: skip


def test_the_cap_lands_on_the_first_open_day_with_room() -> None:
    made = plan(("1h", "email"), ("1h", "email"), cap=1)
    assert fall(made, "2026-11-21T10:00", WEEK)[1] == ("2026-11-28 10:00", "cap")


def test_a_firm_that_never_opens_has_no_place_for_a_step_nor_for_those_behind() -> None:
    assert fall(plan(("1d", "email"), ("1d", "call")), "2026-11-24T10:00", Hours(read_week(""))) == [
        (None, None), (None, None),
    ]  # fmt: skip


def test_a_decision_comes_last_and_counts_as_no_touch() -> None:
    made = plan(("1d", "email"), ("2d", "decide"), cap=1, end=End.DECIDE)
    assert fall(made, "2026-11-24T10:00")[-1] == ("2026-11-27 10:00", None)
    asked = plan(("1d", "email"), end=End.DECIDE)
    assert fall(asked, "2026-11-24T10:00") == [("2026-11-25 10:00", None), ("2026-12-02 10:00", None)]


STEPS = st.lists(
    st.tuples(st.integers(1, 90), st.sampled_from("mhd"), st.sampled_from(list(Way)[:5])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(STEPS, st.integers(1, 4), st.timedeltas(timedelta(0), timedelta(days=730)))
def test_every_step_lands_in_open_hours_in_order_and_under_the_cap(
    steps: list[tuple[int, str, Way]], cap: int, later: timedelta
) -> None:
    made = Plan(
        name="x", about="", end=End.NO_RESPONSE, cap_per_week=cap,
        steps=tuple(Step(After(number, unit), way) for number, unit, way in steps),
    )  # fmt: skip
    found = landings(made, _BEGIN + later, WEEK, BERLIN, NEW_YORK)
    moments = [each.at for each in found if each.at is not None]
    assert len(moments) == len(steps)
    assert moments == sorted(moments)
    for landing, moment in zip(found, moments, strict=True):
        day = moment.astimezone(BERLIN).date()
        assert any(start <= moment < end for start, end in open_spans(WEEK, day, BERLIN))
        assert (landing.shifted_by is None) == (moment == landing.planned)
        assert landing.shifted_by is not Shift.CAP or landing.way.is_touch
        if landing.way.rings:
            assert 9 <= moment.astimezone(NEW_YORK).hour < 20
    touched = [
        m.astimezone(BERLIN).date() for m, each in zip(moments, found, strict=True) if each.way.is_touch
    ]
    for first in touched:
        assert sum(first <= each < first + timedelta(days=7) for each in touched) <= cap
