"""A sheet over a part of the window, and the host that holds one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from .fonts import scaled
from .theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut


class Sheet(QFrame):
    """Something to fill in or to choose from. Esc closes it and nothing is written."""

    closed = Signal()

    def __init__(self, name: str, width: int = 640) -> None:
        super().__init__()
        self.setProperty("ground", "sheet")
        self.setAccessibleName(name)
        self.setObjectName("sheet")
        self.widest = scaled(width)
        self._key("Esc", self.closed.emit)

    def _key(self, sequence: str, pressed: object) -> QShortcut:
        """A key of this sheet alone."""
        from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415 - the first paint does without

        made = QShortcut(QKeySequence(sequence), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(pressed)
        return made

    def begin(self) -> None:
        """Put the focus where the person starts; a subclass names its own place."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays on the sheet."""
        places = self._places()
        if not places:
            return True
        here = self.focusWidget()
        at = places.index(here) if here in places else -1
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        places[(at + step) % len(places)].setFocus(reason)
        return True

    def _places(self) -> list[QWidget]:
        places: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes and widget.isEnabled() and self.isAncestorOf(widget) and widget.isVisible():
                places.append(widget)
            widget = widget.nextInFocusChain()
        return places


class SheetHost(QWidget):
    """Covers its parent with a veil while a sheet is open. `opened` and `closed` tell the window."""

    opened = Signal()
    closed = Signal()

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over, self._theme = over, theme
        self._sheet: Sheet | None = None
        self._before: QWidget | None = None
        self._place = QHBoxLayout()
        down = QVBoxLayout(self)
        down.setContentsMargins(*(scaled(n) for n in (28, 72, 28, 28)))
        down.addLayout(self._place)
        down.addStretch(0)
        over.installEventFilter(self)
        self.hide()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is open, or None."""
        return self._sheet

    def open(self, sheet: Sheet) -> None:
        """Put a sheet on; one that is open is closed first."""
        self.close_sheet()
        self._sheet, self._before = sheet, self._over.focusWidget()
        sheet.setMaximumWidth(sheet.widest)
        self._place.addStretch(1)
        self._place.addWidget(sheet, 100)
        self._place.addStretch(1)
        sheet.closed.connect(self.close_sheet)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.opened.emit()
        sheet.begin()

    def close_sheet(self) -> None:
        """Take the sheet off; the focus goes back to where it was."""
        if self._sheet is None:
            return
        sheet, self._sheet = self._sheet, None
        sheet.hide()
        while self._place.takeAt(0) is not None:
            continue
        sheet.deleteLater()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(self._theme.tokens.canvas)
        veil.setAlpha(170)
        QPainter(self).fillRect(self.rect(), veil)
