"""The figures, against cases worked out by hand."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.hours import OpenTime
from leaddesk.rules.response import Timed, censored_median, percentile, review, strip
from leaddesk.words.hours import Hours, read_week
from leaddesk.words.lead import Outcome, Standing
from tests.made import at

NOW = at(1000)


def minutes(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(minutes=number)


def answered(after: float, received: float = 0, **more: object) -> Timed:
    given: dict[str, object] = {"lead": 1, "source": "Phone", "outcome": Outcome.OPEN, **more}
    return Timed(
        received_at=at(received),
        first_response_at=at(received + after),
        standing=Standing.ANSWERED,
        **given,  # type: ignore[arg-type]
    )


def open_since(received: float, standing: Standing = Standing.WAITING, **more: object) -> Timed:
    given: dict[str, object] = {"lead": 1, "source": "Phone", "outcome": Outcome.OPEN, **more}
    return Timed(received_at=at(received), first_response_at=None, standing=standing, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "share", "found"),
    [
        ([], 0.5, None),
        ([5], 0.5, 5),
        ([5], 0.9, 5),
        ([1, 2], 0.5, 1),
        ([3, 1, 2], 0.5, 2),
        ([1, 2, 3, 4], 0.5, 2),
        ([1, 2, 3, 4, 5], 0.5, 3),
        (list(range(1, 11)), 0.9, 9),
        (list(range(1, 12)), 0.9, 10),
        ([1, 2, 9, None], 0.5, 2),
        ([1, 2, None, None], 0.5, 2),
        ([1, None, None], 0.5, None),
        ([None], 0.5, None),
        ([None, 7], 0.5, 7),
    ],
)
def test_percentiles_go_by_nearest_rank(times: list[float | None], share: float, found: float | None) -> None:
    assert percentile(map(minutes, times), share) == minutes(found)


@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_the_median_is_one_of_the_times_and_half_are_not_longer(times: list[int]) -> None:
    median = percentile([timedelta(minutes=t) for t in times], 0.5)
    assert median is not None
    assert median in [timedelta(minutes=t) for t in times]
    assert sum(timedelta(minutes=t) <= median for t in times) * 2 >= len(times)


@pytest.mark.parametrize(
    ("enquiries", "found"),
    [
        pytest.param([], None, id="nobody"),
        pytest.param([answered(4)], 4, id="one"),
        # S: 2/3 after 5, 1/3 after 10
        pytest.param([answered(5), answered(10), answered(20)], 10, id="all answered"),
        # S: 3/4 after 5, 1/2 after 10
        pytest.param([answered(5), answered(10), answered(20), answered(30)], 10, id="one half is enough"),
        # 4 at risk at 5: S 3/4; the one waiting since 7 min leaves; 2 at risk at 10: S 3/8
        pytest.param(
            [answered(5), open_since(993), answered(10), answered(30)], 10, id="a short wait leaves early"
        ),
        # 4 at risk at 5: S 3/4; 3 at risk at 10: S 1/2 exactly
        pytest.param(
            [answered(5), answered(10), open_since(0), open_since(0)], 10, id="long waits stay at risk"
        ),
        # S: 2/3 after 5, then the curve never comes down
        pytest.param([answered(5), open_since(0), open_since(0)], None, id="not yet"),
        pytest.param([open_since(0), open_since(3)], None, id="nobody was answered"),
        # at the same time: answers first, then the censored leave. 4 at risk at 10: 2 answered, S 1/2
        pytest.param(
            [answered(10), answered(10), open_since(990), open_since(0)],
            10,
            id="answers count before leaving",
        ),
        # never answered are censored at now too: 3 at risk at 5, S 2/3; 2 at risk at 6, S 1/3
        pytest.param([answered(5), answered(6), open_since(0, Standing.NEVER)], 6, id="never is censored"),
    ],
)
def test_the_censored_median_is_kaplan_meiers(enquiries: list[Timed], found: float | None) -> None:
    assert censored_median(enquiries, NOW) == minutes(found)


def test_a_server_clock_that_runs_ahead_makes_nothing_negative() -> None:
    assert answered(-3).after == timedelta(0)
    assert censored_median([open_since(2000)], NOW) is None


def test_the_strip_counts_everybody() -> None:
    found = strip([answered(4), answered(40), open_since(0), open_since(0, Standing.NEVER)])
    assert (found.enquiries, found.answered, found.waiting, found.never) == (4, 2, 1, 1)
    assert found.median == minutes(40)
    assert (found.within_5min, found.within_1h) == (1, 2)


def test_the_strip_of_nobody_is_zero_and_unknown() -> None:
    found = strip([])
    assert (found.enquiries, found.answered, found.median, found.within_5min) == (0, 0, None, 0)


def test_the_review_holds_its_sums_and_is_cumulative() -> None:
    enquiries = [
        answered(5, lead=1, source="Form", outcome=Outcome.WON),
        answered(30, lead=1, source="Form", outcome=Outcome.WON),
        answered(60, lead=2, source="Phone"),
        answered(24 * 60, lead=3, source="Phone", outcome=Outcome.WON),
        answered(24 * 60 + 1, lead=4, source="Ads"),
        open_since(0, lead=5, source="Form"),
        open_since(0, Standing.NEVER, lead=6, source="Form", outcome=Outcome.LOST),
    ]
    found = review(enquiries, NOW)
    assert found.answered + found.never + found.waiting == found.enquiries == 7
    within = (found.within_5min, found.within_30min, found.within_1h, found.within_24h)
    assert within == (1, 2, 3, 4)
    assert found.median == timedelta(days=1)
    assert found.answered_median == timedelta(hours=1)
    assert found.p90 == timedelta(days=1, minutes=1)
    assert (found.open_hours_median, found.open_hours_p90) == (None, None)
    assert [(s.source, s.enquiries, s.answered, s.won) for s in found.by_source] == [
        ("Form", 4, 2, 1), ("Phone", 2, 2, 1), ("Ads", 1, 1, 0),
    ]  # fmt: skip
    assert sum(s.enquiries for s in found.by_source) == found.enquiries
    assert found.by_source[0].median == timedelta(minutes=30)


def test_the_review_of_nobody_is_zeros_and_unknown() -> None:
    found = review([], NOW)
    assert (found.enquiries, found.within_24h, found.by_source) == (0, 0, ())
    assert (found.median, found.p90, found.censored_median) == (None, None, None)


def test_in_opening_hours_the_night_does_not_count_and_the_waiting_do() -> None:
    open_time = OpenTime(Hours(read_week("Mon-Fri 09:00-17:00")), UTC)
    night = -30.0  # 8:30, before the doors open
    found = review([answered(50, night), answered(24 * 60, 0), open_since(0)], NOW, open_time)
    assert found.open_hours_median == minutes(8 * 60)
    assert found.open_hours_p90 == minutes(8 * 60)
    assert review([answered(50, night)], NOW, open_time).open_hours_median == minutes(20)
    assert review([open_since(0)], NOW, open_time).open_hours_median is None
    assert review([answered(50)], NOW).open_hours_median is None
