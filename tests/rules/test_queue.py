"""Who is next: the order, the guard for the longest wait, and the reason for each place."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.queue import GUARD_EVERY, Candidate, Placed, rank, worth
from leaddesk.words.lead import What
from tests.made import at

NOW = at(0)
TARGET = timedelta(minutes=30)


def one(lead: int, minutes_ago: float, what: What = What.NEW, **more: object) -> Candidate:
    return Candidate(lead=lead, what=what, since=at(-minutes_ago), **more)  # type: ignore[arg-type]


def placed(*candidates: Candidate) -> tuple[Placed, ...]:
    return rank(candidates, NOW, TARGET, UTC)


def order(*candidates: Candidate) -> list[int]:
    return [each.candidate.lead for each in placed(*candidates)]


def why(candidate: Candidate) -> str:
    return placed(candidate)[0].why


@pytest.mark.parametrize(
    ("minutes", "value"),
    [(0, 1.0), (5, 0.95 / 2 + 0.05 * (7 / 6) ** -0.7), (30, 0.95 / 64 + 0.05 * 2**-0.7)],
)
def test_worth_follows_the_curve(minutes: float, value: float) -> None:
    assert worth(What.NEW, timedelta(minutes=minutes)) == pytest.approx(value)
    assert worth(What.REPLY, timedelta(minutes=minutes)) == pytest.approx(value / 2)
    assert worth(What.CALL, timedelta(minutes=minutes)) == pytest.approx(value / 4)


def test_a_server_clock_that_runs_ahead_is_worth_no_more_than_now() -> None:
    assert worth(What.NEW, timedelta(minutes=-5)) == worth(What.NEW, timedelta(0))


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_worth_falls_with_the_wait(one_wait: float, other_wait: float) -> None:
    less, more = sorted((one_wait, other_wait))
    assert worth(What.NEW, timedelta(minutes=less)) >= worth(What.NEW, timedelta(minutes=more)) > 0


def test_the_newest_unanswered_comes_first() -> None:
    assert order(one(1, 90), one(2, 2), one(3, 20)) == [2, 3, 1]


def test_a_reply_counts_half_and_a_call_a_quarter() -> None:
    assert order(one(1, 4, What.CALL), one(2, 4, What.REPLY), one(3, 4)) == [3, 2, 1]
    assert order(one(1, 1, What.REPLY), one(2, 4)) == [2, 1]
    assert order(one(1, 1, What.REPLY), one(2, 10)) == [1, 2]


def test_an_answer_that_may_not_have_arrived_goes_before_everything() -> None:
    assert order(one(1, 0), one(2, 600, What.REPLY, outbox="unsure")) == [2, 1]


def test_equal_worth_goes_by_number() -> None:
    assert order(one(3, 5), one(1, 5), one(2, 5)) == [1, 2, 3]


def test_a_lead_stands_in_one_place_only() -> None:
    assert order(one(1, 5), one(1, 5)) == [1]


def test_every_tenth_place_is_for_the_longest_wait() -> None:
    candidates = [one(number, number) for number in range(1, 31)]
    ordered = order(*candidates)
    assert ordered[:9] == list(range(1, 10))
    assert ordered[9] == 30
    assert ordered[19] == 29
    assert sorted(ordered) == list(range(1, 31))
    reasons = [each.why for each in placed(*candidates)]
    assert reasons[9] == reasons[19] == "Has waited longest"
    assert reasons.count("Has waited longest") == 2


def test_the_guard_counts_troubled_places_too() -> None:
    troubled = [one(100 + number, 1, outbox="refused") for number in range(4)]
    ordered = order(*troubled, *(one(number, number) for number in range(1, 20)))
    assert ordered[GUARD_EVERY - 1] == 19


@given(st.lists(st.tuples(st.integers(1, 200), st.floats(0, 1e5), st.sampled_from(What)), max_size=60))
def test_everybody_has_a_place_and_a_reason(waiting: list[tuple[int, float, What]]) -> None:
    ranked = placed(*(one(lead, minutes, what) for lead, minutes, what in waiting))
    assert {each.candidate.lead for each in ranked} == {lead for lead, _, _ in waiting}
    assert [each.place for each in ranked] == list(range(1, len(ranked) + 1))
    assert all(each.why for each in ranked)


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (one(1, 2), "New: this is when a reply counts most"),
        (one(1, 5), "New: this is when a reply counts most"),
        (one(1, 12), "New; your target is 9:18"),
        (one(1, 45), "Not answered; your target was 8:45"),
        (one(1, 24 * 60), "Not answered; your target was yesterday 9:30"),
        (one(1, 45, promised_at=at(30)), "New; you promised an answer by 9:30"),
        (one(1, 24 * 60, promised_at=at(-23 * 60)), "Promised by yesterday 10:00: not answered"),
        (one(1, 12, What.REPLY), "They answered, and it is your turn"),
        (one(1, 12, What.CALL), "You did not reach them: try again"),
        (one(1, 12, outbox="unsure"), "Your answer may not have arrived"),
        (one(1, 12, outbox="refused"), "Your answer did not go out: look why"),
        (one(1, 12, got=True), "Somebody has it; no answer has gone out yet"),
        (one(1, 600, snoozed_until=at(-1)), "You put this off until 8:59"),
        (one(1, 2, snoozed_until=at(5)), "New: this is when a reply counts most"),
    ],
)
def test_the_reason_for_a_place(candidate: Candidate, reason: str) -> None:
    assert why(candidate) == reason


def test_a_reason_that_names_a_day_fits_its_row() -> None:
    """A row has room for 47 letters of the usual size."""
    day = 24 * 60
    told = [one(1, day), one(1, day, promised_at=at(-day + 60)), one(1, 12, promised_at=at(day))]
    assert [each for each in map(why, told) if len(each) > 47] == []
    assert all("yesterday" in each or "tomorrow" in each for each in map(why, told))


def test_reasons_tell_local_times() -> None:
    (first,) = rank([one(1, 12)], NOW, TARGET, ZoneInfo("Europe/Berlin"))
    assert first.why == "New; your target is 10:18"
