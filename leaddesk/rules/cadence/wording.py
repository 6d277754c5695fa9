"""A lead's plan in words, as the quiet line on its page; and the lead once a step is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from leaddesk.rules.cadence.steps import WHAT, next_step
from leaddesk.rules.when import clock_words
from leaddesk.words.cadence import Course, CourseState, Landing, Shift
from leaddesk.words.due import Way
from leaddesk.words.lead import LeadState
from leaddesk.words.states import Outcome, Turn

_BARE = {
    Way.EMAIL: "mail",
    Way.CALL: "call",
    Way.TEXT: "text",
    Way.WHATSAPP: "WhatsApp",
    Way.TASK: "task",
    Way.DECIDE: "decide",
}

_SHIFTS = {
    Shift.CAP: "moved: they were written to often enough this week",
    Shift.HOLIDAY: "moved past a holiday",
    Shift.WEEKEND: "moved past days on which you are closed",
    Shift.HOURS: "moved into opening hours",
}


def course_words(course: Course, now: datetime, zone: tzinfo) -> str:
    """What comes next, as one quiet line: "Next: call, tomorrow 9:00"; or why nothing does."""
    if course.state is not CourseState.RUNNING and course.way is None:
        return f"{course.why.rstrip('.')}: the plan is done."
    if course.at is None or course.way is None:
        return "Next: no day within a year is open for it"
    when = clock_words(course.at, now, zone)
    if course.closes:
        return f"Next: ends by itself as no response, {when}"
    due = f"due since {when}" if course.at <= now else when
    return f"Next: {_BARE[course.way]}, {due}{_aside(course, now)}"


def _aside(course: Course, now: datetime) -> str:
    is_back = course.paused_until is not None and course.paused_until <= now
    if not course.why or is_back:
        return ""
    why = course.why.rstrip(".")
    return f" ({why[:1].lower()}{why[1:]})"


def with_step(state: LeadState, course: Course | None, now: datetime) -> LeadState:
    """A step that is due makes the lead ours, where it waits for them and is not put off."""
    step = next_step(course)
    until = state.snoozed_until
    if step is None or step.at > now or state.outcome is not Outcome.OPEN:
        return state
    if until is not None:
        return replace(state, what=WHAT[step.way]) if until <= now and state.last_out_at else state
    if state.turn is Turn.OURS:
        return state
    return replace(state, turn=Turn.OURS, what=WHAT[step.way], since=step.at)


def why_words(landing: Landing, way: Way, planned: Way) -> str:
    """Why a step comes by another way or at another time than the plan has it; empty where it does not."""
    switched = f"instead of a {planned.value}" if way is not planned else ""
    moved = _SHIFTS[landing.shifted_by] if landing.shifted_by else ""
    return ", ".join(filter(None, (switched, moved)))
