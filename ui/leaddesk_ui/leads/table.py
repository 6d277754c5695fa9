"""The table of everybody: columns that give way to a narrow window, rows chosen by keys or mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from leaddesk.words.all_leads import Listed, Sort, Window
from leaddesk_ui.fonts import MEDIUM, font, scaled
from leaddesk_ui.theme import Theme

from .columns import COLUMNS, SHAPES, Column
from .delegate import ROW, CellDelegate
from .model import Index, LeadsModel, Role

_LEAST = 120


class LeadsTable(QTableView):
    """`opened` when Enter or a double click asked, `title_pressed` names the column's place."""

    opened = Signal(int)
    moved = Signal()
    title_pressed = Signal(int)

    def __init__(self, theme: Theme, now: Callable[[], datetime], zone: Callable[[], tzinfo]) -> None:
        super().__init__()
        self.rows = LeadsModel(now, zone, self)
        self.cells = CellDelegate(theme, now, zone, self)
        self._build()
        self._dress_titles()
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(Role.ROW).lead))
        self.horizontalHeader().sectionClicked.connect(self.title_pressed)
        theme.changed.connect(self.viewport().update)

    def _build(self) -> None:
        self.setObjectName("everybody")
        self.setAccessibleName("All leads")
        self.setModel(self.rows)
        self.setItemDelegate(self.cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW))

    def _dress_titles(self) -> None:
        titles = self.horizontalHeader()
        titles.setFont(font(12, MEDIUM))
        titles.setSectionsClickable(True)
        titles.setHighlightSections(False)
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setMinimumSectionSize(1)
        titles.setFixedHeight(scaled(38))
        titles.setAccessibleName("Titles")

    @property
    def chosen(self) -> Listed | None:
        """The row that is selected, or None."""
        return self.rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def show_window(self, window: Window, sort: Sort) -> None:
        """Show other rows from the top; who was chosen stays chosen where they are among them."""
        before = self.chosen
        self.rows.show(window, sort)
        place = self.rows.place_of(before.lead) if before is not None else None
        if window.rows:
            self.selectRow(place or 0)
        self.horizontalHeader().viewport().update()

    def step(self, steps: int) -> None:
        """Down or up by some rows."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            self.selectRow(min(max(0, self.currentIndex().row() + steps), last))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here, not a search by name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.opened.emit(chosen.lead)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(self.rows.rowCount() * (1 if event.key() == Qt.Key.Key_End else -1))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self.viewport().width())

    def _lay_out(self, width: int) -> None:
        shown = [column for column in COLUMNS if width >= scaled(SHAPES[column].shown_from)]
        widest = Column.WANTS if Column.WANTS in shown else Column.WHO
        rest = width - sum(scaled(SHAPES[column].wide) for column in shown if column is not widest)
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column not in shown)
            wide = max(rest, scaled(_LEAST)) if column is widest else scaled(SHAPES[column].wide)
            self.setColumnWidth(place, wide)
