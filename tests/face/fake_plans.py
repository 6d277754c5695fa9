"""Plans of the tests' desk, edited for real: the same rules, and a list instead of a folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.rules.cadence.editing import day_words, offsets, plan_of
from leaddesk.rules.cadence.landing import landings, with_end
from leaddesk.rules.cadence.moves import day_looks, why_moved
from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import DueStep, Way
from leaddesk.words.errors import LeadDeskError, Usage
from leaddesk.words.hours import Hours, read_week
from leaddesk.words.plan_view import (
    Change,
    DayLook,
    FaultyFile,
    PlanDraft,
    PlanLook,
    Plans,
    PlanView,
    StepLook,
)

if TYPE_CHECKING:
    from .fake_desk import FakeDesk

HOURS = Hours(read_week("Mon-Fri 09:00-17:30; Sat 10:00-13:00"))


def _plan(name: str, end: End, *steps: tuple[int, str, Way, str]) -> Plan:
    made = tuple(Step(After(number, unit), way, text) for number, unit, way, text in steps)
    return Plan(name=name, about=f"What {name} is for.", end=end, cap_per_week=4, steps=made)


class FakePlanDesk:
    """Two plans; one lead is on the first."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.plans = {
            "Gentle": _plan("Gentle", End.NO_RESPONSE, (2, "d", Way.EMAIL, "second-note")),
            "Standard": _plan(
                "Standard", End.DECIDE, (30, "m", Way.CALL, ""), (1, "d", Way.EMAIL, "second-note"),
                (2, "d", Way.TEXT, "short-nudge"), (7, "d", Way.DECIDE, ""),
            ),
        }  # fmt: skip
        self.faulty: tuple[FaultyFile, ...] = ()
        self.fails: Exception | None = None

    def show(self) -> Plans:
        if self.fails is not None:
            raise self.fails
        views = tuple(
            PlanView(plan, name == "Standard", True, "every enquiry" if name == "Standard" else "", 1)
            for name, plan in sorted(self.plans.items())
        )
        return Plans(views, self.faulty, "the profile’s folder")

    def look(self, draft: PlanDraft, at: str = "") -> PlanLook:
        if at not in ("", "now"):
            raise Usage(f"'{at}' is no time.")
        came = self.desk.clock.now()
        plan = plan_of(draft)
        if plan is None:
            return PlanLook(came, (), day_looks(came.date(), came.date(), HOURS))
        found = landings(plan, came, HOURS, UTC, UTC)
        last = max((each.at for each in found if each.at), default=came)
        steps = tuple(
            StepLook(landing, day_words(offset), why_moved(landing, plan.cap_per_week, HOURS, UTC))
            for landing, offset in zip(found, offsets(with_end(plan)), strict=True)
        )
        return PlanLook(came, steps, day_looks(came.date(), last.date(), HOURS))

    def changes(self, draft: PlanDraft, was: str) -> tuple[Change, ...]:
        plan = plan_of(draft)
        if plan is None or plan == self.plans.get(was):
            return ()
        return (Change(1, "<b>Ngozi</b>", _due(was, timedelta(0)), _due(was, timedelta(hours=2))),)

    def save(self, draft: PlanDraft, was: str = "", *, take_along: bool = False) -> Plan:
        if isinstance(self.fails, LeadDeskError):
            raise self.fails
        plan = plan_of(draft)
        assert plan is not None
        self.desk.did("save_plan", plan.name, was, take_along)
        self.plans.pop(was, None)
        self.plans[plan.name] = plan
        return plan

    def remove(self, name: str) -> None:
        self.desk.did("remove_plan", name)
        del self.plans[name]

    def next_closed(self) -> tuple[DayLook, ...]:
        return ()


def _due(plan: str, later: timedelta) -> DueStep:
    at = datetime(2026, 6, 8, 10, 13, tzinfo=UTC) + later
    return DueStep(plan=plan, number=1, of=4, way=Way.CALL, at=at, day=0)
