"""Fields to write in, each with its name for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from .fonts import font, scaled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QLineEdit):
    """Keeps Return for itself: Qt would give it to the window's shortcut and the field would never know."""

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and _is_return(event)
        ):
            event.accept()
            return True
        return super().event(event)


def _is_return(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _RETURN and held == Qt.KeyboardModifier.NoModifier


def field(name: str, hint: str = "", text: str = "") -> QLineEdit:
    """One line to write in. `name` is read aloud; `hint` is shown while it is empty."""
    made = Field(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setFont(font(14))
    made.setMinimumHeight(scaled(38))
    return made


def password_field(name: str, hint: str = "") -> QLineEdit:
    """A line that shows dots and is in no undo history of anybody else."""
    made = field(name, hint)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def bare_field(name: str, hint: str = "") -> QLineEdit:
    """A line inside a surface that has its own frame."""
    made = field(name, hint)
    made.setProperty("bare", True)
    made.setMinimumHeight(scaled(26))
    made.setFont(font(13))
    return made


def sheet_of_paper(name: str, hint: str = "", *, bare: bool = False) -> QPlainTextEdit:
    """Several lines to write in, plain text only. Tab leaves it."""
    from PySide6.QtWidgets import QPlainTextEdit  # noqa: PLC0415 - a class that the first paint does without

    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setFont(font(14))
    made.setTabChangesFocus(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setProperty("bare", bare)
    if bare:
        made.document().setDocumentMargin(0)
    return made


def mark_wrong(made: QLineEdit, wrong: bool) -> None:
    """A red ring around a field whose text does not fit."""
    if bool(made.property("wrong")) != wrong:
        made.setProperty("wrong", wrong)
        made.style().unpolish(made)
        made.style().polish(made)
