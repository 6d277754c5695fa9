"""A choice of few as a button with a list: Space opens it, ↑ and ↓ take the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton

from .fonts import MEDIUM, font, scaled
from .text import on_button

Choice = tuple[Any, str]
"""A value, and its words."""


class Picker(QPushButton):
    """`chosen` with the value that the person took."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._choices: tuple[Choice, ...] = ()
        self.value: Any = None
        self.setProperty("picker", True)
        self.setFont(font(13, MEDIUM, tabular=True))
        self.clicked.connect(self.show_list)

    def offer(self, choices: Sequence[Choice], value: object) -> None:
        """Show these choices; one of which is chosen now, or `value` stands before them."""
        known = tuple(choices)
        self._choices = known if any(each == value for each, _ in known) else ((value, str(value)), *known)
        self.value = value
        words = next(words for each, words in self._choices if each == value)
        on_button(self, f"{words}   ▾")
        self.setAccessibleName(f"{self._name}: {words}")

    def show_list(self) -> None:
        """Open the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._name)
        for value, words in self._choices:
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked, value=value: self._take(value))
            if value == self.value:
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + scaled(2))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if not step or not self._choices:
            super().keyPressEvent(event)
            return
        values = [value for value, _ in self._choices]
        place = values.index(self.value) + step
        if 0 <= place < len(values):
            self._take(values[place])

    def _take(self, value: object) -> None:
        if value != self.value:
            self.offer(self._choices, value)
            self.chosen.emit(value)
