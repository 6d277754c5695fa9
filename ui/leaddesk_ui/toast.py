"""A short word at the foot of the window: what was done, and the key that takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from .fonts import MEDIUM, font, scaled
from .layout import row
from .text import label
from .text import tip as set_tip

_SHOWN_MS = 6000
_LONGEST = 140
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Toast(QFrame):
    """Stands over the page for six seconds; never takes the focus."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("ground", "toast")
        self.setObjectName("toast")
        self._over = over
        self._words = label("", 13, MEDIUM, "on_text")
        self._undo = label("", 13, MEDIUM, "on_text")
        underlined = font(13, MEDIUM)
        underlined.setUnderline(True)
        self._undo.setFont(underlined)
        self._pressed: Callable[[], object] | None = None
        self.setLayout(row(self._words, self._undo, margins=(16, 9, 16, 9), space=14))
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self._clear_of: QWidget | None = None
        self.hide()

    def keep_clear_of(self, widget: QWidget) -> None:
        """Stand above this one while it is seen: it shows what has just been done."""
        self._clear_of = widget
        widget.installEventFilter(self)

    @property
    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def say(self, sentence: str, undo: bool = False) -> None:
        """Show a sentence; with `undo`, also the key that takes it back."""
        if not sentence:
            return
        self._words.say(sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST] + "…")
        set_tip(self, sentence)
        self._undo.say("Undo  Ctrl Z" if undo else "")
        self._undo.setVisible(undo)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        width = min(self.width(), self._over.width() - scaled(40))
        left = (self._over.width() - width) // 2
        self.setGeometry(left, self._foot() - self.height(), width, self.height())

    def _foot(self) -> int:
        """Down to where it may reach."""
        foot = self._over.height() - scaled(70)
        if self._clear_of is not None and self._clear_of.isVisible():
            foot = min(foot, self._clear_of.mapTo(self._over, QPoint(0, 0)).y() - scaled(4))
        return foot
