"""Plain lists under the queue's roof: found leads, mails put away, people we know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from leaddesk_ui.fonts import DEMI, MEDIUM, font, scaled
from leaddesk_ui.text import cut
from leaddesk_ui.theme import Theme

from .model import Index

_ROW = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `id` is the lead's or the mail's."""

    id: int
    title: str
    aside: str
    text: str
    under: str = ""


class LineModel(QAbstractListModel):
    """Shows `Line`s; a search or another list replaces them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == _ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (line.title, line.aside, line.text, line.under) if part)
        return None

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()


class LineDelegate(QStyledItemDelegate):
    """A quiet card; what was searched for stands in 600 ink on the ground of a line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: re.Pattern[str] | None = None
        self._title, self._text, self._small = font(14, DEMI), font(13), font(12)
        self._aside = font(12, MEDIUM)

    def find(self, words: str) -> None:
        """Mark these words from now on."""
        parts = [re.escape(word) for word in words.split() if len(word) > 1]
        self._found = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line | None = index.data(_ROW)
        return QSize(scaled(300), scaled(84 if line and line.under else 64))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(_ROW)
        tokens = self._theme.tokens
        card = option.rect.adjusted(scaled(8), scaled(3), -scaled(8), -scaled(3))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        edge = tokens.accent if selected else tokens.line if tokens.outlined else tokens.card
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(tokens.selected if selected else tokens.card))
        painter.drawRoundedRect(QRectF(card).adjusted(0.75, 0.75, -0.75, -0.75), 10, 10)
        self._paint_lines(painter, card.adjusted(scaled(14), 0, -scaled(12), 0), line)
        painter.restore()

    def _paint_lines(self, painter: QPainter, area: QRect, line: Line) -> None:
        tokens = self._theme.tokens
        metrics = QFontMetrics(self._aside)
        aside = cut(metrics, line.aside, area.width() // 2)
        painter.setFont(self._aside)
        painter.setPen(QColor(tokens.dim))
        first = QRect(area.left(), area.top() + scaled(8), area.width(), scaled(20))
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
        room = metrics.horizontalAdvance(aside) + scaled(12)
        self._paint_marked(painter, first.adjusted(0, 0, -room, 0), line.title, self._title, tokens.text)
        second = first.translated(0, scaled(21))
        self._paint_marked(painter, second, line.text, self._text, tokens.text)
        if line.under:
            self._paint_marked(painter, second.translated(0, scaled(22)), line.under, self._small, tokens.dim)

    def _paint_marked(self, painter: QPainter, area: QRect, text: str, face: QFont, ink: str) -> None:
        text = cut(QFontMetrics(face), " ".join(text.split()), area.width())
        x = area.left()
        for part, hit in _parts(text, self._found):
            part_font = QFont(face)
            if hit:
                part_font.setWeight(DEMI)
            width = QFontMetrics(part_font).horizontalAdvance(part)
            if hit:
                self._paint_ground(painter, QRectF(x - 1, area.top() + 1, width + 2, area.height() - 2))
            painter.setFont(part_font)
            painter.setPen(QColor(self._theme.tokens.text if hit else ink))
            room = QRect(x, area.top(), area.right() - x + 4, area.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, part)
            x += width

    def _paint_ground(self, painter: QPainter, ground: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.line if not self._theme.tokens.outlined else "#444444"))
        painter.drawRoundedRect(ground, 4, 4)


class LineList(QListView):
    """`picked` when the person moved to a row or clicked it, `opened` when Enter or a double click asked."""

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LineModel(self)
        self._delegate = LineDelegate(theme, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setObjectName(name.lower().replace(" ", "_"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.picked.emit(index.data(_ROW).id))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(_ROW).id))
        theme.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> int | None:
        """The id of the row that is selected, or None."""
        line: Line | None = self.currentIndex().data(_ROW)
        return line.id if line else None

    def show_lines(self, lines: Sequence[Line], found: str = "") -> None:
        """Show these lines, with the words of a search marked, the first one selected."""
        self._delegate.find(found)
        self.rows.show(lines)
        if lines:
            self.setCurrentIndex(self.rows.index(0))

    def step(self, steps: int) -> None:
        """Down or up by some rows."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.rows.index(min(max(0, self.currentIndex().row() + steps), last)))
            self.picked.emit(self.currentIndex().data(_ROW).id)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here, not a search by name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.opened.emit(self.chosen)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


def _parts(text: str, found: re.Pattern[str] | None) -> list[tuple[str, bool]]:
    if found is None:
        return [(text, False)]
    parts: list[tuple[str, bool]] = []
    last = 0
    for match in found.finditer(text):
        parts += [(text[last : match.start()], False), (match.group(), True)]
        last = match.end()
    return [*parts, (text[last:], False)]
