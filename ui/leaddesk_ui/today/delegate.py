"""Paints one row of the queue: the timer's tile, then who, what they want, and why it stands here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from leaddesk.words.queue import QueueRow
from leaddesk.words.states import Rung
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.text import cut
from leaddesk_ui.theme import Theme

from .model import Index, Role, Time
from .wording import tag

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CARDS, _TIMES = 32, 128
"""So many cards and timers are kept painted: two screens of cards, and two minutes of seconds."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Fonts(NamedTuple):
    number: QFont
    small: QFont
    name: QFont
    dense_name: QFont
    wants: QFont
    dense_wants: QFont
    why: QFont


class RowDelegate(QStyledItemDelegate):
    """A card of 84 pixels in the person's text size; `fading` leads are painted as they arrive."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._fonts = _Fonts(
            font(22, DEMI, tabular=True),
            font(12, MEDIUM),
            font(14, DEMI),
            _unshaped(font(14, MEDIUM)),
            font(13),
            _unshaped(font(13)),
            font(12),
        )
        self.fading: dict[int, float] = {}
        self._cards: dict[Hashable, QPixmap] = {}
        """Cards as they were last painted, the timer's tile apart; the oldest first."""
        self._times: dict[Hashable, QPixmap] = {}
        """The timers' tiles: many rows read the same."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(300), scaled(84))

    def tile(self, row_rect: QRect) -> QRect:
        """Where the timer is: all that a tick repaints."""
        card = self._card(row_rect)
        gap = scaled(10)
        return QRect(card.left() + gap, card.top() + gap, scaled(62), card.height() - 2 * gap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Copies two pictures.

        A new row moves all that are below it, and each call of a painter's may wait for the interpreter while
        mail is read: what was painted once is only copied.
        """
        row: QueueRow = index.data(Role.ROW)
        # By the view: option.state would have all of QStyle loaded before the first paint.
        selected = self._view.selectionModel().isSelected(index)
        rect, ratio = option.rect, painter.device().devicePixelRatioF()
        card = self._card_picture(rect.size(), ratio, row, selected)
        time = self._time_picture(self.tile(rect).size(), ratio, index.data(Role.TIME), selected)
        opacity = self.fading.get(row.lead)
        if opacity is not None:
            painter.setOpacity(opacity)
        painter.drawPixmap(rect.topLeft(), card)
        painter.drawPixmap(self.tile(rect).topLeft(), time)
        if opacity is not None:
            painter.setOpacity(1.0)

    def _card_picture(self, size: QSize, ratio: float, row: QueueRow, selected: bool) -> QPixmap:
        """The card without its timer."""
        shown = (tag(row), row.name, row.wants, row.why, row.trouble)
        key = (shown, selected, size.toTuple(), ratio, self._theme.tokens, self._fonts.name.key())
        return _kept(self._cards, _CARDS, key, lambda: self._painted_card(size, ratio, row, selected))

    def _time_picture(self, size: QSize, ratio: float, time: Time, selected: bool) -> QPixmap:
        key = (time, selected, size.toTuple(), ratio, self._theme.tokens, self._fonts.name.key())
        return _kept(self._times, _TIMES, key, lambda: self._painted_time(size, ratio, time, selected))

    def _painted_card(self, size: QSize, ratio: float, row: QueueRow, selected: bool) -> QPixmap:
        rect = QRect(QPoint(0, 0), size)
        with _painting(picture := _blank(size, ratio)) as painter:
            self._paint_card(painter, self._card(rect), selected)
            self._paint_words(painter, rect, row)
        return picture

    def _painted_time(self, size: QSize, ratio: float, time: Time, selected: bool) -> QPixmap:
        with _painting(picture := _blank(size, ratio)) as painter:
            self._paint_tile(painter, QRect(QPoint(0, 0), size), time, selected)
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
        name = fonts.dense_name if _is_dense(row.name) else fonts.name
        line(row.name, name, tokens.text, 8, width - tag_width - scaled(14))
        wants = fonts.dense_wants if _is_dense(row.wants) else fonts.wants
        line(row.wants, wants, tokens.text, 29, width)
        line(row.why, fonts.why, tokens.danger if row.trouble else tokens.dim, 51, width)


def _is_dense(text: str) -> bool:
    """Letters of East Asia: bold, their strokes run together at this size, and such a face takes megabytes.

    Not a pattern: to compile one of so many letters takes longer than all rows of a first paint.
    """
    return not text.isascii() and any("\u2e80" <= a <= "\ud7ff" or "\uf900" <= a <= "\ufaff" for a in text)


def _unshaped(made: QFont) -> QFont:
    """These letters stand beside each other as they are: what would join them need not be loaded."""
    made.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return made


def _kept(
    pictures: dict[Hashable, QPixmap], most: int, key: Hashable, paint: Callable[[], QPixmap]
) -> QPixmap:
    """The picture under `key`, painted where it is not kept; the one that was longest not asked for goes."""
    picture = pictures.pop(key, None) or paint()
    pictures[key] = picture
    if len(pictures) > most:
        del pictures[next(iter(pictures))]
    return picture


def _blank(size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


@contextmanager
def _painting(picture: QPixmap) -> Iterator[QPainter]:
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield painter
