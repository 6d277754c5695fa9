"""The rows of everybody as Qt's table model: it holds what was asked for so far and asks for more."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from leaddesk.words.all_leads import After, Listed, Sort, Window

from . import wording
from .columns import COLUMNS, SHAPES, column_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(enum.IntEnum):
    """The whole row of a cell."""

    ROW = Qt.ItemDataRole.UserRole + 1


class LeadsModel(QAbstractTableModel):
    """`more_wanted` names where the next rows begin; they come by `add`."""

    more_wanted = Signal(object)

    def __init__(
        self, now: Callable[[], datetime], zone: Callable[[], tzinfo], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now, self._zone = now, zone
        self._rows: list[Listed] = []
        self._after: After | None = None
        self._asked: After | None = None
        self._sort = Sort()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        match role:
            case Role.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return wording.spoken(row, self._now(), self._zone())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        is_sorted = column is column_of(self._sort.by)
        return f"{column.value}  {'↓' if self._sort.down else '↑'}" if is_sorted else column.value

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        return not parent.isValid() and self._after is not None and self._asked is None

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        if self._after is not None and self._asked is None:
            self._asked = self._after
            self.more_wanted.emit(self._after)

    def row(self, place: int) -> Listed | None:
        """The row at this place, or None."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, lead: int) -> int | None:
        """Where a lead stands among those that are here."""
        return next((place for place, row in enumerate(self._rows) if row.lead == lead), None)

    def show(self, window: Window, sort: Sort) -> None:
        """Begin anew with these rows."""
        self.beginResetModel()
        self._rows = list(window.rows)
        self._after, self._asked, self._sort = window.after, None, sort
        self.endResetModel()

    def add(self, window: Window, after: After) -> None:
        """The rows that were wanted from `after` on, unless others have been shown since."""
        if after != self._asked:
            return
        self._asked, self._after = None, window.after
        known = {row.lead for row in self._rows}
        rows = [row for row in window.rows if row.lead not in known]
        if rows:
            self._insert(rows)

    def give_up(self) -> None:
        """The rows that were wanted did not come: they may be asked for again."""
        self._asked = None

    def _insert(self, rows: Sequence[Listed]) -> None:
        first = len(self._rows)
        self.beginInsertRows(_NOWHERE, first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()


def sort_of(section: int, now: Sort) -> Sort | None:
    """The order that a title asks for: the same once more turns it round. None where it sorts by nothing."""
    shape = SHAPES[COLUMNS[section]]
    if shape.sort is None:
        return None
    return Sort(shape.sort, not now.down if now.by is shape.sort else shape.starts_down)
