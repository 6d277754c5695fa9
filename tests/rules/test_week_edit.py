"""A week edited by hand never holds hours that overlap or end before they begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.week_edit import switched, with_edge
from leaddesk.words.hours import read_week, week_words

SPLIT = read_week("Mon 09:00-12:00, 13:00-17:30; Sat 10:00-13:00")


@given(st.integers(-500, 2000), st.integers(0, 1), st.booleans())
def test_an_edge_keeps_away_from_what_it_would_touch(minutes: int, place: int, is_end: bool) -> None:
    week = with_edge(SPLIT, 0, place, minutes, is_end=is_end)
    assert read_week(week_words(week)) == week
    assert len(week[0]) == 2


def test_a_day_is_shut_and_opens_as_its_nearest_neighbour() -> None:
    assert week_words(switched(SPLIT, 5)) == "Mon 09:00-12:00, 13:00-17:30"
    assert week_words(switched(SPLIT, 6)).endswith("Sat-Sun 10:00-13:00")
    assert week_words(switched(read_week(""), 0)) == "Mon 09:00-17:30"
