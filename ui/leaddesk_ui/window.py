"""The window: the only file that knows all pages. Pages signal, the window connects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.queue import QueueView
from leaddesk.words.settings import CADENCE_PLANS

from .deferred import deferred
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
    planning: Planning | None = None

    def __init__(
        self, theme: Theme, tasks: Tasks, failed: Callable[[Exception], None], mark: str = ""
    ) -> None:
        super().__init__(theme, mark)
        self._tasks, self._failed = tasks, failed
        tasks.tell_failures_to(self._on_failed)
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
            self._tasks,
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
        from .errands import Errands  # noqa: PLC0415 - these are no part of the first paint
        from .first_day import FirstDay  # noqa: PLC0415
        from .folder_choice import FolderChoice  # noqa: PLC0415
        from .forms.forming import Forming  # noqa: PLC0415
        from .hearing import Hearing  # noqa: PLC0415
        from .importing import Importing  # noqa: PLC0415
        from .lead.contacting import Contacting  # noqa: PLC0415
        from .lead.sameness import Sameness  # noqa: PLC0415
        from .listing import Listing  # noqa: PLC0415
        from .overdue import OverdueWork  # noqa: PLC0415
        from .taking_in import TakingIn  # noqa: PLC0415
        from .teaching import Teaching  # noqa: PLC0415
        from .troubles import Troubles  # noqa: PLC0415
        from .waiting import Waiting  # noqa: PLC0415
        from .watching import Watching  # noqa: PLC0415
        from .window_sheets import WindowSheets  # noqa: PLC0415

        self._desk = desk
        self.lead = self._build_lead(desk)
        tasks, failed = self._tasks, self._on_failed
        cards = self.today.troubles_layout
        self.troubles = Troubles(desk.health, desk.accounts, tasks, cards, failed, self)
        self.waiting = Waiting(desk.alerts, desk.clock, tasks, self.setWindowTitle, failed, self.mark, self)
        self.errands = Errands(desk, tasks, failed, self)
        same, find = (lambda: desk.same), (lambda words: desk.leads.find(words))  # noqa: PLW0108 - made late
        self.sameness = Sameness(same, find, tasks, self.lead.same, self.lead.sheets)
        contact, team = (lambda: desk.contact), (lambda: desk.team)
        self.contacting = Contacting(contact, team, tasks, self.lead.contact, self.lead.sheets)
        self.hearing = Hearing(desk, tasks, failed, self)
        self.asks = WindowSheets(desk, tasks, self.sheets, self.theme)
        self.forming = Forming(desk, tasks, failed, self.sheets, self.theme)
        self.folders = FolderChoice(desk.accounts, tasks, self.sheets)
        self.first_day = FirstDay(desk, tasks, self.theme, self.show_beside_rail, failed, self)
        self.taking_in = TakingIn(desk, tasks, self.sheets, failed)
        self.teaching = Teaching(desk, tasks, self.sheets)
        self.importing = Importing(desk, tasks, failed, self.taking_in, self)
        self.listing = Listing(desk, tasks, failed, self)
        self.overdue = OverdueWork(desk, tasks, self.sheets, self.theme, failed)
        self.watching = Watching(desk, tasks, failed, self)
        self._connect_pages()
        self._connect_parts()
        self.put_banner(self.troubles.banner)
        self.bench.put_lead(self.lead)
        if set_up:
            self.show_set_up()
        self._read_standing()
        self.waiting.read()
        self.overdue.look()

    def _build_lead(self, desk: Desk) -> LeadPage:
        from .lead.page import LeadPage  # noqa: PLC0415 - after the first paint

        return LeadPage(
            desk.leads,
            deferred(lambda: desk.reply),
            deferred(lambda: desk.calls),
            deferred(lambda: desk.decide),
            deferred(lambda: desk.following),
            deferred(lambda: desk.receive),
            desk.clock,
            self._tasks,
            self.theme,
        )

    def _connect_pages(self) -> None:
        self.today.rescue_requested.connect(self.errands.rescue)
        for asks in (self.today, self.bench):
            asks.teach_requested.connect(self.teaching.by_mail)
        self.lead.teach_requested.connect(self.teaching.by_lead)
        self.teaching.done.connect(self._on_done)
        self.today.new_lead_requested.connect(self.taking_in.new_lead)
        self.lead.done.connect(self._on_done)
        self.lead.shown.connect(self.sameness.read)
        self.lead.same_requested.connect(self.sameness.ask)
        self.lead.contact_requested.connect(self.contacting.ask)
        self.contacting.done.connect(self._on_done)
        self.contacting.said.connect(self.toast.say)
        self.contacting.moved.connect(self.bench.open_lead)
        self.sameness.done.connect(self._on_done)
        self.sameness.said.connect(self.toast.say)
        self.sameness.moved.connect(self.bench.open_lead)
        self.lead.register_requested.connect(self.forming.register)
        self.lead.sources_requested.connect(self.forming.ask_sources)
        for points in (self.lead, self.bench):
            points.point_requested.connect(self.forming.teach)
        self.forming.said.connect(self.toast.say)
        self.forming.changed.connect(self._on_formed)
        self.lead.next_requested.connect(self.errands.next_after)
        self.lead.said.connect(self.toast.say)
        self.lead.account_requested.connect(self._on_no_account)
        for page in (self.today, self.lead, self.bench):
            page.raw_requested.connect(self.asks.raw)
        self.listen_to(self.lead.sheets)
        self.closing.connect(self.lead.files.close)
        self.bench.seen_changed.connect(self._on_seen)

    def _connect_parts(self) -> None:
        self.watching.read_again.connect(self.today.show_connections)
        self.taking_in.added.connect(self._on_added)
        self.taking_in.lead_wanted.connect(self.open_lead)
        self.taking_in.said.connect(self.toast.say)
        self.taking_in.changed.connect(self._on_changed)
        self.taking_in.tables_dropped.connect(self.importing.open)
        self.today.import_requested.connect(self.importing.show)
        self.listing.lead_wanted.connect(self.open_lead)
        self.listing.new_lead_requested.connect(self.taking_in.new_lead)
        self.importing.said.connect(self.toast.say)
        self.importing.changed.connect(self._on_changed)
        self.taking_in.changed.connect(self.importing.refresh)
        self.today.take_requested.connect(self.first_day.take)
        self.today.let_go_requested.connect(self.first_day.let_go)
        self.today.rest_requested.connect(self.first_day.close_the_rest)
        self.first_day.said.connect(self.toast.say)
        self.first_day.changed.connect(self._on_changed)
        self.first_day.lead_wanted.connect(self.reply_to)
        self.first_day.leave_requested.connect(lambda: self.show_place(Place.TODAY))
        self.files_dropped.connect(self.taking_in.drop)
        self.closing.connect(self.taking_in.close)
        self.asks.signed_in.connect(self.troubles.read)
        self.asks.said.connect(self.toast.say)
        self.folders.said.connect(self.toast.say)
        self.folders.changed.connect(self.troubles.read)
        self.troubles.password_requested.connect(self.asks.password)
        self.troubles.unlock_requested.connect(self.asks.unlock)
        self.troubles.folder_requested.connect(self.folders.of_kept)
        self.troubles.elsewhere_requested.connect(self.errands.open_elsewhere)
        self.troubles.unsure_requested.connect(self.errands.lead_of)
        self.troubles.done.connect(self.today.refresh)
        self.overdue.said.connect(self.toast.say)
        self.overdue.changed.connect(self._on_changed)
        self.overdue.lead_wanted.connect(self.mend)
        self.errands.said.connect(self.toast.say)
        self.errands.changed.connect(self._on_changed)
        self.errands.lead_wanted.connect(self.open_lead)
        self.errands.nobody_left.connect(self.bench.show_nobody)
        self.hearing.queue_is_stale.connect(self._on_changed)
        self.hearing.leads_are_stale.connect(self._on_leads)
        self.hearing.standing_is_stale.connect(self._read_standing)
        self.hearing.said.connect(self.toast.say)
        self.hearing.alerted.connect(lambda: QApplication.alert(self))
        self.hearing.theme_chosen.connect(self.theme.choose)

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
            self.settings = self._build_settings(self._desk)
            self.put_page(place, self.settings)
        if place is Place.REVIEW and not self.has_page(place) and self._desk is not None:
            self._build_review(self._desk)
        if self.has_page(place):
            self.show_place(place)
            if place is Place.REVIEW:
                self.reviewing.open()

    def _build_review(self, desk: Desk) -> None:
        from .reviewing import Reviewing  # noqa: PLC0415 - not part of the start

        self.reviewing = Reviewing(desk, self._tasks, self.theme, self.sheets, self._on_failed, self)
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

            self.planning = planning = Planning(self._desk, self._tasks, self, self._on_failed)
            planning.said.connect(self.toast.say)
            planning.changed.connect(self._on_changed)
            planning.left.connect(lambda: self.go(Place.SETTINGS))
            planning.choice_requested.connect(self._show_plan_choice)
        self.planning.show()

    def _show_plan_choice(self) -> None:
        self.go(Place.SETTINGS)
        self.settings.when_read(lambda: self.settings.open_at(CADENCE_PLANS.key))

    def _build_settings(self, desk: Desk) -> SettingsPage:
        from .forms.forms_part import FormsPart  # noqa: PLC0415
        from .settings.holding_part import HoldingPart  # noqa: PLC0415
        from .settings.lessons import Lessons  # noqa: PLC0415 - not part of the start
        from .settings.page import SettingsPage  # noqa: PLC0415
        from .settings.templates import TemplatesPart  # noqa: PLC0415

        closed = lambda: desk.plans.next_closed()  # noqa: E731, PLW0108 - made late
        page = SettingsPage(desk.config, desk.accounts, desk.health, self._tasks, self.theme, closed)
        lessons = Lessons(lambda: desk.teach, desk.clock, self._tasks, self._on_failed)
        lessons.said.connect(self.toast.say)
        lessons.changed.connect(self._on_changed)
        page.add_group("What you taught", lessons, lessons.read)
        forms = FormsPart(lambda: desk.forms, desk.accounts, self._tasks, self._on_failed)
        forms.said.connect(self.toast.say)
        forms.teach_requested.connect(self.forming.teach)
        self.forming.changed.connect(forms.read_if_seen)
        page.add_group("Forms", forms, forms.read)
        holding = HoldingPart(lambda: desk.holding, desk.config, desk.clock, self._tasks, self._on_failed)
        holding.said.connect(self.toast.say)
        page.add_group("Holding message", holding, holding.read)
        templates = TemplatesPart(lambda: desk.templates, self._tasks, self._on_failed)
        templates.said.connect(self.toast.say)
        page.add_group("Templates", templates, templates.read)
        page.add_door("Plans", self.show_plans, "cadence steps follow-up manners preview")
        page.account_requested.connect(self.show_set_up)
        page.sign_in_requested.connect(self.asks.password)
        page.folder_requested.connect(self.folders.of_kept)
        page.audit_requested.connect(self.first_day.open)
        page.theme_chosen.connect(self.theme.choose)
        page.autostart_chosen.connect(self.errands.start_at_login)
        page.said.connect(self.toast.say)
        return page

    def show_set_up(self) -> None:
        """Show the account page, without the rail."""
        if self._desk is None:
            return
        from .account.page import AccountPage  # noqa: PLC0415 - not part of the start

        page = AccountPage(self._desk.accounts, self._desk.clock, self._tasks, self.theme)
        page.done.connect(self._on_account)
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

    def _on_done(self, sentence: str, undoable: bool) -> None:
        self.errands.forget_rescue()
        self.first_day.forget()
        self.taking_in.forget()
        self.toast.say(sentence, undoable)
        self._on_changed()

    def _on_added(self, lead: int, said: str) -> None:
        self.toast.say(said)
        self.today.refresh()
        self.open_lead(lead)

    def _on_no_account(self) -> None:
        self.show_set_up()
        self.toast.say("An answer goes out from your own mail account: add it here first.")

    def _on_account(self, said: str) -> None:
        self.show_place(Place.TODAY)
        self.toast.say(said)
        self._read_standing()
        self.first_day.begin()

    # ---- what changed

    def _on_changed(self) -> None:
        self.today.refresh()
        self.first_day.refresh()
        if self.has_page(Place.REVIEW):
            self.reviewing.refresh()
        self.listing.refresh()
        self.waiting.read()

    def _on_leads(self, leads: set[int]) -> None:
        if self.lead.lead in leads:
            self.lead.reload()

    def _on_formed(self) -> None:
        """A form or a source has changed: what shows it is read again."""
        self._on_changed()
        self.lead.reload()

    def _read_standing(self) -> None:
        self.troubles.read()
        self.watching.read()

    def _on_seen(self) -> None:
        if self._desk is not None:
            self.troubles.cards_seen(self.place is Place.TODAY and not self.bench.covers)

    def _on_failed(self, error: Exception) -> None:
        """A failure that can be told is told; any other is ours."""
        if isinstance(error, LeadDeskError):
            self.toast.say(error.whole)
        else:
            self._failed(error)
