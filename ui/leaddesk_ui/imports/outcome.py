"""What would come of an import: four counts, what needs a look, and each line that is left out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.imports import FileKind, Imported
from leaddesk_ui.buttons import Switch
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .wording import many, problem_lines, waiting, warning

_HEIGHT = 6
_MOST_LINES = 8
"""Lines that are left out are seen so many at a time; the others by scrolling."""


class Progress(QWidget):
    """How far it is: a line that fills, and the count in words. Ink, not the accent: nothing to press."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self._line = QWidget()
        self._said = label("", 13, ink="dim", tabular=True)
        self._line.setFixedHeight(scaled(_HEIGHT) + scaled(26))
        self.setLayout(column(self._said, self._line, space=0))
        self.setAccessibleName("Progress")
        theme.changed.connect(self.update)

    def show_part(self, words: str, part: float) -> None:
        """Show how far it is, from 0 to 1."""
        self._part = part
        self._said.say(f"{words}, {part:.0%}")
        self.setAccessibleDescription(self._said.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height, top = scaled(_HEIGHT), self._line.y() + scaled(8)
        painter.setBrush(QColor(self._theme.tokens.line))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), height / 2, height / 2)
        painter.setBrush(QColor(self._theme.tokens.text))
        done = max(height, self.width() * self._part)
        painter.drawRoundedRect(QRectF(0, top, done, height), height / 2, height / 2)


class OutcomePanel(QWidget):
    """`doubtful_wanted` says whether those are taken in as well who may be known."""

    doubtful_wanted = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.progress = Progress(theme)
        self._tiles = row(space=8)
        self._waiting = label("", 13, wrap=True)
        self._warnings = column(space=4)
        self._doubtful = Switch("Take the doubtful ones in as well", self._on_doubtful)
        self._head = label("Left out, and why", 13, MEDIUM)
        self._problems = sheet_of_paper("Lines that are left out")
        self._problems.setReadOnly(True)
        self._result = QWidget()
        self._result.setLayout(
            column(
                self._tiles,
                4,
                self._waiting,
                self._warnings,
                self._doubtful,
                self._head,
                self._problems,
                space=8,
            )
        )
        self.setLayout(column(self.progress, self._result))
        self.begin(is_doubtful=False)

    def _on_doubtful(self, wanted: bool) -> None:
        self.doubtful_wanted.emit(wanted)

    def begin(self, *, is_doubtful: bool) -> None:
        """Nothing is known yet."""
        self._doubtful.setChecked(is_doubtful)
        self.progress.hide()
        self._result.hide()

    def show_progress(self, words: str, part: float, *, alone: bool = False) -> None:
        """Show how far the work is; `alone` without what was tried before."""
        self._result.setVisible(not alone and self._result.isVisible())
        self.progress.show_part(words, part)
        self.progress.show()

    def show_tried(self, tried: Imported) -> None:
        """Show what would come of it."""
        self.progress.hide()
        empty(self._tiles)
        for count, words in (
            (tried.new, "new"), (tried.known, "known already"), (tried.doubtful, "doubtful"),
            (tried.unusable, "unusable"),
        ):  # fmt: skip
            self._tiles.addWidget(_tile(count, words))
        self._tiles.addStretch()
        self._waiting.say(waiting(tried))
        empty(self._warnings)
        for warned in tried.warnings:
            self._warnings.addWidget(label(warning(warned), 13, ink="warm", wrap=True))
        left_out = tried.doubtful + tried.unusable
        self._doubtful.setVisible(bool(tried.doubtful) or self._doubtful.isChecked())
        self._head.say(f"{many(left_out, 'line')} left out, and why")
        is_table = tried.look.kind is FileKind.CSV
        self._problems.setPlainText(problem_lines(tried.problems, left_out, is_table=is_table))
        lines = min(self._problems.blockCount(), _MOST_LINES)
        self._problems.setFixedHeight(lines * self._problems.fontMetrics().lineSpacing() + scaled(26))
        for part in (self._head, self._problems):
            part.setVisible(bool(left_out))
        self._result.show()


def _tile(count: int, words: str) -> QFrame:
    figure = label(f"{count:,}", 22, DEMI, tabular=True)
    made = frame("quiet", column(figure, label(words, 12, ink="dim"), margins=(14, 8, 14, 8), space=2))
    made.setMinimumWidth(scaled(120))
    made.setAccessibleName(f"{count:,} {words}")
    return made
