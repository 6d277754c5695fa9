"""A figure that can be pressed: a part of the ladder, or one field of the heat map."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from leaddesk.words.states import Rung
from leaddesk_ui.fonts import MEDIUM, font, scaled
from leaddesk_ui.text import cut, tip
from leaddesk_ui.theme import Theme

from .tones import tone

_CORNER = 4


class Cell(QPushButton):
    """`kind` is a rung's word (a ground of that tone), `waiting` (dashed) or `never` (hollow)."""

    def __init__(self, text: str, kind: str, says: str, theme: Theme, size: int = 12) -> None:
        super().__init__()
        self._theme, self._kind, self._words = theme, kind, text
        self._face = font(size, MEDIUM, tabular=True)
        self.setAccessibleName(says)
        tip(self, says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFlat(True)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.least, scaled(26))

    @property
    def least(self) -> int:
        """Pixels that the words need."""
        return QFontMetrics(self._face).horizontalAdvance(self._words) + scaled(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter)
        painter.setFont(self._face)
        painter.setPen(QColor(ink))
        words = cut(QFontMetrics(self._face), self._words, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_ground(self, painter: QPainter) -> str:
        tokens = self._theme.tokens
        area = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        hollow = self._kind in ("waiting", "never")
        ink, ground = (tokens.text, tokens.card) if hollow else tone(tokens, Rung(self._kind))
        painter.setPen(self._edge())
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, scaled(_CORNER), scaled(_CORNER))
        return ink

    def _edge(self) -> QPen:
        tokens = self._theme.tokens
        if self.hasFocus():
            return QPen(QColor(tokens.text), 2)
        if self._kind == "waiting":
            pen = QPen(QColor(tokens.dim), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern((5, 4))
            return pen
        if self._kind == "never":
            return QPen(QColor(tokens.text), 1.5)
        edge = tokens.text if self.underMouse() else tokens.line
        return QPen(QColor(edge), 1) if self.underMouse() or tokens.outlined else QPen(Qt.PenStyle.NoPen)
