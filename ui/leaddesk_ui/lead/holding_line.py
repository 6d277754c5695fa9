"""Whether the newest enquiry had an automatic reply, why not, and what it promised: one quiet line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from leaddesk.rules.holding.told import told
from leaddesk.words.views import LeadView
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock


class HoldingLine(QFrame):
    """There only when there is something to say."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._clock = clock
        self.words = elided("", 12, ink="dim", tabular=True)
        line = row(margins=(14, 0, 14, 0))
        line.addWidget(self.words, 1)
        self.setLayout(line)
        self.hide()

    @property
    def is_told(self) -> bool:
        """There is something to say."""
        return bool(self.words.text())

    def show_lead(self, view: LeadView) -> None:
        """Say it of the newest enquiry."""
        newest = view.enquiries[-1] if view.enquiries else None
        said = ""
        if newest is not None and newest.held is not None:
            answered_at = newest.first_response.at if newest.first_response else None
            said = told(newest.held, answered_at, self._clock.now(), self._clock.zone())
        self.words.say(said)
        self.setVisible(bool(said))
