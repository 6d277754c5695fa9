"""Wishes not to be contacted and handing a lead over, from its page: opens the sheets, does what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.lead import Channel
from leaddesk.words.views import LeadView
from leaddesk_ui.keys import Action
from leaddesk_ui.sheet import SheetHost
from leaddesk_ui.tasks import Tasks

from .contact_line import ContactLine
from .contact_sheets import GiveSheet, NoContactSheet

if TYPE_CHECKING:
    from leaddesk_ui.needs import Contact, Team

_STOPPED = "{} asked not to be contacted: noted. What waited to be sent is stopped."
_GOES_ON = "{} can be contacted again."


class Contacting(QObject):
    """`done` has a sentence, and whether it can be taken back; `moved` the lead to read again."""

    done = Signal(str, bool)
    said = Signal(str)
    moved = Signal(int)

    def __init__(
        self,
        contact: Callable[[], Contact],
        team: Callable[[], Team],
        tasks: Tasks,
        line: ContactLine,
        sheets: SheetHost,
    ) -> None:
        super().__init__(sheets)
        self._contact, self._team, self._tasks, self._sheets, self._line = contact, team, tasks, sheets, line
        line.confirmed.connect(lambda lead: self._stop(lead, None))
        line.taken_back.connect(self._take_back)

    def ask(self, view: LeadView, action: Action) -> None:
        """Open the sheet of this action; a wish that stands is taken back by its key."""
        if action is Action.NO_CONTACT and any(wish.is_sure for wish in view.opt_outs):
            self._take_back(view.lead)
        elif action is Action.NO_CONTACT:
            self._ask_way(view)
        else:
            self._ask_person(view)

    def _ask_way(self, view: LeadView) -> None:
        sheet = NoContactSheet(view.name, is_asked=bool(view.opt_outs))

        def decided(way: Channel | None) -> None:
            self._sheets.close_sheet()
            self._stop(view.lead, way)

        def refused() -> None:
            self._sheets.close_sheet()
            self._take_back(view.lead)

        sheet.decided.connect(decided)
        sheet.refused.connect(refused)
        self._sheets.open(sheet)

    def _ask_person(self, view: LeadView) -> None:
        def read() -> tuple[list[str], bool]:
            team = self._team()
            me = team.me()
            return [each.name for each in team.colleagues()], me is not None and me.name in team.out()

        def show(told: tuple[list[str], bool]) -> None:
            people, is_out = told
            sheet = GiveSheet(view.name, people, is_out=is_out)
            sheet.decided.connect(lambda name: self._give(view.lead, name))
            sheet.out_chosen.connect(lambda: self._go_out(view.lead, is_out=not is_out))
            self._sheets.open(sheet)

        self._tasks.run(read, show, self._told)

    def _stop(self, lead: int, way: Channel | None) -> None:
        said = _STOPPED.format(self._line.name)
        self._do(lead, lambda: self._contact().opt_out(lead, way), said, undoable=True)

    def _take_back(self, lead: int) -> None:
        said = _GOES_ON.format(self._line.name)
        self._do(lead, lambda: self._contact().take_back(lead), said, undoable=False)

    def _give(self, lead: int, name: str) -> None:
        self._sheets.close_sheet()
        said = f"{self._line.name} is {name}’s lead now."
        self._do(lead, lambda: self._team().assign(lead, name), said, undoable=True)

    def _go_out(self, lead: int, *, is_out: bool) -> None:
        self._sheets.close_sheet()
        said = "You are out: your leads are the next person’s." if is_out else "You are back."
        self._do(lead, lambda: self._team().go_out(is_out=is_out), said, undoable=False)

    def _do(self, lead: int, job: Callable[[], object], sentence: str, *, undoable: bool) -> None:
        def then(_: object) -> None:
            self.done.emit(sentence, undoable)
            self.moved.emit(lead)

        self._tasks.run(job, then, self._told)

    def _told(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self.said.emit(error.whole)
