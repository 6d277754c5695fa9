"""How far our clock is from a server's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.rules.clock_skew import is_off, offset_between, offset_words, told_time

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "greeting",
    [
        "220 mx.example ESMTP Sendmail 8.17; Mon, 2 Mar 2026 12:00:00 GMT",
        "220 AM0PR04.example Microsoft ESMTP MAIL Service ready at Mon, 2 Mar 2026 12:00:00 +0000 [08DE7]",
        "220 mx.example ESMTP Exim 4.96 Mon, 02 Mar 2026 13:00:00 +0100",
    ],
)
def test_a_greeting_with_a_time_is_understood(greeting: str) -> None:
    assert told_time(greeting) == NOON


@pytest.mark.parametrize(
    "greeting",
    ["220 mx.example ESMTP Postfix", "220 Mon, 99 Mar 2026 12:00:00 +0000", "220 2 Mar 2026 12:00:00", ""],
)
def test_a_greeting_without_one_tells_nothing(greeting: str) -> None:
    assert told_time(greeting) is None


def test_a_time_within_the_dialogue_is_no_offset() -> None:
    after = NOON + timedelta(seconds=40)
    assert offset_between(NOON + timedelta(seconds=20), NOON, after) == timedelta()
    assert offset_between(NOON - timedelta(minutes=3), NOON, after) == timedelta(minutes=-3)
    assert offset_between(after + timedelta(minutes=3), NOON, after) == timedelta(minutes=3)


def test_it_matters_from_two_minutes_on() -> None:
    assert not is_off(timedelta(seconds=-119))
    assert is_off(timedelta(minutes=-2))


def test_it_is_told_in_one_number() -> None:
    assert offset_words(timedelta(minutes=2)) == "2 minutes behind"
    assert offset_words(timedelta(minutes=-90)) == "90 minutes ahead"
    assert offset_words(timedelta(days=800)) == "800 days behind"
