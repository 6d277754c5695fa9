"""The list of the queue: says what the person chose, never what a change of rows moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from leaddesk.words.queue import QueueRow
from leaddesk_ui.theme import Theme

from .delegate import RowDelegate
from .model import Index, QueueModel, Role

_ARRIVING_MS = 120
_CURRENT = QItemSelectionModel.SelectionFlag.ClearAndSelect


class QueueList(QListView):
    """`chosen` when the person moved to a row, `opened` when Enter or a double click asked for it."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QueueModel(now, self)
        self._theme = theme
        self._person_moves = True
        self._kept: int | None = None
        self._first = True
        self._delegate = RowDelegate(theme, self)
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_ARRIVING_MS)
        self._build()

    def _build(self) -> None:
        self.setViewport(QWidget())  # asked for Qt's own, PySide first makes every widget class that there is
        self.setObjectName("queue")
        self.setAccessibleName("Queue")
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(Role.ROW).lead))
        self.rows.arrived.connect(self._on_arrived)
        self._fade.valueChanged.connect(self._on_fade)
        self._theme.changed.connect(self.viewport().update)

    @property
    def lead(self) -> int | None:
        """The lead that is selected, or None."""
        return self._kept

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show other rows; the selected lead stays selected, wherever it went."""
        with self._quietly():
            self.rows.show(rows)
            self._select(self._kept)
        self._first = False

    def keep(self, lead: int | None) -> None:
        """Mark the lead that is open at the right, without saying that the person chose it."""
        self._kept = lead
        with self._quietly():
            self._select(lead)

    def step(self, steps: int) -> None:
        """Down or up by some rows, as the person asked."""
        if not self.rows.rowCount():
            return
        at = self.rows.row_of(self._kept) if self._kept is not None else None
        place = 0 if at is None else min(max(0, at + steps), self.rows.rowCount() - 1)
        self.setCurrentIndex(self.rows.index(place))

    def tick(self) -> None:
        """Renew the times of the rows that can be seen."""
        self.rows.tick(*self._seen())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._person_moves and current.isValid():
            self._kept = current.data(Role.ROW).lead
            self.chosen.emit(self._kept)

    def dataChanged(self, top: QModelIndex, bottom: QModelIndex, roles: list[int] | None = None) -> None:  # type: ignore[override]  # the stub has a tuple where Qt gives a list
        if roles and list(roles) == [Role.TIME]:
            self.viewport().update(self._delegate.tile(self.visualRect(top)))
            return
        super().dataChanged(top, bottom, roles or [])

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here, not a search by name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._kept is not None:
            self.opened.emit(self._kept)
            return
        super().keyPressEvent(event)

    def _seen(self) -> tuple[int, int]:
        top = self.indexAt(self.viewport().rect().topLeft())
        bottom = self.indexAt(self.viewport().rect().bottomLeft())
        last = bottom.row() if bottom.isValid() else self.rows.rowCount() - 1
        return max(0, top.row()), last

    def _select(self, lead: int | None) -> None:
        place = self.rows.row_of(lead) if lead is not None else None
        if place is None:
            self.selectionModel().clear()
            return
        index = self.rows.index(place)
        self.selectionModel().setCurrentIndex(index, _CURRENT)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._person_moves = self._person_moves, False
        try:
            yield
        finally:
            self._person_moves = before

    def _on_arrived(self, leads: tuple[int, ...]) -> None:
        if self._first or not self._theme.animates or not self.isVisible() or self._delegate.fading:
            return  # where one comes after the other, the eye is drawn enough
        self._delegate.fading = dict.fromkeys(leads, 0.0)
        self._fade.start()

    def _on_fade(self, opacity: float) -> None:
        fading = self._delegate.fading
        self._delegate.fading = dict.fromkeys(fading, opacity) if opacity < 1 else {}
        for place in map(self.rows.row_of, fading):
            if place is not None:
                self.update(self.rows.index(place))
