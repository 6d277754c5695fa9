"""Who stands behind a figure or a mistake: a list, and Enter opens the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from .buttons import button, rename
from .fonts import DEMI, scaled
from .layout import column, row
from .sheet import Sheet
from .text import elided, label
from .theme import Theme
from .today.lines import Line, LineList

_LOW, _TALL, _MOST = 64, 84, 420
"""How tall a line of two or three is, and all of them together at most."""


class ListSheet(Sheet):
    """`lead_chosen` with a lead's number. `words` are the button's for each line: what mends it."""

    lead_chosen = Signal(int)

    def __init__(
        self, title: str, count: str, lines: Sequence[Line], words: Sequence[str], theme: Theme
    ) -> None:
        super().__init__(title, 680)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lines, self._words = tuple(lines), tuple(words)
        self._list = LineList(theme, title)
        self._open = button("Open", "↵", self._on_open, primary=True)
        self._build(title, count)
        self._list.picked.connect(lambda _: self._show_word())
        self._list.opened.connect(self.lead_chosen)
        self._list.show_lines(self._lines)
        self._show_word()

    def _build(self, title: str, count: str) -> None:
        head = row(space=14)
        head.addWidget(elided(title, 16, DEMI), 1)
        head.addWidget(label(count, 12, ink="dim"))
        tall = sum(_TALL if line.under else _LOW for line in self._lines)
        self._list.setFixedHeight(scaled(min(_MOST, tall)) + 4)
        foot = row(self._open, None, button("Close", "Esc", self.closed.emit))
        lines = column(head, 6, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._list, 1)
        lines.addLayout(foot)
        self.setLayout(lines)

    def begin(self) -> None:
        self._list.setFocus()

    def _show_word(self) -> None:
        rename(self._open, self._words[self._list.currentIndex().row()], "↵")

    def _on_open(self) -> None:
        if self._list.chosen is not None:
            self.lead_chosen.emit(self._list.chosen)
