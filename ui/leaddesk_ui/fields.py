"""Fields to write in, each with its name for a screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from .fonts import font, scaled


def field(name: str, hint: str = "", text: str = "") -> QLineEdit:
    """One line to write in. `name` is read aloud; `hint` is shown while it is empty."""
    made = QLineEdit(text)
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
