"""The Today page: the queue, kept fresh, ticking while it can be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.queue import QueueView
from leaddesk_ui.keys import Action
from leaddesk_ui.states import LoadingRows, Plain
from leaddesk_ui.tasks import Latest, Tasks
from leaddesk_ui.theme import Theme

from .frame import TodayFrame
from .panel import Panel
from .queue_list import QueueList
from .wording import all_answered

if TYPE_CHECKING:
    from leaddesk.words.account import Connection
    from leaddesk_ui.needs import Clock, Find, Queue

    from .panels import Panels

_TICK_MS = 1000
_REFRESH_MS = 60_000
"""Due times and days pass without any news."""


class TodayPage(QFrame):
    """Shows who waits. It signals what the person chose; the window connects."""

    lead_chosen = Signal(int)
    lead_opened = Signal(int)
    rescue_requested = Signal(int)
    raw_requested = Signal(int)
    teach_requested = Signal(int)
    take_requested = Signal(int)
    let_go_requested = Signal(int)
    rest_requested = Signal()
    new_lead_requested = Signal()
    import_requested = Signal()
    view_shown = Signal(object)

    def __init__(self, queue: Queue, find: Find, clock: Clock, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self.view: QueueView | None = None
        self.list = QueueList(theme, clock.now)
        self._panels: Panels | None = None
        self._needs = (queue, find, clock, tasks, theme)
        self._frame = TodayFrame(clock)
        self._queue = self._frame.with_known(self.list)
        self._stack = QStackedWidget()
        self._loading, self._plain = LoadingRows(theme), Plain()
        self._watched = ""
        self._was_hidden = False
        self._latest = Latest(tasks, queue.today, self.show_view, self._on_failed)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._refresh = QTimer(self, interval=_REFRESH_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("ground", "clear")
        for part in (self._loading, self._queue, self._plain):
            self._stack.addWidget(part)
        self._frame.put(self._stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)

    def _connect(self) -> None:
        self._tick.timeout.connect(self._on_tick)
        self._refresh.timeout.connect(self.refresh)
        self.list.chosen.connect(self.lead_chosen)
        self.list.opened.connect(self.lead_opened)
        self._frame.find_requested.connect(self.open_search)
        self._frame.put_away_requested.connect(self.open_put_away)
        self._frame.known_requested.connect(self.open_known)
        self._frame.rescue_requested.connect(self.open_rescue)
        self._frame.new_lead_requested.connect(self.new_lead_requested)
        self._frame.import_requested.connect(self.import_requested)

    @property
    def troubles_layout(self) -> QVBoxLayout:
        """Where the window puts the cards of what needs a person."""
        return self._frame.troubles

    @property
    def mail(self) -> int | None:
        """The mail that is chosen in a list of mails, or None."""
        return self._panels.mail if self._panels else None

    @property
    def shows_queue(self) -> bool:
        """False while a search or a list of mails stands in its place."""
        return self._panels is None or self._panels.shown is None

    def refresh(self) -> None:
        """Read the queue again."""
        self._latest.read()

    def show_view(self, view: QueueView) -> None:
        """Show a queue that was read."""
        self.view = view
        self.list.show_rows(view.rows)
        self._frame.show_view(view, self.list)
        if self.shows_queue:
            self._show_queue()
        if self._panels is not None:
            self._panels.refresh()
            self._panels.show_view(view)
        self.view_shown.emit(view)

    def show_connections(self, connections: Sequence[Connection], names: Mapping[int, str]) -> None:
        """Show how the mailboxes are watched; `names` are their addresses by the account's id."""
        self._frame.lamp.show_connections(connections, names)
        self._watched = self._frame.lamp.sentence
        if self.view is not None and not self.view.rows and self.shows_queue:
            self._show_queue()

    def open_search(self, words: str = "") -> None:
        """Open the search, or go back into its field; with `words`, look for them at once."""
        self._open(Panel.FOUND)
        if words and self._panels is not None:
            self._panels.search(words)

    def open_put_away(self) -> None:
        """Show the mails that are no leads."""
        self._open(Panel.PUT_AWAY)

    def open_known(self) -> None:
        """Show the mails of people we know."""
        self._open(Panel.KNOWN)

    def open_rescue(self) -> None:
        """Show who asked before LeadDesk came and was never answered."""
        self._open(Panel.RESCUE)
        if self._panels is not None and self.view is not None:
            self._panels.show_view(self.view)

    def press(self, action: Action) -> bool:
        """What a key that means a lead means in a panel; False where it means the lead."""
        return self._panels is not None and self._panels.press(action)

    def step(self, steps: int) -> None:
        """Down or up in the list that is shown."""
        if self._panels is None or self._panels.shown is None:
            self.list.step(steps)
        else:
            self._panels.step(steps)

    def enter(self) -> bool:
        """What Enter does in a panel; False when the queue itself is shown."""
        if self._panels is None or self._panels.shown is None:
            return False
        self._panels.enter()
        return True

    def back(self) -> bool:
        """Return to the queue; False when it is shown already."""
        if self._panels is None or self._panels.shown is None:
            return False
        self._panels.close_panel()
        self._show_queue()
        self.list.setFocus()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self._on_tick()
        self._refresh.start()
        if self._was_hidden:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        self._refresh.stop()
        self._was_hidden = True

    def _on_tick(self) -> None:
        if self.shows_queue and not self.window().isMinimized():
            self.list.tick()

    def _open(self, panel: Panel) -> None:
        panels = self._panels = self._panels or self._build_panels()
        self._frame.show_around(False)
        self._stack.setCurrentWidget(panels)
        panels.open(panel)

    def _build_panels(self) -> Panels:
        from .panels import Panels  # noqa: PLC0415 - not part of the start

        panels = Panels(*self._needs)
        self._stack.addWidget(panels)
        panels.lead_chosen.connect(self.lead_chosen)
        panels.lead_opened.connect(self.lead_opened)
        panels.rescue_requested.connect(self.rescue_requested)
        panels.raw_requested.connect(self.raw_requested)
        panels.teach_requested.connect(self.teach_requested)
        panels.take_requested.connect(self.take_requested)
        panels.let_go_requested.connect(self.let_go_requested)
        panels.rest_requested.connect(self.rest_requested)
        panels.closed.connect(self.back)
        return panels

    def _show_queue(self) -> None:
        self._frame.show_around(True)
        if self.view is None:
            self._stack.setCurrentWidget(self._loading)
        elif self.view.rows:
            self._stack.setCurrentWidget(self._queue)
        else:
            self._show_empty(self.view)

    def _show_empty(self, view: QueueView) -> None:
        action, key = ("", "") if view.leads else ("New lead", "+")
        self._plain.say(*all_answered(view, self._watched), action, key, self.new_lead_requested.emit)
        self._stack.setCurrentWidget(self._plain)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        if self.view is None:
            self._plain.say(error.sentence, error.mend, "Try again", "", self.refresh)
            self._stack.setCurrentWidget(self._plain)
