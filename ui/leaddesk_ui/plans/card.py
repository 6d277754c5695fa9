"""One card over or under the line of a plan: what the step is, when it comes, and with which text."""

from __future__ import annotations

import enum

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.icons import pixmap
from leaddesk_ui.text import cut, tip
from leaddesk_ui.theme import Theme

_COMPACT = 84
"""A card narrower than this shows its icon and its day alone."""


class Kind(enum.Enum):
    """What a card stands for."""

    REPLY = enum.auto()
    STEP = enum.auto()
    END = enum.auto()
    NO_END = enum.auto()


class Card(QAbstractButton):
    """Pressed, it is chosen. The timeline has the focus, not the card."""

    def __init__(
        self, kind: Kind, icon: str, lines: tuple[str, str, str], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._icon, self._lines, self._theme = icon, lines, theme
        self.is_chosen = self.has_ring = False
        self._title, self._when, self._under = font(14, DEMI), font(12, MEDIUM, tabular=True), font(11)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(lines))
        tip(self, "\n".join(lines))

    def choose(self, *, is_chosen: bool, has_ring: bool) -> None:
        """Show whether it is the chosen one, and whether the keys go to it."""
        if (is_chosen, has_ring) != (self.is_chosen, self.has_ring):
            self.is_chosen, self.has_ring = is_chosen, has_ring
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink, dim = self._colours()
        painter.setPen(QPen(QColor(edge), 2 if self.is_chosen or self.kind is Kind.NO_END else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), scaled(8), scaled(8))
        left, size = scaled(10), scaled(16)
        painter.drawPixmap(left, scaled(10), pixmap(self._icon, size, ink))
        if self.width() >= scaled(_COMPACT):
            self._write(
                painter, self._title, ink, QRect(left + size + scaled(6), scaled(6), 0, scaled(24)), 0
            )
            self._write(painter, self._when, ink, QRect(left, scaled(28), 0, scaled(18)), 1)
            self._write(painter, self._under, dim, QRect(left, scaled(46), 0, scaled(18)), 2)
        else:
            self._write(painter, self._under, ink, QRect(scaled(5), scaled(32), 0, scaled(18)), 1)

    def _write(self, painter: QPainter, wanted: QFont, ink: str, area: QRect, line: int) -> None:
        painter.setFont(wanted)
        painter.setPen(QColor(ink))
        area.setRight(self.width() - scaled(6))
        words = cut(QFontMetrics(painter.font()), self._lines[line], area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _colours(self) -> tuple[str, str, str, str]:
        """Ground, edge, ink and quiet ink."""
        tokens = self._theme.tokens
        edge = tokens.text if self.has_ring else tokens.dim if self.is_chosen else tokens.line
        if self.kind is Kind.REPLY:
            return tokens.now_bg, edge if self.is_chosen else tokens.now_bg, tokens.now, tokens.now
        if self.kind is Kind.NO_END:
            return tokens.card, tokens.danger, tokens.danger, tokens.dim
        return tokens.selected if self.is_chosen else tokens.card, edge, tokens.text, tokens.dim
