"""The review in the window: reads a week, lists who stands behind a figure, opens a lead to be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.review import Asked, Mistake, Slip, Week

from .keys import Action
from .list_sheet import ListSheet
from .review import wording
from .review.page import ReviewPage
from .sheet import SheetHost
from .tasks import Latest, Tasks
from .theme import Theme
from .today.lines import Line

if TYPE_CHECKING:
    from .needs import Desk


class Reviewing(QObject):
    """`lead_wanted` with the lead, and the action that mends it or None."""

    lead_wanted = Signal(int, object)
    leave_requested = Signal()
    unscheduled_requested = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        theme: Theme,
        sheets: SheetHost,
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._sheets, self._failed = desk, theme, sheets, failed
        self._wanted: date | None = None
        """The Monday of the week that is looked at; None for the running one."""
        self._latest = Latest(tasks, self._read, self._on_read, self._on_not_read)
        self.page = self._build()

    def _build(self) -> ReviewPage:
        page = ReviewPage(self._desk.clock, self._theme)
        page.step_requested.connect(self._step)
        page.leads_requested.connect(self._list)
        page.mistake_requested.connect(self._list_mistake)
        page.mend_requested.connect(self._mend_first)
        page.unscheduled_requested.connect(self.unscheduled_requested)
        page.left.connect(self.leave_requested)
        return page

    def open(self) -> None:
        """The page is in sight: show what the week comes to by now."""
        if self.page.week is None:
            self.page.show_loading()
        self._latest.read()
        self.page.setFocus()

    def refresh(self) -> None:
        """Something changed: so may have the figures."""
        if self.page.isVisible():
            self._latest.read()

    def press(self, action: Action) -> bool:
        """Do what a key means on the page; False where the page is not in sight."""
        return self.page.isVisible() and self.page.press(action)

    def _read(self) -> Week:
        return self._desk.weeks.show(self._wanted)

    def _on_read(self, week: Week) -> None:
        if self._wanted in (None, week.first):
            self.page.show_week(week)

    def _on_not_read(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            self._failed(error)
            error = LeadDeskError("The figures could not be read.", "Your leads are safe; try it again.")
        self.page.show_failure(error.sentence, error.mend, self._latest.read)

    def _step(self, weeks: int) -> None:
        shown = self._wanted or (self.page.week.first if self.page.week is not None else None)
        if shown is not None:
            self._wanted = shown + timedelta(days=7 * weeks)
            self._latest.read()

    # ---- who is behind it

    def _list(self, title: str, asked: tuple[Asked, ...]) -> None:
        now, zone = self._desk.clock.now(), self._desk.clock.zone()
        lines = [Line(one.lead, one.name, *wording.line_of(one, now, zone)) for one in asked]
        count = f"{len(lines):,} {'enquiry' if len(lines) == 1 else 'enquiries'}"
        sheet = ListSheet(title, count, lines, ["Open"] * len(lines), self._theme)
        self._open_list(sheet, lambda _: None)

    def _list_mistake(self, mistake: Mistake) -> None:
        slips = self._slips(mistake)
        if not slips:
            return
        lines = [Line(one.lead, one.name, "", one.why) for one in slips]
        mending = {one.lead: wording.mending(mistake, one) for one in slips}
        words = [mending[one.lead][0] for one in slips]
        count = f"{len(lines):,} lead{'' if len(lines) == 1 else 's'}"
        sheet = ListSheet(wording.TITLES[mistake], count, lines, words, self._theme)
        self._open_list(sheet, lambda lead: mending[lead][1])

    def _open_list(self, sheet: ListSheet, action_of: Callable[[int], Action | None]) -> None:
        def chosen(lead: int) -> None:
            self._sheets.close_sheet()
            self.lead_wanted.emit(lead, action_of(lead))

        sheet.lead_chosen.connect(chosen)
        self._sheets.open(sheet)

    def _mend_first(self, mistake: Mistake) -> None:
        slips = self._slips(mistake)
        if slips:
            self.lead_wanted.emit(slips[0].lead, wording.mending(mistake, slips[0])[1])

    def _slips(self, mistake: Mistake) -> tuple[Slip, ...]:
        week = self.page.week
        return week.slips.get(mistake, ()) if week is not None else ()
