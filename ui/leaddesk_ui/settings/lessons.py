"""What was taught: each sentence with its day, and taken back with one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.teaching import Lesson
from leaddesk.words.views import Undone
from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import MEDIUM
from leaddesk_ui.keys import BY_ACTION, Action
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label
from leaddesk_ui.times import at_words

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock, Teach


class Lessons(QWidget):
    """Lists what was taught. `said` has a sentence, `changed` when the queue may be another."""

    said = Signal(str)
    changed = Signal()

    def __init__(
        self,
        teach: Callable[[], Teach],
        clock: Clock,
        tasks: Tasks,
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self._teach, self._clock, self._tasks, self._failed = teach, clock, tasks, failed
        self._lines = column(space=8)
        whole = column(self._lines)
        whole.addStretch()
        self.setLayout(whole)

    def read(self) -> None:
        """Read the list again."""
        self._tasks.run(lambda: self._teach().lessons(), self._show, self._failed)

    def _show(self, lessons: tuple[Lesson, ...]) -> None:
        empty(self._lines)
        for lesson in lessons:
            self._lines.addWidget(self._line(lesson))
        if not lessons:
            key = BY_ACTION[Action.TEACH]
            how = f"Nothing has been taught yet. {key.shown} on a mail says what all mails like it are."
            self._lines.addWidget(label(how, 14, ink="dim", wrap=True))

    def _line(self, lesson: Lesson) -> QFrame:
        when = at_words(lesson.at, self._clock.now(), self._clock.zone())
        words = column(label(lesson.sentence, 14, MEDIUM, wrap=True), 2)
        words.addWidget(label(f"{lesson.by} said so {when}.", 12, ink="dim", tabular=True))
        back = button("Take it back", "", lambda: self._take_back(lesson.id))
        back.setAccessibleName(f"Take back: {lesson.sentence}")
        line = row(margins=(14, 10, 14, 10))
        line.addLayout(words, 1)
        line.addWidget(back)
        made = QFrame()
        made.setProperty("ground", "card")
        made.setLayout(line)
        return made

    def _take_back(self, lesson: int) -> None:
        self._tasks.run(lambda: self._teach().undo(lesson), self._on_undone, self._failed)

    def _on_undone(self, undone: Undone) -> None:
        self.said.emit(f"Taken back: {undone.did}.")
        self.changed.emit()
        self.read()
