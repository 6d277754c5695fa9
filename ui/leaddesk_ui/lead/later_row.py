"""When an answer goes out that is not to go now: a few times to choose from, or one in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from leaddesk.words.writing import SendTime
from leaddesk_ui.buttons import chip
from leaddesk_ui.fields import field
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, font, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label


class LaterRow(QFrame):
    """`chosen` carries the moment, or the person's words."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("later_row")
        self._words = field("Send later, in words", "or type “fri 8:30”")
        self._words.setFont(font(12))
        self._words.setMinimumHeight(scaled(30))
        self._words.setFixedWidth(scaled(170))
        self._words.returnPressed.connect(self._on_typed)
        self._place = column()
        head = row(
            label("Send later", 13, DEMI),
            label("comes back to you if they write first", 12, ink="dim"),
            None,
        )
        self.setLayout(column(head, self._place, space=4))
        self._chips: list[QPushButton] = []
        self._line: QWidget | None = None
        self.hide()

    def offer(self, times: Sequence[SendTime]) -> None:
        """The times to choose from."""
        if self._line is not None:
            self._words.setParent(None)
            self._place.removeWidget(self._line)
            self._line.deleteLater()
        self._chips = [self._chip(each) for each in times]
        self._line = QWidget()
        self._line.setLayout(Flow([*self._chips, self._words], space=6))
        self._words.clear()
        self._place.addWidget(self._line)

    def open(self) -> None:
        """Show the row, with the focus on the first time."""
        self.show()
        (self._chips[0] if self._chips else self._words).setFocus()

    def _chip(self, time: SendTime) -> QPushButton:
        made = chip(time.words, lambda: self.chosen.emit(time.at))
        made.setCheckable(False)
        made.setAutoDefault(True)
        return made

    def _on_typed(self) -> None:
        if words := self._words.text().strip():
            self.chosen.emit(words)
