"""The rows of the queue as Qt's list model: changed row by row, so that the selection stays where it is."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from leaddesk.words.queue import QueueRow
from leaddesk.words.states import Rung
from leaddesk_ui.times import timer

from .wording import spoken

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(enum.IntEnum):
    """What can be asked of a row: all of it, and the running time."""

    ROW = Qt.ItemDataRole.UserRole + 1
    TIME = Qt.ItemDataRole.UserRole + 2


class Time(NamedTuple):
    """What the timer's tile shows."""

    number: str
    unit: str
    rung: Rung

    @classmethod
    def of(cls, row: QueueRow, now: datetime) -> Time:
        return cls(*timer(row.waited(now)), row.rung(now))


class QueueModel(QAbstractListModel):
    """Shows `QueueRow`s. `arrived` tells the leads of rows that were not there before."""

    arrived = Signal(tuple)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._rows: list[QueueRow] = []
        self._times: dict[int, Time] = {}

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Role.ROW:
                return row
            case Role.TIME:
                return self._times[row.lead]
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row, self._now())
        return None

    def row_of(self, lead: int) -> int | None:
        """Where a lead stands, or None when it is not in the queue."""
        return next((place for place, row in enumerate(self._rows) if row.lead == lead), None)

    def show(self, rows: Sequence[QueueRow]) -> None:
        """Become these rows by removing, moving, inserting and changing what differs."""
        before = {row.lead for row in self._rows}
        now = self._now()
        self._times |= {row.lead: Time.of(row, now) for row in rows}
        self._remove_all_but({row.lead for row in rows})
        for place, row in enumerate(rows):
            self._put(place, row)
        self._times = {row.lead: self._times[row.lead] for row in rows}
        if came := tuple(row.lead for row in rows if row.lead not in before):
            self.arrived.emit(came)

    def tick(self, first: int, last: int) -> int:
        """Renew the times of the rows from `first` to `last`; says only those that read differently.

        Returns how many did.
        """
        now, changed = self._now(), 0
        for place in range(max(0, first), min(last, len(self._rows) - 1) + 1):
            row = self._rows[place]
            time = Time.of(row, now)
            if time != self._times[row.lead]:
                self._times[row.lead] = time
                self._say(place, [Role.TIME])
                changed += 1
        return changed

    def _remove_all_but(self, leads: set[int]) -> None:
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].lead not in leads:
                self.beginRemoveRows(_NOWHERE, place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _put(self, place: int, row: QueueRow) -> None:
        at = next((n for n in range(place, len(self._rows)) if self._rows[n].lead == row.lead), None)
        if at is None:
            self.beginInsertRows(_NOWHERE, place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
            return
        if at != place:
            self.beginMoveRows(_NOWHERE, at, at, _NOWHERE, place)
            self._rows.insert(place, self._rows.pop(at))
            self.endMoveRows()
        old, self._rows[place] = self._rows[place], row
        if replace(old, place=row.place) != row:
            self._say(place, [])

    def _say(self, place: int, roles: list[int]) -> None:
        index = self.index(place)
        self.dataChanged.emit(index, index, roles)
