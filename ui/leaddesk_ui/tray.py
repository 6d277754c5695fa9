"""The icon in the tray: how many wait, the oldest, and the way back to the window."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from .icons import app_icon
from .times import waited_words


class Tray(QObject):
    """Exists only where the desktop has a tray. `open_requested` and `quit_requested` are its menu."""

    open_requested = Signal()
    quit_requested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._menu = QMenu()
        self._menu.addAction("Open LeadDesk", self.open_requested.emit)
        self._menu.addSeparator()
        self._menu.addAction("Quit: enquiries are not watched then", self.quit_requested.emit)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._shown = -1
        self._icon.show()

    def show_waiting(self, count: int, oldest: timedelta | None) -> None:
        """Count and oldest wait, in the icon and in its tip."""
        tip = "LeadDesk: nobody waits"
        if count:
            waits = f", the longest {waited_words(oldest)}" if oldest is not None else ""
            tip = f"LeadDesk: {count} waiting{waits}"
        self._icon.setToolTip(tip)
        if count != self._shown:
            self._shown = count
            self._icon.setIcon(app_icon(count))

    def close(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.open_requested.emit()


def title_words(count: int, oldest: timedelta | None, mark: str = "") -> str:
    """The window's title.

    >>> title_words(3, timedelta(minutes=12)), title_words(0, None)
    ('(3) LeadDesk - oldest 12 min', 'LeadDesk')
    """
    name = f"LeadDesk {mark}".strip()
    if not count:
        return name
    waits = f" - oldest {waited_words(oldest)}" if oldest is not None else ""
    return f"({count}) {name}{waits}"
