"""Plans of the tests' desk: two to choose from, and what became of a lead's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaddesk.words.cadence import After, End, Plan, Step
from leaddesk.words.due import Way

if TYPE_CHECKING:
    from .fake_desk import FakeDesk


class FakeFollowing:
    """Writes down what became of a plan."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def plans(self) -> tuple[Plan, ...]:
        return (a_plan("Gentle"), a_plan("Standard"))

    def start(self, lead: int, name: str) -> Plan:
        self.desk.did("follow", lead, name)
        return a_plan(name)

    def stop(self, lead: int) -> None:
        self.desk.did("stop_plan", lead)

    def pass_over(self, lead: int) -> None:
        self.desk.did("pass_over", lead)


def a_plan(name: str) -> Plan:
    """A plan of one call."""
    step = Step(After(1, "d"), Way.CALL)
    return Plan(name=name, about=f"What {name} is for.", end=End.DECIDE, cap_per_week=4, steps=(step,))
