"""Addresses that leave the window: opened where the desktop opens such things, or copied to be passed on."""

from __future__ import annotations

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from .buttons import button, rename
from .fields import field
from .layout import row

_SAID_MS = 2000


def open_link(address: str) -> bool:
    """Let the desktop open an address: a page in the browser, a mail in the mail program.

    False when it knows nothing that opens it; True does not prove that anything came up.
    """
    return QDesktopServices.openUrl(QUrl(address))


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


class CopyLine(QWidget):
    """A text to be copied: it cannot be changed, and its button says for a moment that it was copied."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__()
        self._text = field(name, "", text)
        self._text.setReadOnly(True)
        self._text.setCursorPosition(0)
        self._button = button("Copy", "", self._on_copy)
        self._button.setMinimumWidth(self._button.sizeHint().width() + self._button.fontMetrics().height())
        self._name = name
        self._button.setAccessibleName(f"Copy: {name}")
        line = row(space=8)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        self.setLayout(line)

    def say(self, text: str) -> None:
        """Show another text, from its beginning."""
        self._text.setText(text)
        self._text.setCursorPosition(0)

    @property
    def text(self) -> str:
        """What is copied."""
        return self._text.text()

    def _on_copy(self) -> None:
        copy(self._text.text())
        rename(self._button, "Copied")
        QTimer.singleShot(_SAID_MS, self, self._as_before)

    def _as_before(self) -> None:
        rename(self._button, "Copy")
        self._button.setAccessibleName(f"Copy: {self._name}")
