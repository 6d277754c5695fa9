"""The one place where labels are made: always plain text, whatever a customer calls himself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from .fonts import BODY, REGULAR, font
from .tokens import Ink

_LONGEST_WORD = 40
_BREAK = "\u200b"
_NO_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Words(QLabel):
    """Plain words of ours or of others. A word too long for any column may be broken."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.say(text)

    def say(self, text: str) -> None:
        """Show other words; nothing is repainted when they are the same."""
        self.setText(_breakable(text) if self.wordWrap() else text)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self.wordWrap() else hint


class Elided(Words):
    """One line that ends in an ellipsis where there is no room; the whole is in its tip and its name."""

    def say(self, text: str) -> None:
        text = " ".join(text.splitlines()).replace("\t", " ").strip()
        self.setText(text)
        self.setAccessibleName(text)
        tip(self, text)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


def label(
    text: str = "",
    size: int = BODY,
    weight: QFont.Weight = REGULAR,
    ink: Ink = "text",
    *,
    wrap: bool = False,
    tabular: bool = False,
    right: bool = False,
) -> Words:
    """A label of the look. Colours come from the stylesheet by `ink`, so a theme change needs no code."""
    made = Words()
    _dress(made, size, weight, ink, tabular)
    made.setWordWrap(wrap)
    if right:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.say(text)
    return made


def elided(
    text: str = "",
    size: int = BODY,
    weight: QFont.Weight = REGULAR,
    ink: Ink = "text",
    *,
    tabular: bool = False,
) -> Elided:
    """A label of one line for words from outside, cut with an ellipsis."""
    made = Elided()
    _dress(made, size, weight, ink, tabular)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    made.say(text)
    return made


def picture() -> QLabel:
    """A label that shows a picture of ours and never words."""
    made = Words()
    made.setAccessibleName(" ")
    return made


def ink_of(widget: QWidget, ink: Ink) -> None:
    """Give a label another ink; nothing happens when it has it already."""
    if widget.property("ink") != ink:
        widget.setProperty("ink", ink)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows its text as it is: Qt would read markup in it."""
    widget.setToolTip(text.translate(_NO_MARKUP))


def on_button(button: QAbstractButton, text: str) -> None:
    """Words on a button; an ampersand in a name is no shortcut."""
    button.setText(text.replace("&", "&&"))


def cut(metrics: QFontMetrics, text: str, width: int) -> str:
    """The text in one line of `width` pixels."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


def _dress(made: QLabel, size: int, weight: QFont.Weight, ink: Ink, tabular: bool) -> None:
    made.setFont(font(size, weight, tabular=tabular))
    made.setProperty("ink", ink)


def _breakable(text: str) -> str:
    words = text.split(" ")
    if all(len(word) <= _LONGEST_WORD for word in words):
        return text
    return " ".join(_BREAK.join(word) if len(word) > _LONGEST_WORD else word for word in words)
