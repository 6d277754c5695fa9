"""Sending later: what is offered, and what words mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leaddesk.rules.send_later import later_time, send_times

MONDAY = datetime(2026, 6, 8, 9, 43, tzinfo=UTC)


def test_what_is_offered_names_its_clock_soonest_first() -> None:
    words = [each.words for each in send_times(MONDAY, UTC)]
    assert words == ["in 1 hour, 10:43", "today, 16:00", "tomorrow, 9:00", "Monday, 9:00"]


def test_in_the_evening_and_on_sunday_nothing_is_offered_twice_or_late() -> None:
    sunday = MONDAY.replace(day=7, hour=21)
    assert [each.words for each in send_times(sunday, UTC)] == ["in 1 hour, 22:43", "tomorrow, 9:00"]
    assert all(each.at > sunday for each in send_times(sunday, UTC))


def test_words_are_those_of_a_snooze_and_what_is_over_is_told() -> None:
    assert later_time("tomorrow 9", MONDAY, UTC) == datetime(2026, 6, 9, 9, tzinfo=UTC)
    assert later_time("in 2 h", MONDAY, UTC) - MONDAY == timedelta(hours=2)
    with pytest.raises(ValueError, match="9:00 is over"):
        later_time("today 9", MONDAY, UTC)
    with pytest.raises(ValueError, match="no time that I understand"):
        later_time("whenever", MONDAY, UTC)
