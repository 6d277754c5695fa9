"""A panel with those who asked before LeadDesk came and were never answered: three a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from leaddesk.words.queue import RescueOffer
from leaddesk_ui.buttons import button, rename, word
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.states import Plain
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .lines import Line, LineList

_ABOUT = (
    "They wrote before LeadDesk came, and nobody answered. Three a day are offered, so that they do not "
    "bury your queue."
)


class RescuePanel(QWidget):
    """Shows today's offers; says which one is taken or let go, and that the rest is to be closed."""

    take_requested = Signal(int)
    let_go_requested = Signal(int)
    rest_requested = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._list = LineList(theme, "Rescue")
        self._plain = Plain()
        self._stack = QStackedWidget()
        self._take = button("Answer", "↵", self.take, primary=True)
        self._let_go = button("No response", BY_ACTION[Action.NOT_A_LEAD].shown, self.let_go)
        self._rest = button("Close the rest", BY_ACTION[Action.CLOSE].shown, self.close_the_rest)
        self._build()

    def _build(self) -> None:
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._plain)
        self._list.opened.connect(self.take_requested)
        back = word("Back to the queue", self.closed.emit)
        head = row(label("Rescue", 16, DEMI), None, back, label("Esc", 12, ink="dim"))
        words = column(head, 2, label(_ABOUT, 12, ink="dim", wrap=True), margins=(10, 0, 10, 8))
        actions = column(
            row(self._take, self._let_go, None), row(self._rest, None), margins=(10, 8, 10, 0), space=8
        )
        lines = column(words)
        lines.addWidget(self._stack, 1)
        lines.addLayout(actions)
        self.setLayout(lines)

    def show_offers(self, offers: Sequence[RescueOffer], total: int, now: datetime) -> None:
        """Show those of today; `total` counts the later ones too."""
        chosen = self._list.chosen
        self._list.show_lines([_line(offer, now) for offer in offers])
        places = [offer.rescue for offer in offers]
        if chosen in places:
            self._list.setCurrentIndex(self._list.rows.index(places.index(chosen)))
        rest = total - len(offers)
        rename(self._rest, f"Close the other {rest:,}: no response", BY_ACTION[Action.CLOSE].shown)
        self._rest.setVisible(rest > 0)
        for part in (self._take, self._let_go):
            part.setVisible(bool(offers))
        self._plain.say(*_nobody(rest))
        self._stack.setCurrentWidget(self._list if offers else self._plain)
        if self.isVisible():
            self._list.setFocus()

    def step(self, steps: int) -> None:
        """Down or up by some rows."""
        self._list.step(steps)

    def take(self) -> None:
        """Ask for the chosen one to become a lead."""
        if self._list.chosen is not None:
            self.take_requested.emit(self._list.chosen)

    def let_go(self) -> None:
        """Say that the chosen one is not answered any more."""
        if self._list.chosen is not None:
            self.let_go_requested.emit(self._list.chosen)

    def close_the_rest(self) -> None:
        """Say the same of all the others."""
        if self._rest.isVisibleTo(self):
            self.rest_requested.emit()


def _line(offer: RescueOffer, now: datetime) -> Line:
    days = max(0, (now - offer.since).days)
    return Line(offer.rescue, offer.name, f"never · {days} d", offer.wants, offer.why)


def _nobody(rest: int) -> tuple[str, str]:
    if rest:
        return "That is enough for today.", f"{rest:,} more wait. Three of them are offered tomorrow."
    return "Nobody is left.", "All who wrote before LeadDesk came were answered, taken or let go."
