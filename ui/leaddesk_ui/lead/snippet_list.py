"""Snippets by `;` in a text: what fits what was typed, chosen with the arrows and Enter or Tab."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QWidget

from leaddesk.words.snippets import Snippet
from leaddesk_ui.fonts import font, scaled
from leaddesk_ui.text import cut

_BEGUN = re.compile(r"(?:^|(?<=\s));([\w-]{0,30})$")
_SHOWN = 6
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_OURS = (*_TAKE, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)


class SnippetList(QListWidget):
    """Stands under the cursor of `paper` while a snippet is being named; the focus stays in the text."""

    def __init__(self, paper: QPlainTextEdit, over: QWidget) -> None:
        super().__init__(over)
        self._paper, self._over = paper, over
        self._all: Sequence[Snippet] = ()
        self._found: list[Snippet] = []
        self.setProperty("choice", True)
        self.setObjectName("snippets")
        self.setAccessibleName("Snippets")
        self.setFont(font(13))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda _: self._take())
        paper.installEventFilter(self)
        paper.cursorPositionChanged.connect(self._look)
        self.hide()

    def offer(self, snippets: Sequence[Snippet]) -> None:
        """These can be named from now on."""
        self._all = snippets
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list while it is open; all others are the text's."""
        if self.isHidden() or not isinstance(event, QKeyEvent) or event.key() not in _OURS:
            return super().eventFilter(watched, event)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window's own meaning of these keys waits
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._press(Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> None:
        if key in _TAKE:
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())

    def _begun(self) -> str | None:
        """What was typed of a snippet's name, before the cursor; None where none is begun."""
        cursor = self._paper.textCursor()
        before = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()]
        found = _BEGUN.search(before.decode("utf-16-le", "replace"))
        return found[1].lower() if found and not cursor.hasSelection() else None

    def _look(self) -> None:
        begun = self._begun() if self._paper.hasFocus() else None
        self._found = [] if begun is None else [each for each in self._all if each.name.startswith(begun)]
        self.clear()
        if not self._found:
            self.hide()
            return
        width = min(scaled(420), self._over.width() - scaled(28))
        for each in self._found:
            words = f";{each.name}   {' '.join(each.text.split())}"
            self.addItem(cut(self.fontMetrics(), words, width - scaled(32)))
        self.setCurrentRow(0)
        self._place(width)

    def _place(self, width: int) -> None:
        """Under the line that is written, or above it where there is no room."""
        height = self.sizeHintForRow(0) * min(len(self._found), _SHOWN) + scaled(12)
        self.resize(width, height)
        line = self._paper.cursorRect()
        at = self._paper.viewport().mapTo(self._over, QPoint(line.left(), line.bottom() + scaled(4)))
        if at.y() + height > self._over.height():
            at.setY(at.y() - height - line.height() - scaled(8))
        self.move(max(scaled(8), min(at.x(), self._over.width() - width - scaled(8))), max(0, at.y()))
        self.show()
        self.raise_()

    def _take(self) -> None:
        begun, row = self._begun(), self.currentRow()
        if begun is None or not 0 <= row < len(self._found):
            self.hide()
            return
        text = self._found[row].text
        cursor = self._paper.textCursor()
        cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, len(begun) + 1)
        cursor.insertText(text)
        self._paper.setTextCursor(cursor)
        self.hide()
