"""The plans as the pictures show them: one with moved days, one without an end, and what saving changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from leaddesk.words.due import DueStep, Way
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.plan_view import Change, FaultyFile, PlanDraft, Plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from .needs import Desk
    from .planning import Planning
    from .tasks import Tasks
    from .window import Window

_WHEN = "2026-12-18 16:40"
_FAULTS = (
    'line 3: A plan needs an end, so that nobody is chased for ever: end = "decide" or "no response".',
    "line 9: 'channel' is one of email, call, text, whatsapp or task.",
)
_NAMES = ("Ngozi Adeyemi", "Familie Brückner", "The Copper Kettle")


def drawn(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The usual plan before Christmas, its text chosen."""
    _then(window, desk, tasks, _pick)


def endless(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The same without an end."""

    def put(planning: Planning, draft: PlanDraft) -> None:
        planning.page.editor.edited.emit(replace(draft, end=None))
        _pick(planning, draft)

    _then(window, desk, tasks, put)


def changes(window: Window, desk: Desk, tasks: Tasks) -> None:
    """Whose next step saving makes another."""
    at = desk.clock.now() + timedelta(days=1)

    def due(n: int, hours: int) -> DueStep:
        later = at + timedelta(hours=hours)
        return DueStep(plan="Standard", number=n, of=5, way=Way.EMAIL if n > 1 else Way.CALL, at=later, day=n)

    def put(planning: Planning, draft: PlanDraft) -> None:
        planning.page.editor.edited.emit(replace(draft, cap_per_week=3))
        planning.changes = tuple(
            Change(n, name, due(n, n), due(n, 24 * n)) for n, name in enumerate(_NAMES, start=1)
        )
        planning.show_changes()

    _then(window, desk, tasks, put)


def faulty(window: Window, desk: Desk, tasks: Tasks) -> None:
    """A file that somebody spoiled by hand."""

    def put(planning: Planning, draft: PlanDraft) -> None:
        file = FaultyFile("kitchens.toml", _FAULTS, "Kitchens")
        tasks.run(desk.plans.show, lambda plans: planning.show_read(_with(_followed(plans), file)))

    _then(window, desk, tasks, put)


def failing(window: Window, desk: Desk, tasks: Tasks) -> None:
    """The plans could not be read."""
    window.show_plans()
    if window.planning is not None:
        error = LeadDeskError("The plans could not be read.", "Your leads are safe; try it again.")
        window.planning.page.show_failure(error.sentence, error.mend, lambda: None)


def _followed(plans: Plans) -> Plans:
    """As though leads were on them."""
    views = [replace(view, leads=n) for view, n in zip(plans.plans, (9, 4, 12), strict=False)]
    return replace(plans, plans=(*views, *plans.plans[len(views) :]))


def _with(plans: Plans, file: FaultyFile) -> Plans:
    return replace(plans, faulty=(file,), folder="the folder cadences of your profile")


def _pick(planning: Planning, draft: PlanDraft) -> None:
    ways = [step.way for step in draft.steps]
    if Way.TEXT in ways:
        planning.page.editor.line.pick(ways.index(Way.TEXT))


def _then(window: Window, desk: Desk, tasks: Tasks, put: Callable[[Planning, PlanDraft], object]) -> None:
    """Once the plans are read and shown."""
    window.show_plans()

    def shown(plans: Plans) -> None:
        planning = window.planning
        if planning is not None:
            planning.show_read(_followed(plans))
            planning.page.editor.preview.when.setText(_WHEN)
            planning.page.editor.preview.asked.emit(_WHEN)
            if planning.page.editor.draft is not None:
                put(planning, planning.page.editor.draft)

    tasks.run(desk.plans.show, shown)
