"""Buttons of the look: with their key on them, as a word, as a chip, as a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from .fonts import DEMI, MEDIUM, REGULAR, font, scaled
from .keys import BY_ACTION, Action
from .layout import frame, row
from .text import cut, elided, label, on_button
from .tokens import Ink

Pressed = Callable[[], object]


def button(text: str, key: str = "", pressed: Pressed | None = None, *, primary: bool = False) -> QPushButton:
    """A button with its key beside its word. `primary` is the one that Enter presses."""
    made = QPushButton()
    on_button(made, f"{text}   {key}" if key else text)
    made.setFont(font(13, MEDIUM))
    made.setProperty("primary", primary)
    made.setAccessibleName(text)
    if key:
        made.setAccessibleDescription(f"Key: {key}")
    _connect(made, pressed)
    return made


def key_button(action: Action, pressed: Pressed | None = None, *, primary: bool = False) -> QPushButton:
    """The button of an action in the table of keys."""
    key = BY_ACTION[action]
    made = button(key.word, key.shown, pressed, primary=primary)
    made.setObjectName(f"do_{action.name.lower()}")
    return made


def rename(made: QPushButton, text: str, key: str = "") -> None:
    """Other words on a button, for eyes and for a screen reader."""
    on_button(made, f"{text}   {key}" if key else text)
    made.setAccessibleName(text)


def set_primary(made: QPushButton, primary: bool) -> None:
    """Give a button the accent, or take it away: it is on what Enter does, and on nothing else."""
    if bool(made.property("primary")) != primary:
        made.setProperty("primary", primary)
        made.style().unpolish(made)
        made.style().polish(made)


def word(text: str, pressed: Pressed | None = None, *, size: int = 12, ink: Ink = "text") -> QPushButton:
    """A word that can be pressed: underlined, in the ink of its line."""
    made = QPushButton()
    on_button(made, text)
    underlined = font(size, MEDIUM)
    underlined.setUnderline(True)
    made.setFont(underlined)
    made.setProperty("word", True)
    made.setProperty("ink", ink)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    _connect(made, pressed)
    return made


def chip(text: str, pressed: Pressed | None = None) -> QPushButton:
    """One of a few choices; the chosen one has an outline of ink."""
    made = QPushButton()
    on_button(made, text)
    made.setFont(font(12, MEDIUM, tabular=True))
    made.setProperty("chip", True)
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.setAccessibleName(text)
    _connect(made, pressed)
    return made


class RowButton(QPushButton):
    """A wide button: its key in a small frame, its word, and what follows from it."""

    def __init__(self, key: str, text: str, what: str, pressed: Pressed | None = None) -> None:
        super().__init__()
        self.setProperty("row", True)
        self.setAccessibleName(text)
        self._cap = key
        self._what = elided("", 13, REGULAR, "dim")
        self._build(key, text)
        self.explain(what)
        _connect(self, pressed)

    def explain(self, what: str) -> None:
        """Say what follows from it, in other words than before."""
        self._what.say(what)
        self.setAccessibleDescription(f"{what} Key: {self._cap}".strip())

    def _build(self, key: str, text: str) -> None:
        cap = frame("key", row(label(key, 13, DEMI, tabular=True), margins=(8, 2, 8, 2)))
        name = label(text, 14, DEMI)
        name.setMinimumWidth(scaled(130))
        line = QHBoxLayout(self)
        line.setContentsMargins(scaled(10), scaled(7), scaled(14), scaled(7))
        line.setSpacing(scaled(12))
        for part in (cap, name):
            line.addWidget(part)
        line.addWidget(self._what, 1)
        self.setMinimumHeight(line.sizeHint().height())
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Switch(QCheckBox):
    """On or off, painted by us: Fusion's box can hardly be seen in the dark."""

    def __init__(self, text: str, pressed: Callable[[bool], object] | None = None) -> None:
        super().__init__()
        on_button(self, text)
        self.setFont(font(13))
        self.setAccessibleName(text)
        self.setMinimumHeight(scaled(24))
        if pressed:
            self.clicked.connect(pressed)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + scaled(48), scaled(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter, self.palette())
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        area = self.rect().adjusted(scaled(44), 0, 0, 0)
        words = cut(self.fontMetrics(), self.text().replace("&&", "&"), area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_track(self, painter: QPainter, colours: QPalette) -> None:
        width, height = scaled(34), scaled(20)
        track = QRectF(1, (self.height() - height) / 2, width, height)
        ink = QPalette.ColorRole.Highlight if self.isChecked() else QPalette.ColorRole.PlaceholderText
        edge = QPalette.ColorRole.WindowText if self.hasFocus() else ink
        painter.setPen(QPen(colours.color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(colours.color(ink) if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track, height / 2, height / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        on = self.isChecked()
        painter.setBrush(colours.color(QPalette.ColorRole.HighlightedText if on else ink))
        size = height - 8
        left = track.right() - size - 4 if on else track.left() + 4
        painter.drawEllipse(QRectF(left, track.top() + 4, size, size))


def _connect(made: QPushButton, pressed: Pressed | None) -> None:
    if pressed:
        made.clicked.connect(lambda _checked: pressed())
