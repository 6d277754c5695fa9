"""A word at the end of a line that does what a key does, with that key beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from .buttons import word
from .fonts import scaled
from .keys import BY_ACTION, Action
from .text import label


class ActionWord:
    """The word of the table of keys, or `text`; `pressed` is told its action."""

    def __init__(self, action: Action, pressed: Callable[[Action], object], text: str = "") -> None:
        key = BY_ACTION[action]
        self.button = word(text or key.word, lambda: pressed(action), ink="dim")
        self.button.setObjectName(f"do_{action.name.lower()}")
        self._key = label(key.shown, 12, ink="dim")

    def add_to(self, line: QHBoxLayout) -> None:
        """Put it at the end of a line."""
        line.addSpacing(scaled(8))
        for part in (self.button, self._key):
            line.addWidget(part)

    def offer(self, offered: bool) -> None:
        """Show it, or not."""
        for part in (self.button, self._key):
            part.setVisible(offered)
