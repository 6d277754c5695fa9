"""What stands under the conversation: the plan's state, and the quiet notes about this lead in one line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.views import LeadView
from leaddesk_ui.buttons import rename, word
from leaddesk_ui.layout import column, row

from .plan_line import PlanLine

Told = Callable[[], bool]
"""Has the line anything to say now?"""


class LeadFoot(QFrame):
    """One note is seen at a time, so that nothing pushes the conversation away; a word shows the others."""

    def __init__(self, plan: PlanLine) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("lead_foot")
        self._notes: list[tuple[QWidget, Told]] = []
        self._is_open = False
        self._lead = 0
        self._more = word("", self._on_more, ink="dim")
        self._more.setObjectName("more_notes")
        self._lines = column(space=4)
        beside = row(None, self._more, margins=(14, 0, 14, 0))
        self.setLayout(column(plan, self._lines, beside, space=4))

    def put(self, note: QWidget, told: Told) -> None:
        """A further note; those put first are seen first."""
        self._notes.append((note, told))
        self._lines.addWidget(note)

    def show_lead(self, view: LeadView) -> None:
        """Another lead begins with one note; the notes themselves have been told already."""
        if view.lead != self._lead:
            self._lead, self._is_open = view.lead, False
        self.settle()

    def settle(self) -> None:
        """Show what is told now."""
        telling = [note for note, told in self._notes if told()]
        shown = telling if self._is_open else telling[:1]
        for note, _ in self._notes:
            note.setVisible(note in shown)
        more = len(telling) - 1
        said = "Show one note" if self._is_open else f"{more} more {'note' if more == 1 else 'notes'}"
        rename(self._more, said)
        self._more.setVisible(more > 0)

    def _on_more(self) -> None:
        self._is_open = not self._is_open
        self.settle()
