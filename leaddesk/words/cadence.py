"""A cadence: a named, finite plan of steps towards one lead."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from leaddesk.words.due import Way

if TYPE_CHECKING:
    from leaddesk.words.hours import Hours


class End(enum.StrEnum):
    """What comes after the last step: it ends as "no response" by itself, or a person decides."""

    NO_RESPONSE = "no response"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class After:
    """How long after the step before: minutes and hours go by the clock, days by the calendar."""

    number: int
    unit: str
    """m, h or d."""

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `template` names the draft's text, "" for the one that fits."""

    after: After
    way: Way
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan. The first reply is none of its steps: it is due at once."""

    name: str
    about: str
    end: End
    cap_per_week: int
    """The most touches in any seven local days in a row."""
    steps: tuple[Step, ...]


class Shift(enum.StrEnum):
    """What moved a step away from where the plan put it."""

    CAP = "cap"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a step falls: `planned` by the plan, `at` by hours and cap; both None where there is no place."""

    number: int
    way: Way
    planned: datetime | None
    at: datetime | None
    shifted_by: Shift | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the firm is open, and by which zone its clock goes."""

    hours: Hours
    zone: tzinfo

    def mark(self) -> str:
        """The same for two calendars by which every step falls alike."""
        closed = ",".join(sorted(day.isoformat() for day in self.hours.closed))
        spans = ";".join(",".join(f"{s.start}-{s.end}" for s in day) for day in self.hours.week)
        return f"{spans} {closed} {self.hours.region} {self.zone}"


class CourseState(enum.StrEnum):
    """How a lead's plan stands."""

    RUNNING = "running"
    PAUSED = "paused"
    """They are away: it waits for the day on which they are back."""
    STOPPED = "stopped"
    """Their word, a talk or a person stopped it."""
    ENDED = "ended"
    """The lead is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a lead stands in its plan: the next step, or why there is none."""

    plan: Plan
    state: CourseState
    why: str = ""
    """Why it stopped, or what moved or changed the next step; empty when it goes as planned."""
    step: int
    """The next step's number, from 1; one more than `of` for the end of a plan that ends by itself."""
    of: int
    way: Way | None
    """What the next step is now: another than planned where that one does not reach them."""
    at: datetime | None
    """When it falls due; None where there is no next step, or no place for it in 400 days."""
    day: int = 0
    """The local day on which it falls, counted from the enquiry's."""
    paused_until: datetime | None = None
    """The beginning of the day on which they are back, where the step waits for it."""

    @property
    def closes(self) -> bool:
        """True where the plan ends by itself once this is due."""
        return self.way is Way.DECIDE and self.plan.end is End.NO_RESPONSE and self.step > self.of

    def state_at(self, now: datetime) -> CourseState:
        """PAUSED only until they are back."""
        is_away = self.paused_until is not None and self.paused_until > now
        return CourseState.PAUSED if is_away else self.state
