"""A draft of a plan: each deed on it, why it cannot be saved, and what manners say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leaddesk.doors.paths import resource
from leaddesk.rules.cadence.editing import (
    added,
    cannot,
    changed,
    draft_of,
    end_offset,
    ended,
    moved,
    new_draft,
    offsets,
    plan_of,
    removed,
)
from leaddesk.rules.cadence.landing import landings
from leaddesk.rules.cadence.manners import advice, manners
from leaddesk.rules.cadence.moves import next_closed, why_moved
from leaddesk.rules.cadence.reading import read_plan
from leaddesk.words.cadence import After, End, Step
from leaddesk.words.due import Way
from leaddesk.words.hours import Hours, read_week
from leaddesk.words.plan_view import PlanDraft

LONDON = ZoneInfo("Europe/London")
WEEK = Hours(read_week("Mon-Fri 09:00-17:30; Sat 10:00-13:00"), region="GB-ENG")


def steps(*told: str) -> tuple[Step, ...]:
    """Steps as "30m call"."""
    pairs = (each.split() for each in told)
    return tuple(Step(After(int(after[:-1]), after[-1]), Way(way)) for after, way in pairs)


def draft(*told: str, end: End | None = End.DECIDE, decides_after: int = 7) -> PlanDraft:
    after = After(decides_after, "d")
    return PlanDraft(name="One", about="", cap_per_week=4, steps=steps(*told), end=end, decides_after=after)


@pytest.mark.parametrize("name", ["standard", "considered", "gentle"])
def test_a_shipped_plan_is_the_same_after_it_was_a_draft(name: str) -> None:
    plan = read_plan(resource(f"cadences/{name}.toml").read_bytes())
    made = draft_of(plan)
    assert all(step.way is not Way.DECIDE for step in made.steps)
    assert plan_of(made) == plan
    assert cannot(made) == ""


def test_a_draft_without_an_end_cannot_be_saved_until_it_has_one() -> None:
    made = new_draft("Fresh")
    assert plan_of(made) is None
    assert cannot(made).startswith("A plan needs an end")
    assert cannot(ended(made)) == ""


def test_taking_the_end_away_leaves_none() -> None:
    made = draft("1d call", "2d email")
    assert removed(made, 2).end is None
    assert [step.way for step in removed(made, 0).steps] == [Way.EMAIL]


def test_the_end_that_is_added_is_day_14_or_a_week_after_a_late_step() -> None:
    early, late = ended(draft("30m call", "7d email", end=None)), ended(draft("12d call", end=None))
    assert end_offset(early) == timedelta(days=14, minutes=30)
    assert end_offset(late) == timedelta(days=19)
    assert end_offset(draft("1d call", end=None)) is None


def test_a_step_is_added_on_another_way_and_moved_without_its_gap() -> None:
    made = added(draft("30m call", "3d email"), 1)
    assert [(str(step.after), step.way.value) for step in made.steps] == [
        ("30m", "call"), ("3d", "email"), ("3d", "call"),
    ]  # fmt: skip
    swapped = moved(made, 0, 1)
    assert [(str(step.after), step.way.value) for step in swapped.steps][:2] == [
        ("30m", "email"),
        ("3d", "call"),
    ]
    assert moved(made, 0, -1) == made
    assert offsets(swapped.steps) == offsets(made.steps)


def test_what_is_missing_or_too_much_is_said() -> None:
    made = draft("1d call")
    assert cannot(replace(made, name="  ")) == "A plan needs a name."
    assert cannot(removed(made, 0)) == "A plan needs at least one step."
    assert cannot(changed(made, 0, Step(After(0, "d"), Way.CALL))) == "'after' is at least 1."
    full = made
    for _ in range(40):
        full = added(full, 0)
    assert len(full.steps) == 29
    assert cannot(full) == ""


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (("30m call", "1d email", "2d text", "4d email"), "4 follow-ups in thirty days, no gap shorter"),
        (("1d call", "2d email", "3d call", "4d email", "5d call"), "5 follow-ups in thirty days: the usual"),
        (("1d email", "2h email"), "Two mails fall on one day"),
        (("5d call", "2d email"), "The gap of 2 days is shorter than the one before"),
    ],
)
def test_manners_are_told_in_a_sentence(told: tuple[str, ...], says: str) -> None:
    assert manners(steps(*told)).startswith(says)


def test_a_text_before_any_call_is_advised_against() -> None:
    assert advice(steps("1d call", "2d text"), 1).endswith("Here a call comes first.")
    assert advice(steps("1d text"), 0).endswith("Put a call before it.")
    assert advice(steps("1d call"), 0) == advice(steps("1d call"), 5) == ""


def test_why_a_step_moved_is_said_with_its_day() -> None:
    plan = plan_of(draft("30m call", "1d email", "2d text", "4d email"))
    assert plan is not None
    at = datetime(2026, 12, 18, 16, 40, tzinfo=LONDON)
    found = landings(plan, at, WEEK, LONDON, LONDON)
    told = [why_moved(each, 4, WEEK, LONDON) for each in found]
    assert told[0] == ""
    assert told[1] == "You close at 13:00 on Saturday, and Sunday is closed."
    (late,) = landings(plan, datetime(2026, 12, 24, 17, 20, tzinfo=LONDON), WEEK, LONDON, LONDON)[:1]
    assert why_moved(late, 4, WEEK, LONDON) == (
        "Fri 25 Dec is Christmas Day, Sat 26 Dec is Boxing Day and more days are closed."
    )
    early = landings(plan, datetime(2026, 12, 18, 5, tzinfo=LONDON), WEEK, LONDON, LONDON)[0]
    assert why_moved(early, 4, WEEK, LONDON) == "You open at 9:00."
    tight = plan_of(replace(draft("1d call", "1d email"), cap_per_week=1))
    assert tight is not None
    second = landings(tight, at, WEEK, LONDON, LONDON)[1]
    assert why_moved(second, 1, WEEK, LONDON) == "They would hear from you more than once in seven days."


def test_the_next_closed_days_are_those_that_would_be_open() -> None:
    shown = next_closed(WEEK, date(2026, 12, 20))
    assert [(each.day.isoformat(), each.why) for each in shown] == [
        ("2026-12-25", "Christmas Day"),
        ("2026-12-26", "Boxing Day"),
        ("2026-12-28", "Boxing Day (observed)"),
    ]
