"""What could not be read of the files that were dropped, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from leaddesk.words.by_hand import Unread

from .buttons import button
from .fonts import DEMI, MEDIUM, scaled
from .layout import column, row, scrolling
from .sheet import Sheet
from .text import elided, label

_SHOWN = 200


class DroppedSheet(Sheet):
    """A list to read; Enter or Esc closes it."""

    def __init__(self, sentence: str, unread: Sequence[Unread]) -> None:
        super().__init__("Files that were not read", 640)
        self._close: QPushButton = button("Close", "↵", self.closed.emit, primary=True)
        lines = column(label("Not everything could be read", 16, DEMI), 2, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(label(sentence, 13, ink="dim", wrap=True))
        lines.addWidget(scrolling(_list(unread)))
        lines.addLayout(row(None, self._close))
        self.setLayout(lines)
        for sequence in ("Return", "Enter"):
            self._key(sequence, self.closed.emit)

    def begin(self) -> None:
        self._close.setFocus()


def _list(unread: Sequence[Unread]) -> QWidget:
    lines = column(space=10)
    for one in unread[:_SHOWN]:
        lines.addLayout(column(elided(one.name, 13, MEDIUM), label(one.why, 13, ink="dim", wrap=True)))
    if len(unread) > _SHOWN:
        lines.addWidget(label(f"and {len(unread) - _SHOWN:,} more", 13, ink="dim"))
    lines.addStretch()
    made = QWidget()
    made.setLayout(lines)
    made.setMinimumHeight(scaled(120))
    return made
