"""The first rows of a table as they stand, with a choice above each column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QScrollArea, QWidget

from leaddesk.words.imports import Column, Field, FileKind, Look
from leaddesk_ui.fonts import MEDIUM, font, scaled
from leaddesk_ui.text import elided, on_button

from .wording import FIELDS, column_words

_MOST_COLUMNS = 60
_MOST_ROWS = 5
_CELL = 160


class FieldChoice(QPushButton):
    """What one column means. Space, Enter or ↓ opens the list. `chosen` says another meaning."""

    chosen = Signal(int, Field)
    focused = Signal(QWidget)

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        told = column_words(column)
        on_button(self, f"{told}  ▾")
        self.setProperty("chip", True)
        self.setFont(font(12, MEDIUM))
        self.setAccessibleName(f"{column.title} is: {told}")
        self.clicked.connect(self.show_list)

    def show_list(self) -> None:
        """Open the list of meanings."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(f"What {self.column.title} means")
        for field, words in FIELDS.items():
            action = menu.addAction(words)
            action.triggered.connect(self._chooses(field))
            if field is self.column.field:
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.show_list()
        else:
            super().keyPressEvent(event)

    def _chooses(self, field: Field) -> Callable[[], None]:
        return lambda: self.chosen.emit(self.column.place, field)


class ColumnsTable(QScrollArea):
    """Scrolls to the column that has the focus. `chosen` names a column and its new meaning."""

    chosen = Signal(int, Field)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("The first rows")
        self.viewport().setAutoFillBackground(False)
        self.choices: list[FieldChoice] = []

    def show_look(self, look: Look, focus: int | None = None) -> None:
        """Show another file, or the same with other meanings; `focus` is the column that was just changed."""
        content = QWidget()
        content.setProperty("ground", "clear")
        grid = QGridLayout(content)
        grid.setContentsMargins(*(scaled(n) for n in (14, 12, 14, 12)))
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(7))
        self.choices = []
        for place, column in enumerate(look.columns[:_MOST_COLUMNS]):
            self._put_column(grid, place, column, look)
        grid.setColumnStretch(min(len(look.columns), _MOST_COLUMNS), 1)
        grid.setRowStretch(_MOST_ROWS + 2, 1)
        self.setWidget(content)
        content.show()
        for part in content.findChildren(QWidget):
            part.ensurePolished()  # a button is taller before it has its style
        grid.invalidate()
        self.setFixedHeight(grid.sizeHint().height() + scaled(16))
        for choice in self.choices:
            if focus is not None and choice.column.place == focus:
                choice.setFocus()

    def _put_column(self, grid: QGridLayout, place: int, column: Column, look: Look) -> None:
        if look.kind is FileKind.CSV:
            choice = FieldChoice(column)
            choice.chosen.connect(self.chosen)
            choice.focused.connect(lambda one: self.ensureWidgetVisible(one, scaled(40), 0))
            self.choices.append(choice)
            grid.addWidget(choice, 0, place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        title = elided(column.title, 12, MEDIUM, "dim")
        title.setMinimumWidth(scaled(70))
        title.setMaximumWidth(scaled(_CELL))
        grid.addWidget(title, 1, place)
        left_out = column.field is Field.SKIP
        for down, cells in enumerate(look.cells[:_MOST_ROWS], start=2):
            text = cells[place] if place < len(cells) else ""
            cell = elided(text[:200], 13, ink="dim" if left_out else "text", tabular=True)
            cell.setMinimumWidth(min(cell.sizeHint().width(), scaled(_CELL)))
            cell.setMaximumWidth(scaled(_CELL))
            grid.addWidget(cell, down, place)
