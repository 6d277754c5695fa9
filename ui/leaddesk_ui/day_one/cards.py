"""The cards of those who may still be won: the chosen one is what Enter answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leaddesk.words.queue import RescueOffer
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.text import elided, label

from .wording import source_word, waited_days


class OfferCard(QFrame):
    """One person: how long ago, who, what they want, and why they are here."""

    clicked = Signal(int)

    def __init__(self, offer: RescueOffer, now: datetime) -> None:
        super().__init__()
        self.offer = offer
        self.setObjectName("offer")
        self.setFixedHeight(scaled(80))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{offer.name}. {offer.why}. {offer.wants}")
        self._build(offer, now)
        self.choose(False)

    def _build(self, offer: RescueOffer, now: datetime) -> None:
        head = row(space=14)
        head.addWidget(elided(offer.name, 14, DEMI), 1)
        head.addWidget(label(source_word(offer.source), 12, MEDIUM, "dim"))
        lines = column(None, head, elided(offer.wants, 13), elided(offer.why, 12, ink="dim"), None, space=3)
        whole = row(_tile(offer, now), margins=(10, 10, 14, 10), space=14)
        whole.addLayout(lines, 1)
        self.setLayout(whole)

    def choose(self, chosen: bool) -> None:
        """Show whether Enter means this one."""
        self.setProperty("ground", "chosen" if chosen else "unchosen")
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.offer.rescue)


def _tile(offer: RescueOffer, now: datetime) -> QFrame:
    number, unit = waited_days(offer.since, now)
    figures = row(None, label(number, 22, DEMI, "cold", tabular=True), space=2)
    figures.addWidget(label(unit, 12, MEDIUM, "cold"), 0, Qt.AlignmentFlag.AlignBottom)
    figures.addStretch()
    under = label("cold", 12, MEDIUM, "cold")
    under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    made = frame("tile", column(None, figures, under, None))
    made.setFixedWidth(scaled(62))
    return made


class OfferCards(QWidget):
    """At most three under each other; `chosen_changed` when another one is."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[OfferCard] = []
        self._place = 0
        self._lines: QVBoxLayout = column(space=6)
        self.setLayout(self._lines)
        self.setAccessibleName("Rescue")

    @property
    def chosen(self) -> RescueOffer | None:
        """The one that Enter means."""
        return self._cards[self._place].offer if self._cards else None

    @property
    def chosen_card(self) -> QWidget | None:
        """Its card, to be kept in sight."""
        return self._cards[self._place] if self._cards else None

    def show_offers(self, offers: Sequence[RescueOffer], now: datetime) -> None:
        """Show these, the same place chosen."""
        empty(self._lines)
        self._cards = [OfferCard(offer, now) for offer in offers]
        for card in self._cards:
            card.clicked.connect(self._on_clicked)
            self._lines.addWidget(card)
        self._choose(min(self._place, max(0, len(self._cards) - 1)))

    def step(self, steps: int) -> None:
        """Down or up."""
        if self._cards:
            self._choose(min(max(0, self._place + steps), len(self._cards) - 1))

    def _on_clicked(self, rescue: int) -> None:
        self._choose(next(n for n, card in enumerate(self._cards) if card.offer.rescue == rescue))

    def _choose(self, place: int) -> None:
        self._place = place
        for number, card in enumerate(self._cards):
            card.choose(number == place)
        self.chosen_changed.emit()
