"""The imports so far, each with the button that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.imports import Batch
from leaddesk_ui.ask import Answer, ask
from leaddesk_ui.buttons import Pressed, button
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.text import elided, label
from leaddesk_ui.theme import Theme

from .outcome import Progress
from .wording import batch_words, many

_SHOWN = 30


class PastImports(QWidget):
    """`undo_requested` names the import that is taken back."""

    undo_requested = Signal(int)

    def __init__(self, when: Callable[[datetime], str], theme: Theme) -> None:
        super().__init__()
        self._when = when
        self.progress = Progress(theme)
        self.progress.hide()
        self._lines = column(space=8)
        self._head = label("Imports so far", 16, DEMI)
        self.setLayout(column(self._head, 8, self.progress, self._lines))
        self.hide()

    def show_past(self, batches: Sequence[Batch]) -> None:
        """Show them, the newest first."""
        self.progress.hide()
        self._lines_enabled(True)
        empty(self._lines)
        for batch in batches[:_SHOWN]:
            self._lines.addWidget(self._line(batch))
        self.setVisible(bool(batches))

    def show_progress(self, words: str, part: float) -> None:
        """One of them is being taken back: nothing else is until that is done."""
        self.progress.show_part(words, part)
        self.progress.show()
        self._lines_enabled(False)

    def _lines_enabled(self, enabled: bool) -> None:
        for place in range(self._lines.count()):
            item = self._lines.itemAt(place)
            line = item.widget() if item is not None else None
            if line is not None:
                line.setEnabled(enabled)

    def _line(self, batch: Batch) -> QFrame:
        words = column(
            elided(batch.file, 14, DEMI),
            elided(batch_words(batch, self._when(batch.at)), 13, ink="dim", tabular=True),
            space=2,
        )
        line = row(margins=(14, 10, 14, 10))
        line.addLayout(words, 1)
        if batch.undone_at is None:
            undo = button("Take it back …", "", self._asks(batch))
            undo.setAccessibleName(f"Take back the import of {batch.file}")
            line.addWidget(undo)
        else:
            line.addWidget(label(f"taken back {self._when(batch.undone_at)}", 13, ink="dim"))
        return frame("card", line)

    def _asks(self, batch: Batch) -> Pressed:
        def pressed() -> None:
            sentence = f"Take back the import of {batch.file}?"
            detail = f"{many(batch.new, 'lead')} of it go, but for those that were worked with since."
            if ask(self, sentence, detail, "Take it back", "Keep it") is Answer.YES:
                self.undo_requested.emit(batch.id)

        return pressed
