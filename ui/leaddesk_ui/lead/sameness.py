"""Joining leads from their page: reads who may be the same person, and does what the person says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.same import Merged, Same
from leaddesk.words.views import Found, LeadView
from leaddesk_ui.sheet import SheetHost
from leaddesk_ui.tasks import Tasks

from .same_line import SameLine
from .same_sheet import SameSheet

if TYPE_CHECKING:
    from leaddesk_ui.needs import Find, SamePerson

_JOINED = "{} and {} are one lead now. For thirty days they can be taken apart."
_TWO = "{} and {} stay two people. It is not asked again."
_APART = "{} and {} are two leads again, each with what is its own."


class Sameness(QObject):
    """`done` has a sentence, and whether it can be taken back; `moved` the lead to show from now on."""

    done = Signal(str, bool)
    said = Signal(str)
    moved = Signal(int)

    def __init__(
        self,
        same: Callable[[], SamePerson],
        find: Find,
        tasks: Tasks,
        line: SameLine,
        sheets: SheetHost,
    ) -> None:
        super().__init__(sheets)
        self._same, self._find, self._tasks, self._line, self._sheets = same, find, tasks, line, sheets
        self._called: dict[int, str] = {}
        """Names of those that were in sight, for what is said afterwards."""
        line.joined_pressed.connect(self._join)
        line.refused.connect(self._keep_apart)
        line.apart_requested.connect(self._take_apart)

    def read(self, view: LeadView) -> None:
        """Who may be the same person as the lead that is shown now."""
        lead = view.lead
        self._called[lead] = view.name
        self._called |= {each.lead: each.name for each in view.joined}

        def show(offers: tuple[Same, ...]) -> None:
            self._called |= {each.lead: each.name for each in offers}
            self._line.show_offers(lead, offers)

        self._tasks.run(lambda: self._same().offers(lead), show, self._told)

    def ask(self, view: LeadView) -> None:
        """Open the sheet, with whoever may be the same person asked about first."""

        def show(offers: tuple[Same, ...]) -> None:
            sheet = SameSheet(view.name, view.lead, offers)
            sheet.decided.connect(lambda other, yes: self._decided(view.lead, other, yes=yes))
            sheet.words_changed.connect(lambda words: self._look(sheet, words))
            self._sheets.open(sheet)

        self._tasks.run(lambda: self._same().offers(view.lead), show, self._told)

    def _look(self, sheet: SameSheet, words: str) -> None:
        def show(found: tuple[Found, ...]) -> None:
            if self._sheets.sheet is sheet:
                self._called |= {each.lead: each.name for each in found}
                sheet.show_found(words, found)

        self._tasks.run(lambda: self._find(words) if words else (), show)

    def _decided(self, lead: int, other: int, *, yes: bool) -> None:
        self._sheets.close_sheet()
        (self._join if yes else self._keep_apart)(lead, other)

    def _join(self, lead: int, other: int) -> None:
        """The older one goes on: its number is the one that people know."""

        def joined(merged: Merged) -> None:
            self.done.emit(self._said(_JOINED, older, newer), True)
            self.moved.emit(merged.into)

        older, newer = sorted((lead, other))
        self._tasks.run(lambda: self._same().merge(newer, older), joined, self._told)

    def _keep_apart(self, lead: int, other: int) -> None:
        def kept(_: None) -> None:
            self.done.emit(self._said(_TWO, lead, other), True)
            self.moved.emit(lead)

        self._tasks.run(lambda: self._same().keep_apart(lead, other), kept, self._told)

    def _take_apart(self, lead: int) -> None:
        def apart(merged: Merged) -> None:
            self.done.emit(self._said(_APART, merged.into, merged.lead), False)
            self.moved.emit(merged.into)

        self._tasks.run(lambda: self._same().unmerge(lead), apart, self._told)

    def _said(self, sentence: str, *leads: int) -> str:
        return sentence.format(*(self._called.get(lead, f"lead {lead}") for lead in leads))

    def _told(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self.said.emit(error.whole)
