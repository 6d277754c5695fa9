"""Fields of a template that are still to be filled in: marked in the text, and gone to when one sends."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from leaddesk.rules.template import unresolved


def mark_open(paper: QPlainTextEdit, ink: QColor) -> None:
    """A line under each field that is still open."""
    marked = []
    for cursor in _places(paper):
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(ink)
        mark.format = shape
        marked.append(mark)
    paper.setExtraSelections(marked)


def go_to_open(paper: QPlainTextEdit) -> bool:
    """Select the first open field, so that typing replaces it; False where there is none."""
    places = _places(paper)
    if places:
        paper.setTextCursor(places[0])
        paper.setFocus()
    return bool(places)


def _places(paper: QPlainTextEdit) -> list[QTextCursor]:
    found = []
    for words in unresolved(paper.toPlainText()):
        cursor = QTextCursor(paper.document())
        while not (cursor := paper.document().find(words, cursor)).isNull():
            found.append(QTextCursor(cursor))
    return sorted(found, key=lambda each: each.selectionStart())
