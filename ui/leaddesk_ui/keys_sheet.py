"""The ? sheet: all keys, made from the table of keys."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from .buttons import button
from .fonts import DEMI, scaled
from .keys import Key, groups
from .layout import column, frame, row, scrolling
from .sheet import Sheet
from .text import label


class KeysSheet(Sheet):
    """Three columns of keys; Esc closes it."""

    def __init__(self) -> None:
        super().__init__("All keys", 1040)
        self._close = button("Close", "Esc", self.closed.emit)
        lines = column(label("All keys", 16, DEMI), 8, margins=(28, 20, 28, 20), space=8)
        columns = row(space=28)
        for name, keys in groups():
            columns.addLayout(_group(name, keys))
        table = QWidget()
        table.setLayout(columns)
        lines.addWidget(scrolling(table), 1)
        lines.addLayout(row(None, self._close))
        self.setLayout(lines)

    def begin(self) -> None:
        self._close.setFocus()


def _group(name: str, keys: tuple[Key, ...]) -> QLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(scaled(10))
    grid.setVerticalSpacing(scaled(6))
    grid.addWidget(label(name, 13, DEMI, "dim"), 0, 0, 1, 2)
    for line, key in enumerate(keys, start=1):
        cap = frame("key", row(label(key.shown, 12, DEMI), margins=(6, 1, 6, 1)))
        grid.addLayout(column(row(None, cap), None), line, 0)
        grid.addWidget(label(key.says, 13, wrap=True), line, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    return grid
