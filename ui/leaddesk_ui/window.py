"""The window: the only file that knows all pages. Pages signal, the window connects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from leaddesk.words.account import Connection
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.news import (
    AccountsChanged,
    ConnectionChanged,
    FirstSyncDone,
    LeadChanged,
    News,
    OutgoingChanged,
    SettingsChanged,
    TroubleChanged,
)
from leaddesk.words.settings import THEME
from leaddesk.words.views import QueueView

from .errands import Errands
from .keys import Action
from .rail import Place
from .shell import Shell
from .split import Split
from .states import LoadingLead
from .tasks import Latest, Tasks
from .theme import Theme
from .times import hour
from .today.page import TodayPage
from .troubles import Troubles
from .waiting import Waiting
from .window_sheets import WindowSheets

if TYPE_CHECKING:
    from .account.page import AccountPage
    from .lead.page import LeadPage
    from .needs import Desk
    from .settings.page import SettingsPage


_ON_A_LEAD = frozenset(
    (
        Action.REPLY,
        Action.CALLED,
        Action.NOTE,
        Action.SNOOZE,
        Action.CLOSE,
        Action.NOT_A_LEAD,
        Action.GOT_IT,
    )
)
"""Keys that mean the chosen lead, also while a narrow window shows only the queue."""


class Window(Shell):
    """Joins the pages of an open desk. Each page gets only the subjects that it uses."""

    quit_requested = Signal()

    def __init__(
        self, theme: Theme, tasks: Tasks, failed: Callable[[Exception], None], mark: str = ""
    ) -> None:
        super().__init__(theme, mark)
        self._tasks, self._failed = tasks, failed
        tasks.tell_failures_to(self._on_failed)
        self._desk: Desk | None = None
        self._opens_first = True
        self.lead: LeadPage
        self.settings: SettingsPage
        self.set_up: AccountPage
        self.left_width: int | None = None
        self.pressed.connect(self._on_pressed)
        self.place_chosen.connect(self.go)
        self.seen_changed.connect(self._on_seen)
        self.show_loading()

    def show_queue(self, desk: Desk, view: QueueView) -> None:
        """Show the queue of an open desk; the rest comes with `complete`, once this is painted."""
        self.today = TodayPage(desk.queue, desk.leads, desk.clock, self._tasks, self.theme)
        self.split = Split(self.today, LoadingLead(self.theme))
        if self.left_width is not None:
            self.split.set_left_width(self.left_width)
        self.put_page(Place.TODAY, self.split)
        self.today.show_view(view)
        self.show_place(Place.TODAY)
        self.today.list.setFocus()

    def complete(self, desk: Desk, *, set_up: bool = False) -> None:
        """Build what the first paint did without, and join it all; a new desk begins with its set-up."""
        from .lead.page import LeadPage  # noqa: PLC0415 - after the first paint

        self._desk = desk
        self.lead = LeadPage(
            desk.leads,
            desk.reply,
            desk.calls,
            desk.decide,
            desk.receive,
            desk.clock,
            self._tasks,
            self.theme,
        )
        self.split.put_right(self.lead)
        self.troubles = Troubles(desk.health, self._tasks, self.today.troubles_layout, self._on_failed, self)
        self.waiting = Waiting(
            desk.alerts, desk.clock, self._tasks, self.setWindowTitle, self._on_failed, self.mark, self
        )
        self.errands = Errands(desk, self._tasks, self._on_failed, self)
        self.asks = WindowSheets(desk, self._tasks, self.sheets)
        self._connections = Latest(
            self._tasks, desk.health.connections, self._on_connections, self._on_failed
        )
        self._connect()
        self.put_banner(self.troubles.banner)
        if set_up:
            self.show_set_up()
        if self.today.view is not None:
            self._on_view(self.today.view)
        self._read_all()

    def _connect(self) -> None:
        self.today.lead_chosen.connect(self._on_chosen)
        self.today.lead_opened.connect(self.open_lead)
        self.today.rescue_requested.connect(self.errands.rescue)
        self.today.new_lead_requested.connect(self.asks.new_lead)
        self.today.view_shown.connect(self._on_view)
        self.lead.done.connect(self._on_done)
        self.lead.next_requested.connect(self.errands.next_after)
        self.lead.back_requested.connect(self._show_queue)
        self.lead.said.connect(self.toast.say)
        for page in (self.today, self.lead):
            page.raw_requested.connect(self.asks.raw)
        self.listen_to(self.lead.sheets)
        self.closing.connect(self.lead.files.close)
        self.split.narrow_changed.connect(self._on_narrow)
        self.asks.added.connect(self._on_added)
        self.asks.signed_in.connect(self.troubles.read)
        self.troubles.password_requested.connect(self.asks.password)
        self.troubles.unlock_requested.connect(self.asks.unlock)
        self.troubles.unsure_requested.connect(self.errands.lead_of)
        self.troubles.done.connect(self.today.refresh)
        self.errands.said.connect(self.toast.say)
        self.errands.changed.connect(self._on_changed)
        self.errands.lead_wanted.connect(self.open_lead)
        self.errands.nobody_left.connect(self._nobody_left)

    @property
    def first_seen(self) -> QWidget:
        """What must be painted before the window counts as shown."""
        return self.today.list.viewport() if self.today.list.rows.rowCount() else self.content

    # ---- places

    def go(self, place: Place) -> None:
        """Go to a place; its page is built when it is first asked for."""
        if place is Place.SETTINGS and not self.has_page(place) and self._desk is not None:
            from .settings.page import SettingsPage  # noqa: PLC0415 - not part of the start

            desk = self._desk
            page = SettingsPage(desk.config, desk.accounts, desk.health, self._tasks, self.theme)
            page.account_requested.connect(self.show_set_up)
            page.theme_chosen.connect(self.theme.choose)
            page.said.connect(self.toast.say)
            self.settings = page
            self.put_page(place, page)
        if self.has_page(place):
            self.show_place(place)

    def show_set_up(self) -> None:
        """Show the account page, without the rail."""
        if self._desk is None:
            return
        from .account.page import AccountPage  # noqa: PLC0415 - not part of the start

        page = AccountPage(self._desk.accounts, self._desk.clock, self._tasks, self.theme)
        page.done.connect(self._on_account)
        page.left.connect(lambda: self.show_place(Place.TODAY))
        self.set_up = page
        self.show_whole(page)
        page.begin()

    def open_lead(self, lead: int) -> None:
        """Show a lead; in a narrow window it covers the queue."""
        if self.place is not Place.TODAY:
            self.show_place(Place.TODAY)
        self.split.open_right(True)
        self.today.list.keep(lead)
        self.lead.open(lead)
        if self.split.covers:
            self.lead.setFocus()
        self._on_narrow()

    def reply_to(self, lead: int) -> None:
        """Show a lead with the composer open, as a notification's button asks."""
        self.open_lead(lead)
        self.lead.do_when_shown(Action.REPLY)

    def _show_queue(self) -> None:
        self.split.open_right(False)
        self.today.list.setFocus()
        self._on_narrow()

    # ---- news

    def take_news(self, batch: tuple[News, ...]) -> None:
        """Read again what the news is about."""
        kinds = {type(item) for item in batch}
        self.today.refresh()
        self.waiting.read()
        leads = {item.lead for item in batch if isinstance(item, LeadChanged | OutgoingChanged)}
        if self.lead.lead in leads:
            self.lead.reload()
        if kinds & {TroubleChanged, ConnectionChanged, AccountsChanged}:
            self.troubles.read()
            self._connections.read()
        for item in batch:
            self._tell(item)

    def _tell(self, item: News) -> None:
        if isinstance(item, FirstSyncDone):
            waiting = item.enquiries - item.answered
            self.toast.say(
                f"The last 72 hours were read: {item.enquiries} enquiries, {waiting} without an answer."
            )
        elif isinstance(item, SettingsChanged) and item.key == "window.theme":
            self._read_theme()

    def _read_all(self) -> None:
        self.troubles.read()
        self.waiting.read()
        self._connections.read()

    def tell_gap(self, gap: tuple[datetime, datetime] | None) -> None:
        """Say when nobody watched, once."""
        desk = self._desk
        if desk is None or gap is None:
            return
        zone = desk.clock.zone()
        begun, ended = (f"{at.astimezone(zone):%a} {hour(at, zone)}" for at in gap)
        self.toast.say(f"Not watching {begun} to {ended}. What came in that time is here now.")
        self._tasks.run(desk.health.gap_told, lambda _: None)

    def _on_connections(self, connections: tuple[Connection, ...]) -> None:
        self.today.show_connections(connections)

    # ---- what the person did

    def _on_pressed(self, action: Action) -> None:
        if self._desk is None:
            if action is Action.QUIT:
                self.quit_requested.emit()
            return
        everywhere: dict[Action, Callable[[], object]] = {
            Action.BACK: self._on_back,
            Action.KEYS: self.asks.keys,
            Action.NEW_LEAD: self.asks.new_lead,
            Action.UNDO: self.errands.undo,
            Action.SETTINGS: lambda: self.go(Place.SETTINGS),
            Action.QUIT: self.quit_requested.emit,
            Action.TAKE_BACK: lambda: self.lead.do(Action.TAKE_BACK),
            Action.FIND: lambda: self._in_queue(self.today.open_search),
        }
        if action in everywhere:
            everywhere[action]()
        elif not self._press_focused(action) and self.place is Place.TODAY:
            self._on_today(action)

    def _on_today(self, action: Action) -> None:
        listed: dict[Action, Callable[[], object]] = {
            Action.DOWN: lambda: self.today.step(1),
            Action.UP: lambda: self.today.step(-1),
            Action.NOT_LEADS: lambda: self._in_queue(self.today.open_put_away),
            Action.KNOWN: lambda: self._in_queue(self.today.open_known),
        }
        if action in listed:
            listed[action]()
        elif self.split.covers:
            self.lead.do(action)
        elif action is Action.NEXT and self.today.enter():
            return
        elif action is Action.NEXT and self.split.is_narrow:
            self._open_chosen()
        elif self.split.is_narrow and action in _ON_A_LEAD:
            self._open_chosen()
            self.lead.do_when_shown(action)
        elif action is Action.RAW and self.today.mail is not None:
            self.asks.raw(self.today.mail)
        else:
            self.lead.do(action)

    def _press_focused(self, action: Action) -> bool:
        """Enter presses the button that has the focus, as people expect."""
        focused = QApplication.focusWidget()
        if action is Action.NEXT and isinstance(focused, QAbstractButton):
            focused.click()
            return True
        return False

    def _open_chosen(self) -> None:
        if self.today.list.lead is not None:
            self.open_lead(self.today.list.lead)

    def _in_queue(self, show: Callable[[], None]) -> None:
        if self.place is not Place.TODAY:
            self.show_place(Place.TODAY)
        self.split.open_right(False)
        show()

    def _on_back(self) -> None:
        if self.place is not Place.TODAY:
            self.show_place(Place.TODAY)
        elif self.lead.step_back():
            return
        elif self.split.covers:
            self._show_queue()
        else:
            self.today.back()

    def _on_chosen(self, lead: int) -> None:
        if not self.split.is_narrow:
            self.lead.open(lead)

    def _on_done(self, lead: int, sentence: str, undoable: bool) -> None:
        self.errands.forget_rescue()
        self.toast.say(sentence, undoable)
        self._on_changed()

    def _on_added(self, lead: int, said: str) -> None:
        self.toast.say(said)
        self.today.refresh()
        self.open_lead(lead)

    def _on_account(self, said: str) -> None:
        self.show_place(Place.TODAY)
        self.toast.say(said)
        self._read_all()

    # ---- what changed

    def _on_view(self, view: QueueView) -> None:
        if self._opens_first and view.rows and not self.split.is_narrow:
            self._opens_first = False
            self.today.list.keep(view.rows[0].lead)
            self.lead.open(view.rows[0].lead)
        self._show_who_waits()

    def _on_changed(self) -> None:
        self.today.refresh()
        self.waiting.read()

    def _on_narrow(self) -> None:
        self.lead.cover(self.split.covers)
        self._on_seen()
        self._show_who_waits()

    def _on_seen(self) -> None:
        if self._desk is not None:
            self.troubles.cards_seen(self.place is Place.TODAY and not self.split.covers)

    def _show_who_waits(self) -> None:
        desk, view = self._desk, self.today.view
        if desk is None or view is None:
            return
        others = [row for row in view.rows if row.lead != self.lead.lead]
        name, waited = (others[0].name, others[0].waited(desk.clock.now())) if others else ("", timedelta())
        self.lead.header.show_waiting(name, waited)

    def _nobody_left(self) -> None:
        self.lead.show_nobody()
        self._show_queue()

    def _read_theme(self) -> None:
        desk = self._desk
        if desk is not None:
            self._tasks.run(lambda: desk.config.get(THEME), self.theme.choose, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        """A failure that can be told is told; any other is ours."""
        if isinstance(error, LeadDeskError):
            self.toast.say(f"{error.sentence} {error.mend}".strip())
        else:
            self._failed(error)
