"""A step that is due, in words: why a row stands in the queue. A first paint loads it, so it needs little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaddesk.words.due import DueStep, Way
from leaddesk.words.states import What

if TYPE_CHECKING:
    from leaddesk.words.cadence import Course

WHAT = {
    Way.EMAIL: What.REPLY,
    Way.CALL: What.CALL,
    Way.TEXT: What.TEXT,
    Way.WHATSAPP: What.TEXT,
    Way.TASK: What.TASK,
    Way.DECIDE: What.DECIDE,
}
"""What a step asks of us, in the queue's words."""
_NOUNS = {
    Way.EMAIL: "a mail",
    Way.CALL: "a call",
    Way.TEXT: "a text",
    Way.WHATSAPP: "a WhatsApp message",
    Way.TASK: "a task",
}


def step_words(step: DueStep) -> str:
    """Why a row stands in the queue.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 11, 3, tzinfo=UTC)
    >>> step_words(DueStep(plan="Standard", number=1, of=5, way=Way.CALL, at=at, day=0))
    'Step 1 of 5: a call, the same day'
    >>> step_words(DueStep(plan="Standard", number=5, of=5, way=Way.DECIDE, at=at, day=14))
    'No answer in 14 days: what becomes of it?'
    """
    if step.way is Way.DECIDE:
        return f"No answer in {step.day} days: what becomes of it?" if step.day > 1 else "Decide about it"
    return f"Step {step.number} of {step.of}: {_NOUNS[step.way]}, {_day_words(step.day)}"


def _day_words(day: int) -> str:
    if day <= 0:
        return "the same day"
    return "the day after" if day == 1 else f"{day} days after they wrote"


def next_step(course: Course | None) -> DueStep | None:
    """The next step; None where there is none."""
    if course is None or course.way is None or course.at is None:
        return None
    return DueStep(
        plan=course.plan.name, number=course.step, of=course.of, way=course.way, at=course.at, day=course.day
    )
