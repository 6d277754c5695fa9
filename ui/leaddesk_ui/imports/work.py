"""The work of an import: looked at, tried and taken in off the Qt thread; the newest wish counts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.imports import GUESSED, Batch, Field, Imported, ImportUndone, Look, Written
from leaddesk_ui.tasks import Tasks

if TYPE_CHECKING:
    from leaddesk_ui.needs import Imports

_STEPS = 200
"""Steps of progress that are told at most: a hundred thousand rows are not a hundred thousand repaints."""
Done = Callable[[Imported], None]
Do = Callable[..., Imported]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A file, and how a person wants it to be taken in."""

    file: Path
    mapping: Mapping[int, Field] | None = None
    written: Written = GUESSED
    doubtful: bool = False


class Work(QObject):
    """Every answer comes by signal. What was overtaken, by another choice or a cancel, is not heard of."""

    looked = Signal(object)
    progressed = Signal(int, float)
    tried = Signal(object)
    taken_in = Signal(object)
    refused = Signal(str, str)
    undoing = Signal(int, float)
    """How many leads are gone, and which part of the work is done."""
    undone = Signal(object)
    past_read = Signal(tuple)

    def __init__(self, imports: Imports, tasks: Tasks, failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self._imports, self._tasks, self._failed = imports, tasks, failed
        self._current = threading.Event()

    def look(self, wish: Wish) -> None:
        """What the file seems to be."""
        course = self._begin()

        def answer(look: Look) -> None:
            if not course.is_set():
                self.looked.emit(look)

        self._tasks.run(
            lambda: self._imports.look(wish.file, wish.mapping, written=wish.written),
            answer,
            self._refusal(course),
        )

    def try_out(self, wish: Wish) -> None:
        """What would come of it."""
        self._run(self._imports.dry_run, wish, self.tried.emit)

    def take_in(self, wish: Wish) -> None:
        """Take everybody in."""
        self._run(self._imports.run, wish, self.taken_in.emit)

    def cancel(self) -> None:
        """Stop what runs. What was not finished changed nothing."""
        self._current.set()

    def read_past(self) -> None:
        """The imports so far."""

        def answer(batches: tuple[Batch, ...]) -> None:
            self.past_read.emit(batches)

        self._tasks.run(self._imports.batches, answer, self._failed)

    def undo(self, batch: int) -> None:
        """Take an import back. It goes on whatever else is shown."""

        def job(say: Callable[[tuple[int, float]], None]) -> ImportUndone:
            return self._imports.undo(batch, on_progress=_in_steps(say))

        def answer(result: ImportUndone) -> None:
            self.undone.emit(result)
            self.read_past()

        self._tasks.run_apart(job, lambda news: self.undoing.emit(*news), answer, self._undo_failed)

    def _undo_failed(self, error: Exception) -> None:
        self.read_past()
        self._failed(error)

    def _run(self, do: Do, wish: Wish, then: Done) -> None:
        course = self._begin()

        def job(say: Callable[[tuple[int, float]], None]) -> Imported:
            return do(
                wish.file, wish.mapping, written=wish.written, take_doubtful=wish.doubtful,
                on_progress=_in_steps(say), is_cancelled=course.is_set,
            )  # fmt: skip

        def said(news: tuple[int, float]) -> None:
            if not course.is_set():
                self.progressed.emit(*news)

        def answer(imported: Imported) -> None:
            if not course.is_set() or imported.id is not None:  # what is stored is told in any case
                then(imported)

        self._tasks.run_apart(job, said, answer, self._refusal(course))

    def _begin(self) -> threading.Event:
        self._current.set()
        self._current = threading.Event()
        return self._current

    def _refusal(self, course: threading.Event) -> Callable[[Exception], None]:
        def refuse(error: Exception) -> None:
            if not isinstance(error, LeadDeskError):
                self._failed(error)
            elif not course.is_set():
                self.refused.emit(error.sentence, error.mend)

        return refuse


def _in_steps(say: Callable[[tuple[int, float]], None]) -> Callable[[int, float], None]:
    """Hears of every row, and says so as often as a line on the screen grows."""
    told = -1

    def heard(rows: int, part: float) -> None:
        nonlocal told
        if (step := int(part * _STEPS)) > told:
            told = step
            say((rows, part))

    return heard
