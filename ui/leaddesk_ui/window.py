"""The window: its places, its keys, and what is said in it. Its parts join themselves to it in `parts`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.queue import QueueView

from .keys import Action
from .rail import Place
from .shell import Shell
from .tasks import Tasks
from .theme import Theme
from .today.page import TodayPage
from .workbench import Workbench

if TYPE_CHECKING:
    from .account.page import AccountPage
    from .errands import Errands
    from .first_day import FirstDay
    from .folder_choice import FolderChoice
    from .forms.forming import Forming
    from .hearing import Hearing
    from .importing import Importing
    from .lead.contacting import Contacting
    from .lead.page import LeadPage
    from .lead.sameness import Sameness
    from .listing import Listing
    from .needs import Desk
    from .overdue import OverdueWork
    from .planning import Planning
    from .reviewing import Reviewing
    from .settings.page import SettingsPage
    from .taking_in import TakingIn
    from .teaching import Teaching
    from .troubles import Troubles
    from .waiting import Waiting
    from .watching import Watching
    from .window_sheets import WindowSheets
_IN_SET_UP = frozenset((Action.BACK, Action.NEXT, Action.KEYS))
"""Keys that work while a page without rail fills the window: nothing is done to what is not seen."""


class Window(Shell):
    """Joins the pages of an open desk. Each page gets only the subjects that it uses."""

    quit_requested = Signal()
    today: TodayPage
    lead: LeadPage
    bench: Workbench
    settings: SettingsPage
    set_up: AccountPage
    troubles: Troubles
    waiting: Waiting
    errands: Errands
    sameness: Sameness
    contacting: Contacting
    hearing: Hearing
    forming: Forming
    asks: WindowSheets
    taking_in: TakingIn
    teaching: Teaching
    importing: Importing
    listing: Listing
    folders: FolderChoice
    first_day: FirstDay
    reviewing: Reviewing
    overdue: OverdueWork
    watching: Watching
    planning: Planning | None = None

    def __init__(
        self, theme: Theme, tasks: Tasks, failed: Callable[[Exception], None], mark: str = ""
    ) -> None:
        super().__init__(theme, mark)
        self.tasks, self._failed = tasks, failed
        tasks.tell_failures_to(self.fail)
        self._desk: Desk | None = None
        self.left_width: int | None = None
        self.pressed.connect(self._on_pressed)
        self.place_chosen.connect(self.go)
        self.seen_changed.connect(self._on_seen)

    def show_queue(self, desk: Desk, view: QueueView, *, at_once: bool = True) -> None:
        """Show the queue of an open desk; the rest comes with `complete`, once this is painted.

        Not `at_once`: it is built, and something else is shown first.
        """
        self.today = TodayPage(
            desk.queue,
            lambda words: desk.leads.find(words),  # noqa: PLW0108 - leads are loaded by the first search
            desk.clock,
            self.tasks,
            self.theme,
        )
        self.bench = Workbench(self.today, desk.clock, self.theme)
        if self.left_width is not None:
            self.bench.set_left_width(self.left_width)
        self.put_page(Place.TODAY, self.bench)
        self.today.show_view(view)
        if at_once:
            self.show_place(Place.TODAY)
            self.today.list.setFocus()

    def complete(self, desk: Desk, *, set_up: bool = False) -> None:
        """Build what the first paint did without, and join it all; a new desk begins with its set-up."""
        from .parts import join  # noqa: PLC0415 - no part of the first paint

        self._desk = desk
        join(self, desk)
        self.put_banner(self.troubles.banner)
        self.bench.put_lead(self.lead)
        if set_up:
            self.show_set_up()
        self.read_standing()
        self.waiting.read()
        self.overdue.look()

    def show_failure(self, sentence: str, mend: str) -> None:
        """The data cannot be used: no key leads back to it."""
        self._desk = None
        super().show_failure(sentence, mend)

    @property
    def first_seen(self) -> QWidget:
        """What must be painted before the window counts as shown."""
        return self.today.list.viewport() if self.today.list.rows.rowCount() else self.content

    # ---- places

    def go(self, place: Place) -> None:
        """Go to a place; its page is built when it is first asked for."""
        if place is Place.LEADS and self._desk is not None:
            self.listing.show()
            return
        if place is Place.SETTINGS and not self.has_page(place) and self._desk is not None:
            from .window_settings import settings_page  # noqa: PLC0415 - not part of the start

            self.settings = settings_page(self, self._desk)
            self.put_page(place, self.settings)
        if place is Place.REVIEW and not self.has_page(place) and self._desk is not None:
            self._build_review(self._desk)
        if self.has_page(place):
            self.show_place(place)
            if place is Place.REVIEW:
                self.reviewing.open()

    def _build_review(self, desk: Desk) -> None:
        from .reviewing import Reviewing  # noqa: PLC0415 - not part of the start

        self.reviewing = Reviewing(desk, self.tasks, self.theme, self.sheets, self.fail, self)
        self.reviewing.lead_wanted.connect(self.mend)
        self.reviewing.unscheduled_requested.connect(self.listing.show_unscheduled)
        self.reviewing.leave_requested.connect(lambda: self.show_place(Place.TODAY))
        self.put_page(Place.REVIEW, self.reviewing.page)

    def show_plans(self) -> None:
        """Go to the plans of follow-ups; the page is built when it is first asked for."""
        if self._desk is None:
            return
        if self.planning is None:
            from .planning import Planning  # noqa: PLC0415 - not part of the start

            self.planning = planning = Planning(self._desk, self.tasks, self, self.fail)
            planning.said.connect(self.toast.say)
            planning.changed.connect(self.refresh)
            planning.left.connect(lambda: self.go(Place.SETTINGS))
            planning.choice_requested.connect(self._show_plan_choice)
        self.planning.show()

    def _show_plan_choice(self) -> None:
        from leaddesk.words.settings import CADENCE_PLANS  # noqa: PLC0415 - loaded by now

        self.go(Place.SETTINGS)
        self.settings.when_read(lambda: self.settings.open_at(CADENCE_PLANS.key))

    def show_set_up(self) -> None:
        """Show the account page, without the rail."""
        if self._desk is None:
            return
        from .account.page import AccountPage  # noqa: PLC0415 - not part of the start

        page = AccountPage(self._desk.accounts, self._desk.clock, self.tasks, self.theme)
        page.done.connect(self.begin_with)
        page.autostart_chosen.connect(self.errands.start_at_login)
        page.folders_requested.connect(self.folders.of_new)
        page.left.connect(lambda: self.show_place(Place.TODAY))
        self.set_up = page
        self.show_whole(page)
        page.begin()

    def open_lead(self, lead: int) -> None:
        """Show a lead, wherever we are."""
        if self.place is not Place.TODAY:
            self.show_place(Place.TODAY)
        self.bench.open_lead(lead)

    def reply_to(self, lead: int) -> None:
        """Show a lead with the composer open, as a notification's button asks."""
        self.open_lead(lead)
        self.lead.do_when_shown(Action.REPLY)

    def mend(self, lead: int, action: Action | None) -> None:
        """Show a lead with the step ready that mends what was done wrong."""
        self.open_lead(lead)
        if action is not None:
            self.lead.do_when_shown(action)

    # ---- what the person did

    def _on_pressed(self, action: Action) -> None:
        if action is Action.QUIT:
            self.quit_requested.emit()
        elif self._desk is not None and (not self.rail.isHidden() or action in _IN_SET_UP):
            self._press(action)

    def _press(self, action: Action) -> None:
        if self.planning is not None and self.planning.press(action):
            return
        everywhere: dict[Action, Callable[[], object]] = {
            Action.BACK: self._on_back,
            Action.KEYS: self.asks.keys,
            Action.ALL_LEADS: lambda: self.go(Place.LEADS),
            Action.NEW_LEAD: self.taking_in.new_lead,
            Action.PASTE: self.taking_in.paste,
            Action.IMPORT: self.importing.show,
            Action.SOURCES: lambda: self.forming.ask_sources(self.lead.lead),
            Action.OVERDUE: self.overdue.ask,
            Action.UNDO: self._undo,
            Action.PLANS: self.show_plans,
            Action.REVIEW: lambda: self.go(Place.REVIEW),
            Action.SETTINGS: lambda: self.go(Place.SETTINGS),
            Action.TAKE_BACK: lambda: self.lead.do(Action.TAKE_BACK),
        }
        if action in everywhere:
            everywhere[action]()
        elif self._press_focused(action) or self._press_page(action):
            return
        elif self.place is Place.TODAY:
            self.bench.press(action)
        elif action is Action.FIND and self.place is Place.SETTINGS:
            self.settings.press_find()
        elif action is Action.FIND:
            self.show_place(Place.TODAY)
            self.bench.press(action)

    def _press_page(self, action: Action) -> bool:
        """What a key means on a page that is no place of its own; False where none is in sight."""
        if self.has_page(Place.REVIEW) and self.reviewing.press(action):
            return True
        if self.listing.press(action):
            return True
        return (action is Action.NEXT and self.importing.enter()) or self.first_day.press(action)

    def _press_focused(self, action: Action) -> bool:
        """Enter presses the button that has the focus, as people expect."""
        focused = QApplication.focusWidget()
        if action is Action.NEXT and isinstance(focused, QAbstractButton):
            focused.click()
            return True
        return False

    def _undo(self) -> None:
        if not self.first_day.undo() and not self.taking_in.undo():
            self.errands.undo()

    def _on_back(self) -> None:
        if self.first_day.step_back():
            return
        if self.importing.step_back() or self.listing.step_back():
            return
        if self.place is Place.TODAY:
            self.bench.back()
        else:
            self.show_place(Place.TODAY)

    def say_done(self, sentence: str, undoable: bool) -> None:
        """Say what the person did; an undo means this from now on."""
        self.errands.forget_rescue()
        self.first_day.forget()
        self.taking_in.forget()
        self.toast.say(sentence, undoable)
        self.refresh()

    def show_added(self, lead: int, said: str) -> None:
        """Show a lead that was entered by hand."""
        self.toast.say(said)
        self.today.refresh()
        self.open_lead(lead)

    def ask_for_account(self) -> None:
        """Nothing goes out without an account: show the set-up, and say why."""
        self.show_set_up()
        self.toast.say("An answer goes out from your own mail account: add it here first.")

    def begin_with(self, said: str) -> None:
        """An account was added: its past is offered."""
        self.show_place(Place.TODAY)
        self.toast.say(said)
        self.read_standing()
        self.first_day.begin()

    # ---- what changed

    def refresh(self) -> None:
        """Read again what shows the queue, or figures of it."""
        self.today.refresh()
        self.first_day.refresh()
        if self.has_page(Place.REVIEW):
            self.reviewing.refresh()
        self.listing.refresh()
        self.waiting.read()

    def reload(self, leads: set[int]) -> None:
        """Read the lead that is shown again, where it is one of these."""
        if self.lead.lead in leads:
            self.lead.reload()

    def read_standing(self) -> None:
        """Read again how connections stand, and what needs a person."""
        self.troubles.read()
        self.watching.read()

    def _on_seen(self) -> None:
        if self._desk is not None:
            self.troubles.cards_seen(self.place is Place.TODAY and not self.bench.covers)

    def fail(self, error: Exception) -> None:
        """A failure that can be told is told; any other is ours."""
        if isinstance(error, LeadDeskError):
            self.toast.say(error.whole)
        else:
            self._failed(error)
