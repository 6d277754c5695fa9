"""What a page shows besides its content: loading, empty, failing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from .buttons import button
from .fonts import DEMI, MEDIUM, scaled
from .layout import column, row
from .text import label
from .theme import Theme
from .tokens import Ink

if TYPE_CHECKING:
    from leaddesk.words.views import Trouble

_GHOSTS = ((132, 252, 190), (104, 236, 214), (148, 262, 160))


class LoadingRows(QWidget):
    """Blocks where rows will be: the frame of the page at once, painted and not built."""

    def __init__(self, theme: Theme, rows: int = 5) -> None:
        super().__init__()
        self._theme, self._rows = theme, rows
        self.setAccessibleName("Loading")
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(self._rows):
            top = scaled(84) * place + scaled(3)
            card = QRectF(scaled(8), top, self.width() - scaled(16), scaled(78))
            painter.setBrush(QColor(self._theme.tokens.card))
            painter.drawRoundedRect(card, 10, 10)
            self._paint_blocks(painter, card, _GHOSTS[place % len(_GHOSTS)])

    def _paint_blocks(self, painter: QPainter, card: QRectF, widths: tuple[int, int, int]) -> None:
        painter.setBrush(QColor(self._theme.tokens.cold_bg))
        x, y = card.left() + scaled(10), card.top() + scaled(10)
        painter.drawRoundedRect(QRectF(x, y, scaled(62), scaled(58)), 8, 8)
        for line, width in enumerate(widths):
            block = QRectF(x + scaled(76), y + scaled(4) + line * scaled(20), scaled(width), scaled(10))
            painter.drawRoundedRect(block, 5, 5)


class LoadingLead(QWidget):
    """Blocks where the lead will be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Loading")
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.card))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.cold_bg))
        left, width = scaled(28), self.width() - scaled(56)
        for top, share, height in ((22, 0.3, 22), (54, 0.5, 10), (92, 1, 32), (134, 1, 92), (234, 1, 56)):
            painter.drawRoundedRect(QRectF(left, scaled(top), width * share, scaled(height)), 6, 6)


class Plain(QWidget):
    """A headline, a sentence, and at most one button: empty, or something went wrong."""

    def __init__(self, margins: tuple[int, int, int, int] = (18, 28, 18, 0)) -> None:
        super().__init__()
        self._title = label("", 22, DEMI, wrap=True)
        self._sentence = label("", 14, ink="dim", wrap=True)
        self._button = button("", primary=True)
        self._pressed: Callable[[], object] | None = None
        self._button.clicked.connect(lambda: self._pressed() if self._pressed else None)
        buttons = row(self._button, None)
        self.setLayout(column(self._title, 8, self._sentence, 20, buttons, None, margins=margins))

    def say(
        self,
        title: str,
        sentence: str,
        action: str = "",
        key: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        """Show these words; without `action` there is no button."""
        self._title.say(title)
        self._sentence.say(sentence)
        self._pressed = pressed
        self._button.setVisible(bool(action))
        if action:
            self._button.setText(f"{action}   {key}" if key else action)
            self._button.setAccessibleName(action)

    @property
    def primary(self) -> QPushButton | None:
        """The button that Enter presses, where there is one."""
        return self._button if self._button.isVisibleTo(self) else None


class TroubleCard(QFrame):
    """A sentence with its time (red, if it is urgent), what is safe, and what can be done."""

    def __init__(self, trouble: Trouble, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setAccessibleName(trouble.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.buttons = [button(text, "", pressed) for text, pressed in actions]
        ink: Ink = "danger" if trouble.urgent else "text"
        sentence = label(trouble.sentence, 14, DEMI, ink, wrap=True, tabular=True)
        safe = label(trouble.safe, 13, wrap=True)
        lines = column(sentence, 4, safe, margins=(14, 10, 14, 12))
        if self.buttons:
            lines.addSpacing(scaled(8))
            lines.addLayout(row(*self.buttons, None))
        self.setLayout(lines)


def title(text: str) -> QWidget:
    """The title of a page."""
    return label(text, 22, DEMI)


def note(text: str) -> QWidget:
    """A small dim line."""
    return label(text, 12, MEDIUM, "dim", wrap=True)
