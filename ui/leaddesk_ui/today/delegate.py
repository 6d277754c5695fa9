"""Paints one row of the queue: the timer's tile, then who, what they want, and why it stands here."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from leaddesk.words.queue import QueueRow
from leaddesk.words.states import Rung
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.text import cut
from leaddesk_ui.theme import Theme

from .model import Index, Role, Time
from .wording import tag

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_KEPT = 32
"""So many cards are kept painted: two screens of them."""
_DENSE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")
"""Letters of East Asia: bold, their strokes run together at this size, and such a face takes megabytes."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Fonts(NamedTuple):
    number: QFont
    small: QFont
    name: QFont
    dense: QFont
    wants: QFont
    why: QFont


class RowDelegate(QStyledItemDelegate):
    """A card of 84 pixels in the person's text size; `fading` leads are painted as they arrive."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = _Fonts(
            font(22, DEMI, tabular=True),
            font(12, MEDIUM),
            font(14, DEMI),
            font(14, MEDIUM),
            font(13),
            font(12),
        )
        self.fading: dict[int, float] = {}
        self._cards: dict[Hashable, QPixmap] = {}
        """Cards as they were last painted, the timer's tile apart; the oldest first."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(300), scaled(84))

    def tile(self, row_rect: QRect) -> QRect:
        """Where the timer is: all that a tick repaints."""
        card = self._card(row_rect)
        gap = scaled(10)
        return QRect(card.left() + gap, card.top() + gap, scaled(62), card.height() - 2 * gap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QueueRow = index.data(Role.ROW)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self.fading.get(row.lead, 1.0))
        painter.drawPixmap(option.rect.topLeft(), self._picture(option.rect.size(), painter, row, selected))
        self._paint_tile(painter, self.tile(option.rect), index.data(Role.TIME), selected)
        painter.restore()

    def _picture(self, size: QSize, painter: QPainter, row: QueueRow, selected: bool) -> QPixmap:
        """The card without its timer.

        A new row moves all that are below it, and each call of a painter's may wait for the interpreter while
        mail is read: what was painted once is only copied.
        """
        ratio = painter.device().devicePixelRatioF()
        shown = (tag(row), row.name, row.wants, row.why, row.trouble)
        key = (shown, selected, size.toTuple(), ratio, self._theme.tokens, self._fonts.name.key())
        picture = self._cards.pop(key, None) or self._painted(size, ratio, row, selected)
        self._cards[key] = picture
        if len(self._cards) > _KEPT:
            del self._cards[next(iter(self._cards))]
        return picture

    def _painted(self, size: QSize, ratio: float, row: QueueRow, selected: bool) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        rect = QRect(QPoint(0, 0), size)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_card(painter, self._card(rect), selected)
            self._paint_words(painter, rect, row)
        return picture

    def _card(self, row_rect: QRect) -> QRect:
        return row_rect.adjusted(scaled(8), scaled(3), -scaled(8), -scaled(3))

    def _paint_card(self, painter: QPainter, card: QRect, selected: bool) -> None:
        tokens = self._theme.tokens
        edge = tokens.accent if selected else tokens.line if tokens.outlined else tokens.card
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(tokens.selected if selected else tokens.card))
        painter.drawRoundedRect(QRectF(card).adjusted(0.75, 0.75, -0.75, -0.75), 10, 10)

    def _paint_tile(self, painter: QPainter, tile: QRect, time: Time, selected: bool) -> None:
        tokens = self._theme.tokens
        ink, ground = tokens.rung(time.rung)
        if selected and time.rung is Rung.COLD:
            ground = tokens.card  # cold's ground would vanish on the selected card
        painter.setPen(QPen(QColor(ink), 1) if tokens.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(tile, 8, 8)
        painter.setPen(QColor(ink))
        self._paint_number(painter, tile, time)
        painter.setFont(self._fonts.small)
        under = tile.adjusted(0, scaled(36), 0, -scaled(5))
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, time.rung.value)

    def _paint_number(self, painter: QPainter, tile: QRect, time: Time) -> None:
        number, unit = QFontMetrics(self._fonts.number), QFontMetrics(self._fonts.small)
        wide = number.horizontalAdvance(time.number)
        gap = scaled(2) if time.unit else 0
        left = tile.left() + (tile.width() - wide - gap - unit.horizontalAdvance(time.unit)) // 2
        line = tile.top() + scaled(31)
        painter.setFont(self._fonts.number)
        painter.drawText(left, line, time.number)
        painter.setFont(self._fonts.small)
        painter.drawText(left + wide + gap, line, time.unit)

    def _paint_words(self, painter: QPainter, rect: QRect, row: QueueRow) -> None:
        tokens, fonts = self._theme.tokens, self._fonts
        card, tile = self._card(rect), self.tile(rect)
        left, width = tile.right() + scaled(14), card.right() - tile.right() - scaled(26)
        words = cut(QFontMetrics(fonts.small), tag(row), width // 2)
        tag_width = QFontMetrics(fonts.small).horizontalAdvance(words)

        def line(
            text: str, in_font: QFont, ink: str, y: int, room: int, align: Qt.AlignmentFlag = _LEFT
        ) -> None:
            painter.setFont(in_font)
            painter.setPen(QColor(ink))
            area = QRect(left, card.top() + scaled(y), room, scaled(20))
            painter.drawText(area, align, cut(QFontMetrics(in_font), text, room))

        line(words, fonts.small, tokens.dim, 8, width, _RIGHT)
        name = fonts.dense if _DENSE.search(row.name) else fonts.name
        line(row.name, name, tokens.text, 8, width - tag_width - scaled(14))
        line(row.wants, fonts.wants, tokens.text, 29, width)
        line(row.why, fonts.why, tokens.danger if row.trouble else tokens.dim, 51, width)
