"""Qt's shortcuts, made from the table of keys. They sleep while a sheet is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from .keys import BY_ACTION, KEYS, Action


class Shortcuts(QObject):
    """`pressed` says which action's key it was. Letters typed into a field never arrive here."""

    pressed = Signal(Action)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._made: list[QShortcut] = []
        for key in KEYS:
            for sequence in () if key.local else key.sequences:
                made = QShortcut(QKeySequence(sequence), window)
                made.activated.connect(lambda action=key.action: self.pressed.emit(action))
                self._made.append(made)

    def sleep(self, asleep: bool) -> None:
        """Let a sheet have the keys, or take them back."""
        for made in self._made:
            made.setEnabled(not asleep)


def listen_inside(widget: QWidget, action: Action, pressed: Callable[[], object]) -> None:
    """The keys of an action as `widget` hears them itself: while it, or a field in it, has the focus."""
    for sequence in BY_ACTION[action].sequences:
        made = QShortcut(QKeySequence(sequence), widget, pressed)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
