"""The page of plans in the window: what is read for it, what is kept of edits, and saving by a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.rules.cadence.editing import cannot, draft_of, new_draft
from leaddesk.words.errors import LeadDeskError, Usage
from leaddesk.words.plan_view import Change, PlanDraft, PlanLook, Plans, PlanView

from .ask import Answer, ask
from .keys import Action
from .plans import wording
from .plans.changes_sheet import ChangesSheet
from .plans.page import PlansPage
from .rail import Place
from .tasks import Latest, Tasks

if TYPE_CHECKING:
    from .needs import Desk
    from .shell import Shell

_NEW = "A new plan"
Read = tuple[PlanDraft, PlanLook | str, tuple[Change, ...]]
"""For which draft; where its steps fall, or why the time is none; what saving would change."""


class Planning(QObject):
    """Edits stay until they are saved or let go, whatever else is looked at. `said` has a sentence."""

    said = Signal(str)
    choice_requested = Signal()
    left = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, shell: Shell, failed: Callable[[Exception], None]) -> None:
        super().__init__(shell)
        self._desk, self._tasks, self._shell, self._failed = desk, tasks, shell, failed
        self._plans: Plans | None = None
        self._kept: dict[str, PlanDraft] = {}
        self._edits: dict[str, PlanDraft] = {}
        """By the name under which each is saved; a new one by its first name."""
        self._shown = ""
        self._when = ""
        self._wanted: tuple[PlanDraft, str, str] | None = None
        self.changes: tuple[Change, ...] = ()
        self._looks = Latest(tasks, self._look, self._on_look, failed)
        self.page = PlansPage(shell.theme)
        self._connect()

    def _connect(self) -> None:
        page, editor = self.page, self.page.editor
        page.plan_chosen.connect(self.choose)
        page.new_requested.connect(self.add)
        page.back_requested.connect(self.left)
        page.choice_requested.connect(self.choice_requested)
        editor.edited.connect(self._on_edited)
        editor.save_requested.connect(self.save)
        editor.changes_requested.connect(self.show_changes)
        editor.leave_requested.connect(self._let_go)
        editor.remove_plan_requested.connect(self._remove)
        editor.preview.asked.connect(self._on_time)

    # ---- what the window asks

    def show(self) -> None:
        """Go there; what is shown is read again."""
        if self._plans is None:
            self.page.show_loading()
        self._shell.show_beside_rail(self.page)
        self._shell.rail.show_place(Place.SETTINGS)
        self.page.editor.line.setFocus()
        self.read()

    @property
    def is_shown(self) -> bool:
        """True while the page is in sight."""
        return self._shell.shows(self.page)

    def press(self, action: Action) -> bool:
        """What a key of the window means here; False where it means nothing."""
        if not self.is_shown:
            return False
        editor = self.page.editor
        deeds: dict[Action, Callable[[], object]] = {
            Action.NEXT: self._enter,
            Action.SAVE_FILES: self.save,
            Action.NEW_LEAD: editor.add_step,
            Action.BACK: self._step_back,
        }
        if action is Action.REVIEW and self._shown in self._edits and self.changes:
            deeds[action] = self.show_changes
        if action in deeds:
            deeds[action]()
        return action in deeds

    def _enter(self) -> None:
        if not self.page.press_failure():
            self.page.editor.enter()

    def _step_back(self) -> None:
        if self._shown in self._edits:
            self._let_go()
        else:
            self.left.emit()

    # ---- reading

    def read(self) -> None:
        """Read the plans again; edits stay."""
        desk = self._desk  # its plans are made by the thread that reads them
        self._tasks.run(lambda: desk.plans.show(), self.show_read, self._on_not_read)  # noqa: PLW0108

    def show_read(self, plans: Plans) -> None:
        """Show plans that were read; edits stay, and so does the plan that is looked at."""
        self._plans = plans
        self._kept = {view.plan.name: draft_of(view.plan) for view in plans.plans}
        if self._shown not in self._drafts:
            first = next((view.plan.name for view in plans.plans if view.starts_for), "")
            self._shown = first or next(iter(self._drafts), "")
        self._show()

    def _on_not_read(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            self._failed(error)
            error = LeadDeskError("The plans could not be read.", "Your leads are safe; try it again.")
        self.page.show_failure(error.sentence, error.mend, self.read)

    @property
    def _drafts(self) -> dict[str, PlanDraft]:
        return {**self._kept, **self._edits}

    def _view(self) -> PlanView | None:
        views = self._plans.plans if self._plans is not None else ()
        return next((view for view in views if view.plan.name == self._shown), None)

    def _show(self) -> None:
        if self._plans is None:
            return
        drafts, view = self._drafts, self._view()
        self.page.show_plans(self._plans, drafts, set(self._edits), self._shown)
        draft = drafts.get(self._shown)
        if draft is None:
            return
        self.page.editor.show_draft(
            draft,
            starts_for=view.starts_for if view is not None else "",
            is_changed=self._shown in self._edits,
            may_remove=view is not None and view.is_own and self._shown not in self._edits,
        )
        self._wanted = draft, self._shown if view is not None else "", self._when
        self._looks.read()

    def _look(self) -> Read:
        assert self._wanted is not None
        draft, was, when = self._wanted
        look: PlanLook | str
        try:
            look = self._desk.plans.look(draft, when)
        except Usage as wrong:
            look = wrong.sentence
        return draft, look, self._desk.plans.changes(draft, was) if was else ()

    def _on_look(self, read: Read) -> None:
        draft, look, changes = read
        editor = self.page.editor
        if draft != editor.draft:
            return
        self.changes = changes
        if isinstance(look, str):
            editor.preview.show_wrong(look)
        else:
            editor.preview.show_look(draft, look, self._desk.clock.zone())
        editor.show_saving(self._saving(), has_changes=bool(changes))

    def _saving(self) -> str:
        view = self._view()
        if self._shown not in self._edits:
            leads = view.leads if view is not None else 0
            return f"{leads:,} lead{' is' if leads == 1 else 's are'} on this plan." if leads else ""
        return wording.saving(view.leads if view is not None else 0, self.changes)

    # ---- what the person does

    def choose(self, name: str) -> None:
        """Show another plan; what was edited in this one waits there."""
        self._shown = name
        self.page.editor.line.chosen = 0
        self._show()

    def add(self) -> None:
        """A new plan, without an end yet."""
        names = [_NEW, *(f"{_NEW} {n}" for n in range(2, 100))]
        name = next(each for each in names if each not in self._drafts)
        self._edits[name] = new_draft(name)
        self.choose(name)
        self.page.editor.name.setFocus()
        self.page.editor.name.selectAll()

    def _on_edited(self, draft: PlanDraft) -> None:
        self._edits[self._shown] = draft
        if draft == self._kept.get(self._shown):
            del self._edits[self._shown]
        self._show()

    def _on_time(self, words: str) -> None:
        if words != self._when:
            self._when = words
            self._show()

    def _let_go(self) -> None:
        """The plan stands as it was; a new one is gone."""
        self._edits.pop(self._shown, None)
        if self._shown not in self._kept:
            self._shown = next(iter(self._kept), "")
        self._show()

    def save(self) -> None:
        """Save the plan; first it is said whose next step becomes another."""
        draft = self._edits.get(self._shown)
        if draft is None or cannot(draft):
            return
        was = self._shown if self._shown in self._kept else ""
        if not was:
            self._save(draft, was, takes_along=False)
            return
        desk = self._desk
        self._tasks.run(
            lambda: desk.plans.changes(draft, was),
            lambda changes: self._on_changes(draft, was, changes),
            self._on_not_saved,
        )

    def show_changes(self) -> None:
        """Whose next step saving makes another; from there it can be saved."""
        draft = self._edits.get(self._shown)
        if draft is not None and not cannot(draft):
            self._ask(draft, self._shown, self.changes)

    def _on_changes(self, draft: PlanDraft, was: str, changes: tuple[Change, ...]) -> None:
        if draft != self._edits.get(self._shown):
            return
        if changes:
            self._ask(draft, was, changes)
        else:
            self._save(draft, was, takes_along=True)

    def _ask(self, draft: PlanDraft, was: str, changes: tuple[Change, ...]) -> None:
        view = self._view()
        words = wording.saving(view.leads if view is not None else 0, changes)
        sheet = ChangesSheet(draft.name, words, changes, self._desk.clock.zone())

        def save(takes_along: bool) -> None:
            self._shell.sheets.close_sheet()
            self._save(draft, was, takes_along=takes_along)

        sheet.save_requested.connect(save)
        self._shell.sheets.open(sheet)

    def _save(self, draft: PlanDraft, was: str, *, takes_along: bool) -> None:
        desk, key = self._desk, self._shown
        self._tasks.run(
            lambda: desk.plans.save(draft, was, take_along=takes_along),
            lambda plan: self._on_saved(key, plan.name),
            self._on_not_saved,
        )

    def _on_saved(self, key: str, name: str) -> None:
        self._edits.pop(key, None)
        if self._shown == key:
            self._shown = name
        self.said.emit(f"The plan {name} is saved.")
        self.changed.emit()
        self.read()

    def _on_not_saved(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            self._failed(error)
            return
        self.page.editor.show_wrong(f"Not saved. {error.whole}")

    def _remove(self) -> None:
        view = self._view()
        if view is None:
            return
        name, desk = view.plan.name, self._desk
        back = " The one that LeadDesk brings comes back." if view.is_shipped else ""
        detail = f"Leads that are on it go on as they are.{back}"
        if ask(self._shell, f"Remove your plan {name}?", detail, "Remove it", "Keep it") is Answer.YES:
            self._tasks.run(lambda: desk.plans.remove(name), lambda _: self._on_removed(name), self._failed)

    def _on_removed(self, name: str) -> None:
        self.said.emit(f"Your plan {name} is removed.")
        self.read()
