"""Two panes beside each other, or, where there is no room, one over the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from .fonts import scaled

_NARROW = 1000
_RAIL = 76
_LEFT = 420
_NARROWEST_LEFT = 340


class Split(QWidget):
    """Left and right of a page. In a narrow window the right covers the left while it is `open_right`."""

    narrow_changed = Signal(bool)

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._left, self._right = left, right
        self.is_narrow = False
        self._right_is_open = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        left.setMinimumWidth(scaled(_NARROWEST_LEFT))
        self.left_width = scaled(_LEFT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.splitter.splitterMoved.connect(self._on_moved)

    @property
    def covers(self) -> bool:
        """True while the right covers the left."""
        return self.is_narrow and self._right_is_open

    def open_right(self, is_open: bool) -> None:
        """In a narrow window, let the right cover the left, or go back."""
        self._right_is_open = is_open
        self._arrange()

    def put_right(self, right: QWidget) -> None:
        """Another right side takes the place of the one that was there."""
        old, self._right = self._right, right
        self.splitter.replaceWidget(1, right)
        old.deleteLater()
        self.splitter.setStretchFactor(1, 1)
        self._arrange()

    def set_left_width(self, width: int) -> None:
        """Give the left another width, in pixels."""
        self.left_width = max(scaled(_NARROWEST_LEFT), width)
        self._place_splitter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW - scaled(_RAIL)
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            self._arrange()
            self.narrow_changed.emit(narrow)
        self._place_splitter()

    def _arrange(self) -> None:
        self._left.setVisible(not self.covers)
        self._right.setVisible(not self.is_narrow or self._right_is_open)
        self._place_splitter()

    def _place_splitter(self) -> None:
        if not self.is_narrow:
            self.splitter.setSizes([self.left_width, max(1, self.width() - self.left_width)])

    def _on_moved(self, position: int) -> None:
        self.left_width = position
