"""What is due: steps of plans, by one index on the lead's row, whatever the number of leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.words.due import DueStep, Way
from leaddesk.words.states import Outcome, Turn, What

if TYPE_CHECKING:
    from leaddesk.words.cadence import Course

_WAYS = {way.value: way for way in Way}
_TURNS = {turn.value: turn for turn in Turn}


@dataclass(frozen=True, slots=True)
class DueLead:
    """A lead whose plan has a step that is due."""

    lead: int
    name: str
    step: DueStep
    turn: Turn
    """OURS where something else of theirs waits for us as well."""
    is_owed: bool = False
    """Nobody has given them a first reply yet."""


class Due:
    """Questions about what falls due. The rows are written with each fold of their lead."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._t = database.tables

    def next_due(self, since: datetime) -> datetime | None:
        """When the first step after `since` falls due: what the tick asks."""
        lead = self._t.lead
        query = self._open(lead.select(lead.due_at)).where(lead.due_at > since).order_by(lead.due_at)
        with self._db.session():
            row = query.first()
        return row.due_at if row else None

    def fallen(self, since: datetime, now: datetime) -> list[DueLead]:
        """Those whose step fell due after `since` and by `now`, the first first.

        Who was put off until later than `since` is told of when that ends, and not here as well.
        """
        lead = self._t.lead
        query = self._open(self._select()).where(lead.due_at > since, lead.due_at <= now, self._awake(since))
        return self._rows(query.order_by(lead.due_at, lead.id))

    def by(self, now: datetime, limit: int) -> list[DueLead]:
        """Those whose step is due by `now` and who are not put off, the longest first."""
        lead = self._t.lead
        query = self._open(self._select()).where(lead.due_at <= now, self._awake(now))
        return self._rows(query.order_by(lead.due_at, lead.id).limit(limit))

    def running(self, after: int, limit: int, plan: str | None = None) -> list[int]:
        """Leads with a step to come (of `plan`, where it is named), in order of id from after `after`."""
        lead = self._t.lead
        query = lead.select(lead.id).where(lead.id > after, lead.due_at.is_null(False))
        if plan is not None:
            query = query.where(lead.plan == plan)
        with self._db.session():
            return [row.id for row in query.order_by(lead.id).limit(limit)]

    def followed(self) -> dict[str, int]:
        """How many leads have a step to come, by the name of their plan."""
        lead = self._t.lead
        query = lead.select(lead.plan, pw.fn.COUNT(lead.id)).where(lead.due_at.is_null(False))
        with self._db.session():
            return dict(self._db.peewee.execute(query.group_by(lead.plan)))

    def _open(self, query: Any) -> Any:
        """By the index on the due time: of open leads there may be very many."""
        lead = self._t.lead
        return query.where(pw.fn.COALESCE(lead.outcome, "") == Outcome.OPEN.value)

    def _awake(self, now: datetime) -> Any:
        lead = self._t.lead
        return lead.snoozed_until.is_null() | (lead.snoozed_until <= now)

    def _select(self) -> Any:
        lead = self._t.lead
        return lead.select(
            lead.id, lead.name, lead.turn, lead.plan, lead.plan_step, lead.plan_of, lead.due_way,
            lead.due_at, lead.due_day, lead.what,
        )  # fmt: skip

    def _rows(self, query: Any) -> list[DueLead]:
        """Read as the database has them: of a hundred thousand peewee would make as many objects more."""
        moment = self._t.lead.due_at.python_value
        with self._db.session():
            return [
                DueLead(
                    lead,
                    name,
                    DueStep(plan, number, of, _WAYS[way], moment(at), day),
                    _TURNS[turn],
                    what == What.NEW.value,
                )
                for lead, name, turn, plan, number, of, way, at, day, what in self._db.peewee.execute(query)
            ]


def due_step(
    plan: str | None,
    number: int | None,
    of: int | None,
    way: str | None,
    at: datetime | None,
    day: int | None,
) -> DueStep | None:
    """A row's step; None where it has none."""
    if plan is None or way is None or at is None:
        return None
    return DueStep(plan=plan, number=number or 0, of=of or 0, way=Way(way), at=at, day=day or 0)


def course_columns(course: Course | None) -> dict[str, Any]:
    """A lead's columns about its plan."""
    if course is None:
        names = ("plan", "plan_state", "plan_step", "plan_of", "due_at", "due_way", "due_day")
        return dict.fromkeys(names)
    return {
        "plan": course.plan.name,
        "plan_state": course.state.value,
        "plan_step": course.step,
        "plan_of": course.of,
        "due_at": course.at,
        "due_way": course.way.value if course.way else None,
        "due_day": course.day,
    }
