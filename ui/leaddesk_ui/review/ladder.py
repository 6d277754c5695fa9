"""Two ladders on one scale: this week over the week before, each one bar, parts as wide as their counts."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from leaddesk.words.views import Review
from leaddesk_ui.fonts import MEDIUM, font, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .cell import Cell
from .wording import Part, parts

_NAMES, _GAP, _LABELS = 112, 2, 18


class Bar(QWidget):
    """One ladder. `pressed` with the part; with `labelled`, each part's word stands over it."""

    pressed = Signal(object)

    def __init__(self, theme: Theme, height: int, *, labelled: bool) -> None:
        super().__init__()
        self._theme = theme
        self._over = scaled(_LABELS) if labelled else 0
        self._small = font(11, MEDIUM)
        self._cells: list[tuple[Part, Cell]] = []
        self._whole = 1
        self.setFixedHeight(scaled(height) + self._over)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(scaled(400), self.height())

    def show_review(self, review: Review, whole: int) -> None:
        """Show a week; `whole` enquiries would fill the bar."""
        for _, cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._whole = max(1, whole)
        self._cells = [(part, self._cell(part)) for part in parts(review)]
        self._place()
        self.update()

    def _cell(self, part: Part) -> Cell:
        size = 13 if self._over else 11
        made = Cell(f"{part.count:,}", part.kind, f"{part.word}: {part.count:,}", self._theme, size)
        made.setParent(self)
        made.clicked.connect(lambda _checked, part=part: self.pressed.emit(part))
        made.show()
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Each at least as wide as its number; what that takes is taken from all."""
        gap, left = scaled(_GAP), 0
        least = sum(cell.least + gap for _, cell in self._cells)
        room = max(0, self.width() - least)
        for part, cell in self._cells:
            width = cell.least + room * part.count // self._whole
            cell.setGeometry(left, self._over, width, self.height() - self._over)
            left += width + gap

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._over:
            return
        painter = QPainter(self)
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        for (part, cell), left in zip(self._cells, self._lefts(metrics), strict=True):
            width = metrics.horizontalAdvance(part.word)
            painter.setPen(QColor(self._theme.tokens.dim))
            area = QRect(left, 0, width + 2, self._over)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, part.word)
            if left > cell.x() + cell.width():
                self._paint_thread(painter, cell, left)

    def _paint_thread(self, painter: QPainter, cell: Cell, left: int) -> None:
        """A word that had to move away from its part is bound to it."""
        painter.setPen(QPen(QColor(self._theme.tokens.dim), 1))
        knee = self._over - 2
        painter.drawLine(cell.x() + cell.width() // 2, knee, left, knee)

    def _lefts(self, metrics: QFontMetrics) -> list[int]:
        """Where the words begin: over their parts, moved right where there is no room, never beyond."""
        widths = [metrics.horizontalAdvance(part.word) + scaled(8) for part, _ in self._cells]
        lefts: list[int] = []
        taken = 0
        for (_, cell), width in zip(self._cells, widths, strict=True):
            lefts.append(max(cell.x(), taken))
            taken = lefts[-1] + width
        end = self.width() + scaled(8)
        for place in reversed(range(len(lefts))):
            lefts[place] = max(0, min(lefts[place], end - widths[place]))
            end = lefts[place]
        return lefts


class Ladders(QWidget):
    """`pressed` with a part of this week; `before_requested` where one of the week before is pressed."""

    pressed = Signal(object)
    before_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._now, self._before = Bar(theme, 36, labelled=True), Bar(theme, 22, labelled=False)
        self._now.pressed.connect(self.pressed)
        self._before.pressed.connect(lambda _: self.before_requested.emit())
        self._names = (label("This week", 12, MEDIUM), label("The week before", 12, MEDIUM, "dim"))
        self._first, self._second = (QWidget() for _ in range(2))
        for line, name, bar in zip(self._lines(), self._names, (self._now, self._before), strict=True):
            name.setFixedWidth(scaled(_NAMES))
            beside = row(name, space=0)
            beside.addWidget(bar, 1)
            line.setLayout(beside)
        self._names[0].setContentsMargins(0, scaled(_LABELS), 0, 0)
        self.setLayout(column(self._first, 4, self._second))

    def _lines(self) -> tuple[QWidget, QWidget]:
        return self._first, self._second

    def show_reviews(self, review: Review, before: Review, name: str) -> None:
        """Show both weeks; `name` is what the first one is called."""
        whole = max(review.enquiries, before.enquiries)
        self._names[0].say(name)
        self._now.show_review(review, whole)
        self._before.show_review(before, whole)
        self._second.setVisible(bool(before.enquiries))
