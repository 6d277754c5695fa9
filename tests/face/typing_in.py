"""Typing text of any script: qtbot.keyClicks aborts the interpreter outside Latin-1."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Send `text` to a widget as key events that carry it."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def line_edit(widget: QWidget, name: str) -> QLineEdit:
    """The field of that object name."""
    found = widget.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """One key, as a person presses it."""
    QTest.keyClick(widget, key, modifier)


def fill_in(page: QWidget, address: str, password: str, settle: Callable[[], None]) -> None:
    """Fill in the account page: the address, Enter, the password, Enter."""
    type_text(line_edit(page, "address"), address)
    press(line_edit(page, "address"), Qt.Key.Key_Return)
    settle()
    type_text(line_edit(page, "password"), password)
    press(line_edit(page, "password"), Qt.Key.Key_Return)
    settle()
