"""Plans as the editor has them: one that is being written, what it would come to, and those there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from leaddesk.words.cadence import After, End, Landing, Plan, Step
from leaddesk.words.due import DueStep
from leaddesk.words.hours import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan while it is edited. `steps` has no decision; `end` is None while it stops nowhere."""

    name: str
    about: str
    cap_per_week: int
    steps: tuple[Step, ...]
    end: End | None
    decides_after: After
    """How long after the last step a person decides, where that is its end."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan that there is: whose it is, for what it starts by itself, and how many leads are on it."""

    plan: Plan
    is_own: bool
    """True where a file of the firm holds it; what LeadDesk brings comes back when that is removed."""
    is_shipped: bool
    starts_for: str
    """In words; empty where a person has to choose it."""
    leads: int


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """A plan's file that cannot be used, with each fault in a sentence with its line."""

    file: str
    faults: tuple[str, ...]
    stands: str
    """The plan that is followed instead, or "" where there is none."""


@dataclass(frozen=True, slots=True)
class Plans:
    """All that the editor's list shows."""

    plans: tuple[PlanView, ...]
    faulty: tuple[FaultyFile, ...]
    folder: str
    """Where the firm's own files lie."""


@dataclass(frozen=True, slots=True)
class DayLook:
    """One day of the preview; `why` names its holiday, or is empty."""

    day: date
    opens: tuple[Span, ...]
    why: str


@dataclass(frozen=True, slots=True)
class StepLook:
    """A step of the preview: on which day the plan has it, where it falls, and why it moved."""

    landing: Landing
    planned: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanLook:
    """What a plan would come to for an enquiry that came at `at`."""

    at: datetime
    steps: tuple[StepLook, ...]
    days: tuple[DayLook, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a changed plan would mean for one lead that follows it."""

    lead: int
    name: str
    before: DueStep | None
    after: DueStep | None
