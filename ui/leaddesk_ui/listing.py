"""The page with everybody in the window: built when it is first asked for, as it was left the last time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.all_leads import Only, Sort
from leaddesk.words.settings import ALL_LEADS

from .keys import Action
from .rail import Place
from .tasks import Tasks

if TYPE_CHECKING:
    from .leads.page import LeadsPage
    from .needs import Desk
    from .shell import Shell


class Listing(QObject):
    """Shows the page as a place of its own, and keeps how it is sorted and cut down."""

    lead_wanted = Signal(int)
    new_lead_requested = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, failed: Callable[[Exception], None], shell: Shell) -> None:
        super().__init__(shell)
        self._desk, self._tasks, self._failed, self._shell = desk, tasks, failed, shell
        self._page: LeadsPage | None = None

    @property
    def page(self) -> LeadsPage:
        """The page, made when it is first asked for."""
        if self._page is None:
            self._page = self._built()
        return self._page

    def show(self) -> None:
        """Go there: what is shown is read again."""
        is_new = self._page is None
        page = self.page
        self._shell.show_place(Place.LEADS)
        page.table.setFocus()
        if is_new:
            config = self._desk.config
            self._tasks.run(lambda: config.get(ALL_LEADS), self._begin, self._failed)
        else:
            page.refresh()

    def show_unscheduled(self) -> None:
        """Go there, with those that nothing brings back."""
        page = self.page
        self._shell.show_place(Place.LEADS)
        page.table.setFocus()
        page.begin(Only(unscheduled=True), page.sort)

    def press(self, action: Action) -> bool:
        """What a key means on the page; False when it is not in sight."""
        return self._in_sight is not None and self._in_sight.press(action)

    def step_back(self) -> bool:
        """What Esc does on the page; False when it leaves it."""
        return self._in_sight is not None and self._in_sight.step_back()

    def refresh(self) -> None:
        """Something has changed."""
        if self._in_sight is not None:
            self._in_sight.refresh()

    @property
    def _in_sight(self) -> LeadsPage | None:
        return self._page if self._page is not None and self._shell.shows(self._page) else None

    def _built(self) -> LeadsPage:
        from .leads.page import LeadsPage  # noqa: PLC0415 - not part of the start

        page = LeadsPage(self._desk.all_leads, self._desk.clock, self._tasks, self._shell.theme)
        page.lead_opened.connect(self.lead_wanted)
        page.new_lead_requested.connect(self.new_lead_requested)
        page.wished.connect(self._keep)
        self._shell.put_page(Place.LEADS, page)
        return page

    def _begin(self, text: str) -> None:
        from .leads.remembered import read  # noqa: PLC0415 - not part of the start

        self.page.begin(*read(text))

    def _keep(self, only: Only, sort: Sort) -> None:
        from .leads.remembered import written  # noqa: PLC0415 - not part of the start

        config, text = self._desk.config, written(only, sort)
        self._tasks.run(lambda: config.set(ALL_LEADS, text), lambda _: None, self._failed)
