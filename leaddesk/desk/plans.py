"""Plans for who edits them: which there are, what a draft would come to, and saving it with what changes."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from leaddesk.desk.cadences import Cadences
from leaddesk.desk.config import Config
from leaddesk.desk.following import Following
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.cadence.editing import day_words, offsets, plan_of
from leaddesk.rules.cadence.landing import with_end
from leaddesk.rules.cadence.moves import day_looks, next_closed, why_moved
from leaddesk.rules.when import snooze_time
from leaddesk.words.cadence import End, Landing, Plan
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.plan_choice import PlanChoice, read_choice
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
from leaddesk.words.settings import CADENCE_PLANS

_MOST_DAYS = 60
"""A preview shows so many days at most; what falls later stands in its table."""
_NOW = "now"


class PlanDesk:
    """What the editor asks for."""

    def __init__(
        self, store: Store, clock: Clock, config: Config, cadences: Cadences, following: Following
    ) -> None:
        self._store = store
        self._clock = clock
        self._config = config
        self._cadences = cadences
        self._following = following

    def show(self) -> Plans:
        """All plans by name, and the files that cannot be used."""
        choice = read_choice(self._config.get(CADENCE_PLANS))
        counts = self._store.due.followed()
        views = tuple(self._view(plan, choice, counts) for plan in self._cadences.list())
        return Plans(views, tuple(self._faulty()), str(self._cadences.files.folder))

    def look(self, draft: PlanDraft, at: str = _NOW) -> PlanLook:
        """What the draft comes to for an enquiry of that time: "now", "Friday 16:40", "2026-12-18 16:40".

        A draft without an end is shown as far as it goes. Raises Usage where the time is none.
        """
        zone = self._clock.zone()
        came = self._moment(at, zone)
        plan = _as_far(draft)
        if plan is None:
            return PlanLook(came, (), ())
        found = self._cadences.preview(plan, came, zone)
        last = max((each.at for each in found if each.at), default=came).astimezone(zone).date()
        first = came.astimezone(zone).date()
        days = day_looks(first, min(last, first + timedelta(days=_MOST_DAYS)), self._cadences.hours())
        return PlanLook(came, self._steps(plan, found, came, zone), days)

    def changes(self, draft: PlanDraft, was: str) -> tuple[Change, ...]:
        """Whose next step would be another, of the leads on the plan that was called `was`."""
        plan = plan_of(draft)
        return self._following.changes(plan, was or plan.name) if plan is not None else ()

    def save(self, draft: PlanDraft, was: str = "", *, take_along: bool = False) -> Plan:
        """Writes the plan; the leads that are on it go on as they are, or in it where they are taken along.

        Raises Refused for a draft without an end, and what `Cadences.save` raises: then nothing has changed.
        """
        plan = plan_of(draft)
        if plan is None:
            raise Refused("A plan needs an end, so that nobody is chased for ever.", "Say when you decide.")
        saved = self._cadences.save(plan, was)
        if take_along:
            self._following.take_along(saved, was or saved.name)
        return saved

    def remove(self, name: str) -> None:
        """As `Cadences.remove`."""
        self._cadences.remove(name)

    def next_closed(self) -> tuple[DayLook, ...]:
        """The next days on which the firm is shut though its week has hours for them."""
        today = self._clock.now().astimezone(self._clock.zone()).date()
        return next_closed(self._cadences.hours(), today)

    def _view(self, plan: Plan, choice: PlanChoice, counts: dict[str, int]) -> PlanView:
        name = plan.name
        is_own, is_shipped = self._cadences.is_own(name), self._cadences.is_shipped(name)
        return PlanView(plan, is_own, is_shipped, choice.starts_for(name), counts.get(name, 0))

    def _faulty(self) -> list[FaultyFile]:
        found = []
        for file, failure in self._cadences.faulty():
            stands = self._cadences.files.standing(file)
            name = stands.name if stands is not None else ""
            found.append(FaultyFile(file.name, tuple(map(str, failure.faults)), name))
        return found

    def _steps(
        self, plan: Plan, found: tuple[Landing, ...], came: datetime, zone: tzinfo
    ) -> tuple[StepLook, ...]:
        hours, first = self._cadences.hours(), came.astimezone(zone).date()
        looks, has_moved = [], False
        for landing, offset in zip(found, offsets(with_end(plan)), strict=True):
            why = why_moved(landing, plan.cap_per_week, hours, zone)
            if not why and has_moved and landing.at is not None:
                day = (landing.at.astimezone(zone).date() - first).days
                is_late = day != offset.days
                why = f"Nothing moved it; the moves before it make this day {day}." if is_late else ""
            has_moved = has_moved or landing.at != landing.planned
            looks.append(StepLook(landing, day_words(offset), why))
        return tuple(looks)

    def _moment(self, words: str, zone: tzinfo) -> datetime:
        now = self._clock.now()
        if words.strip().lower() in ("", _NOW):
            return now
        try:
            return snooze_time(words, now, zone)
        except ValueError as error:
            raise Usage(str(error)) from None


def _as_far(draft: PlanDraft) -> Plan | None:
    """The plan, without its end where it has none yet; None where nothing is left of it."""
    if draft.end is not None or not draft.steps:
        plan = plan_of(draft)
        return plan if plan is not None and plan.steps else None
    return Plan(
        name=draft.name, about="", end=End.NO_RESPONSE, cap_per_week=draft.cap_per_week, steps=draft.steps
    )
