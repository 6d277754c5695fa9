"""Queue and lead as one bench: what is chosen on the left opens on the right, or over the queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from leaddesk.words.queue import QueueView

from .keys import Action
from .split import Split
from .states import LoadingLead
from .theme import Theme
from .today.page import TodayPage

if TYPE_CHECKING:
    from .lead.page import LeadPage
    from .needs import Clock

_ON_A_LEAD = frozenset(
    (
        Action.REPLY,
        Action.CALLED,
        Action.TEXT,
        Action.NOTE,
        Action.SNOOZE,
        Action.CLOSE,
        Action.NOT_A_LEAD,
        Action.TEACH,
        Action.GOT_IT,
        Action.SAME,
        Action.APART,
        Action.NO_CONTACT,
        Action.GIVE,
        Action.SKIP_STEP,
        Action.PLAN,
    )
)
"""Keys that mean the chosen lead, also while a narrow window shows only the queue."""


class Workbench(Split):
    """The Today page beside the lead's page. `seen_changed` when another of them is in sight."""

    raw_requested = Signal(int)
    teach_requested = Signal(int)
    point_requested = Signal(int)
    seen_changed = Signal()
    lead: LeadPage

    def __init__(self, today: TodayPage, clock: Clock, theme: Theme) -> None:
        super().__init__(today, LoadingLead(theme))
        self.today, self._clock = today, clock
        self._opens_first = True

    def put_lead(self, lead: LeadPage) -> None:
        """The lead's page takes the place of its blocks, with the newest lead open."""
        self.lead = lead
        self.put_right(lead)
        self.today.lead_chosen.connect(self._on_chosen)
        self.today.lead_opened.connect(self.open_lead)
        self.today.view_shown.connect(self._on_view)
        lead.back_requested.connect(self.show_queue)
        self.narrow_changed.connect(self._on_narrow)
        if self.today.view is not None:
            self._on_view(self.today.view)

    def open_lead(self, lead: int) -> None:
        """Show a lead; in a narrow window it covers the queue."""
        self.open_right(True)
        self.today.list.keep(lead)
        self.lead.open(lead)
        if self.covers:
            self.lead.setFocus()
        self._on_narrow()

    def show_queue(self) -> None:
        """Show the queue, also where the lead covered it."""
        self.open_right(False)
        self.today.list.setFocus()
        self._on_narrow()

    def show_nobody(self) -> None:
        """Nobody is left to be answered."""
        self.lead.show_nobody()
        self.show_queue()

    def in_queue(self, show: Callable[[], None]) -> None:
        """Open a panel in the queue's place."""
        self.open_right(False)
        self._on_narrow()
        show()

    def back(self) -> None:
        """Esc: close the composer, else go back to the queue, else leave a panel."""
        if self.lead.step_back():
            return
        if self.covers:
            self.show_queue()
        else:
            self.today.back()

    def press(self, action: Action) -> None:
        """Do what a key means here: with the list, or with the lead."""
        listed: dict[Action, Callable[[], object]] = {
            Action.DOWN: lambda: self.today.step(1),
            Action.UP: lambda: self.today.step(-1),
            Action.NOT_LEADS: lambda: self.in_queue(self.today.open_put_away),
            Action.KNOWN: lambda: self.in_queue(self.today.open_known),
            Action.RESCUE: lambda: self.in_queue(self.today.open_rescue),
            Action.FIND: lambda: self.in_queue(self.today.open_search),
        }
        if action in listed:
            listed[action]()
        elif self.covers or not self._press_in_list(action):
            self.lead.do(action)

    def _press_in_list(self, action: Action) -> bool:
        """What a key means while the queue is in sight; False when it means the open lead."""
        if action is Action.NEXT and self.today.enter():
            return True
        if self.today.press(action):
            return True
        if action is Action.RAW and self.today.mail is not None:
            self.raw_requested.emit(self.today.mail)
            return True
        if action is Action.POINT and self.today.mail is not None:
            self.point_requested.emit(self.today.mail)
            return True
        if action is Action.TEACH and self.today.mail is not None:
            self.teach_requested.emit(self.today.mail)
            return True
        if self.is_narrow and (action is Action.NEXT or action in _ON_A_LEAD):
            self._open_chosen(action)
            return True
        return False

    def _open_chosen(self, action: Action) -> None:
        if self.today.list.lead is not None:
            self.open_lead(self.today.list.lead)
            if action in _ON_A_LEAD:
                self.lead.do_when_shown(action)

    def _on_chosen(self, lead: int) -> None:
        if not self.is_narrow:
            self.lead.open(lead)

    def _on_view(self, view: QueueView) -> None:
        if self._opens_first and view.rows and not self.is_narrow:
            self._opens_first = False
            self.today.list.keep(view.rows[0].lead)
            self.lead.open(view.rows[0].lead)
        self._show_who_waits()

    def _on_narrow(self) -> None:
        self.lead.cover(self.covers)
        self.seen_changed.emit()
        self._show_who_waits()

    def _show_who_waits(self) -> None:
        rows = self.today.view.rows if self.today.view is not None else ()
        other = next((row for row in rows if row.lead != self.lead.lead), None)
        if other is None:
            self.lead.header.show_waiting("", timedelta())
        else:
            self.lead.header.show_waiting(other.name, other.waited(self._clock.now()))
