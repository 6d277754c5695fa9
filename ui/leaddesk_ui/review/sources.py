"""By source: who asked from where, how many were answered, how quickly, and what was won."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from leaddesk.words.views import Review, SourceFigures
from leaddesk_ui.buttons import rename, word
from leaddesk_ui.fonts import MEDIUM, scaled
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.text import elided, label
from leaddesk_ui.times import span
from leaddesk_ui.tokens import Ink

from .wording import was

_WIDTHS = (84, 76, 84, 40)
_TITLES = ("Asked", "Answered", "Half within", "Won")
_SHOWN = 7


class SourceRow(QPushButton):
    """One source as a line that can be pressed."""

    def __init__(self, source: SourceFigures, before: int) -> None:
        super().__init__()
        self.setProperty("line", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        half = "not yet" if source.median is None else span(source.median)
        texts = (
            was(source.enquiries, before),
            f"{source.answered:,} of {source.enquiries:,}",
            half,
            f"{source.won:,}",
        )
        told = ", ".join(f"{name} {text}" for name, text in zip(_TITLES, texts, strict=True))
        self.setAccessibleName(f"{source.source}: {told}")
        line = _line(elided(source.source, 13, MEDIUM), texts, "text", 13)
        line.setContentsMargins(scaled(4), scaled(3), scaled(4), scaled(3))
        self.setLayout(line)
        self.setMinimumHeight(line.sizeHint().height())
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class BySource(QWidget):
    """`pressed` with the source; `others_pressed` with those that are shown by name."""

    pressed = Signal(str)
    others_pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column()
        head = _line(label("Source", 11, MEDIUM, "dim"), _TITLES, "dim", 11)
        head.setContentsMargins(scaled(4), 0, scaled(4), 0)
        self._named: frozenset[str] = frozenset()
        self._more = word("", lambda: self.others_pressed.emit(self._named), ink="dim")
        self.setLayout(column(head, 2, self._rows, self._more))

    def show_review(self, review: Review, before: Review) -> None:
        """Show the sources of a week; each beside the week before."""
        empty(self._rows)
        earlier = {each.source: each.enquiries for each in before.by_source}
        for source in review.by_source[:_SHOWN]:
            made = SourceRow(source, earlier.get(source.source, 0))
            made.clicked.connect(lambda _checked, name=source.source: self.pressed.emit(name))
            self._rows.addWidget(made)
        more = review.by_source[_SHOWN:]
        self._more.setVisible(bool(more))
        asked = sum(each.enquiries for each in more)
        one = len(more) == 1
        rename(self._more, f"and {len(more):,} more source{'' if one else 's'}, {asked:,} asked")
        self._named = frozenset(each.source for each in review.by_source[:_SHOWN])


def _line(name: QWidget, texts: Sequence[str], ink: Ink, size: int) -> QHBoxLayout:
    made = row(space=8)
    made.addWidget(name, 1)
    for text, width in zip(texts, _WIDTHS, strict=True):
        shown = label(text, size, ink=ink, right=True, tabular=True)
        shown.setFixedWidth(scaled(width))
        made.addWidget(shown)
    return made
