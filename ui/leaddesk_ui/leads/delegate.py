"""Paints the cells of everybody: one ground under all cells of a row, found words on the ground of a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from leaddesk.rules.found import marks
from leaddesk.words.all_leads import Listed
from leaddesk.words.states import Outcome, Rung
from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.text import cut
from leaddesk_ui.theme import Theme

from . import wording
from .columns import COLUMNS, Column
from .model import Index, Role

ROW = 48
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """What the cells say was decided elsewhere; here it is only painted."""

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], zone: Callable[[], tzinfo], table: QTableView
    ) -> None:
        super().__init__(table)
        self._theme, self._now, self._zone, self._table = theme, now, zone, table
        self._name, self._text, self._small = font(13, DEMI), font(13), font(12)
        self._figure, self._pill = font(13, tabular=True), font(12, DEMI, tabular=True)
        self._state = font(13, MEDIUM)
        self._found: Sequence[str] = ()

    def find(self, needles: Sequence[str]) -> None:
        """Mark these from now on, as `rules.find.needles` makes them."""
        self._found = needles

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(80), scaled(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Listed = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        self._paint_ground(painter, option)
        area = option.rect.adjusted(scaled(14), 0, -scaled(4), 0)
        self._paint_cell(painter, area, COLUMNS[index.column()], row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens, width = self._theme.tokens, self._table.viewport().width()
        whole = QRectF(0, option.rect.top(), width, option.rect.height())
        if option.state & QStyle.StateFlag.State_Selected:
            is_listening = bool(option.state & QStyle.StateFlag.State_Active) and self._table.hasFocus()
            painter.setPen(QPen(QColor(tokens.accent if is_listening else tokens.line), 1.5))
            painter.setBrush(QColor(tokens.selected))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 8, 8)
            return
        painter.setPen(QPen(QColor(tokens.line), 1))
        low = option.rect.bottom()
        painter.drawLine(scaled(14), low, width - scaled(14), low)

    def _paint_cell(self, painter: QPainter, area: QRect, column: Column, row: Listed) -> None:
        tokens, now, zone = self._theme.tokens, self._now(), self._zone()
        match column:
            case Column.WHO:
                self._paint_who(painter, area, row)
            case Column.PHONE:
                self._paint_words(painter, area, row.phone, self._figure, tokens.dim)
            case Column.WANTS:
                self._paint_words(painter, area, row.wants, self._text, tokens.text)
            case Column.SOURCE:
                self._paint_words(painter, area, row.source, self._text, tokens.dim)
            case Column.WROTE:
                self._paint_words(painter, area, wording.day(row.wrote, now, zone), self._figure, tokens.dim)
            case Column.TOUCH:
                self._paint_words(
                    painter, area, wording.day(row.touched, now, zone), self._figure, tokens.dim
                )
            case Column.REPLY:
                self._paint_reply(painter, area, *wording.reply(row, now))
            case Column.STANDS:
                is_open = row.outcome is Outcome.OPEN
                ink = tokens.text if is_open else tokens.dim
                self._paint_words(
                    painter, area, wording.stands(row), self._state if is_open else self._text, ink
                )

    def _paint_who(self, painter: QPainter, area: QRect, row: Listed) -> None:
        tokens, under = self._theme.tokens, wording.under(row)
        if not under:
            self._paint_words(painter, area, row.name, self._name, tokens.text)
            return
        half = area.height() // 2
        upper = QRect(area.left(), area.top() + scaled(4), area.width(), half - scaled(2))
        self._paint_words(painter, upper, row.name, self._name, tokens.text)
        lower = QRect(area.left(), area.top() + half, area.width(), half - scaled(5))
        self._paint_words(painter, lower, under, self._small, tokens.dim)

    def _paint_reply(self, painter: QPainter, area: QRect, told: str, rung: Rung | None) -> None:
        tokens = self._theme.tokens
        if rung is None:
            self._paint_words(painter, area, told, self._figure, tokens.text)
            return
        ink, ground = tokens.rung(rung)
        words = cut(QFontMetrics(self._pill), told, area.width())
        wide = QFontMetrics(self._pill).horizontalAdvance(words) + scaled(16)
        pill = QRectF(area.left() - scaled(8), area.center().y() - scaled(12), wide, scaled(25))
        painter.setPen(QPen(QColor(ink), 1) if tokens.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, 7, 7)
        painter.setPen(QColor(ink))
        painter.setFont(self._pill)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_words(self, painter: QPainter, area: QRect, text: str, face: QFont, ink: str) -> None:
        text = cut(QFontMetrics(face), " ".join(text.split()), area.width())
        x, last = float(area.left()), 0
        for start, end in marks(text, self._found) if self._found else ():
            x = self._paint_part(painter, area, x, text[last:start], face, ink)
            x = self._paint_found(painter, area, x, text[start:end], face)
            last = end
        self._paint_part(painter, area, x, text[last:], face, ink)

    def _paint_part(
        self, painter: QPainter, area: QRect, x: float, part: str, face: QFont, ink: str
    ) -> float:
        painter.setFont(face)
        painter.setPen(QColor(ink))
        painter.drawText(QRectF(x, area.top(), area.right() - x + 4, area.height()), _LEFT, part)
        return x + QFontMetrics(face).horizontalAdvance(part)

    def _paint_found(self, painter: QPainter, area: QRect, x: float, part: str, face: QFont) -> float:
        strong, tokens = QFont(face), self._theme.tokens
        strong.setWeight(DEMI)
        metrics = QFontMetrics(strong)
        high = metrics.height() + 2
        ground = QRectF(x - 1, area.center().y() - high / 2, metrics.horizontalAdvance(part) + 2, high)
        painter.setPen(QPen(QColor(tokens.text), 1) if tokens.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.card if tokens.outlined else tokens.line))
        painter.drawRoundedRect(ground, 4, 4)
        return self._paint_part(painter, area, x, part, strong, tokens.text)
