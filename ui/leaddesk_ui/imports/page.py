"""The import page: choose a file, see what it holds and what would come of it, take it in, take it back."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QWidget

from leaddesk.words.imports import GUESSED, Batch, Field, Imported, ImportUndone, Look, Written
from leaddesk_ui.buttons import button, rename
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, frame, row, scrolling
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import elided, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.times import at_words

from . import wording
from .columns import ColumnsTable
from .outcome import OutcomePanel
from .past import PastImports
from .work import Wish, Work
from .writing import WritingRow

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock, Imports

_KINDS = "Tables and cards (*.csv *.tsv *.txt *.vcf *.vcard);;All files (*)"
_MARGINS = (28, 20, 28, 20)


_FACTS = (
    (
        "From Excel or a CRM",
        "Save or export it as CSV. Which column means what is seen by itself and can be changed.",
    ),
    ("From a phone or an address book", "Export it as vCard (.vcf)."),
    (
        "What becomes of them",
        "Who asked in the last 30 days waits in the queue. Older ones and mere contacts are kept beside it: "
        "found by search, and known when they ring or write.",
    ),
    (
        "What never happens",
        "Nobody is alerted, nothing is sent, and who is here already comes in no second time.",
    ),
)


class _Stage(enum.Enum):
    START = enum.auto()
    LOOKING = enum.auto()
    TRYING = enum.auto()
    TRIED = enum.auto()
    TAKING = enum.auto()
    DONE = enum.auto()


class ImportPage(QFrame):
    """`imported` and `undone` tell the window; `left` when the person goes back to the queue."""

    imported = Signal(object)
    undone = Signal(object)
    left = Signal()

    def __init__(
        self, imports: Imports, clock: Clock, tasks: Tasks, theme: Theme, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._clock = clock
        self.work = Work(imports, tasks, failed)
        self._files: list[Path] = []
        self._mapping: dict[int, Field] | None = None
        self._written = GUESSED
        self._readable = GUESSED
        """How it could be read last."""
        self._not_read = ""
        """Why it cannot be read as it was last chosen."""
        self._look: Look | None = None
        self._done: Imported | None = None
        self._doubtful = False
        self._changed: int | None = None
        self._stage = _Stage.START
        self._wrong = label("", 14, DEMI, "danger", wrap=True)
        self._mend = label("", 13, wrap=True)
        self._past = PastImports(lambda at: at_words(at, clock.now(), clock.zone()), theme)
        self._name = elided("", 22, DEMI)
        self._about = label("", 13, ink="dim", wrap=True)
        self._remembered = label("", 13, ink="dim", wrap=True)
        self.writing = WritingRow()
        self.table = ColumnsTable()
        self.outcome = OutcomePanel(theme)
        self._said = label("", 22, DEMI, wrap=True)
        self._choose = button("Choose a file …", "↵", self.choose, primary=True)
        self._primary = button("", "↵", self.enter, primary=True)
        self._back = button("", "Esc", self.step_back)
        self._take_back = button("Take it back", "Ctrl Z", self._undo_this)
        self._stack = QStackedWidget()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # where Enter does nothing: while a file is looked at
        self._build()
        self._connect()

    # ---- what it looks like

    def _build(self) -> None:
        self._stack.addWidget(self._start_page())
        self._stack.addWidget(self._file_page())
        self.setLayout(column(self._stack))

    def _start_page(self) -> QWidget:
        self._wrong.hide()
        self._mend.hide()
        lines = column(
            label("Import people", 22, DEMI), 6,
            label(
                "A table (CSV) or cards (vCard) of another program. You see what would come of it before "
                "anything is stored, and one key takes it back.", 14, ink="dim", wrap=True,
            ),
            14, self._wrong, self._mend, 8,
            row(self._choose, label("or drop it on this window", 13, ink="dim"), None, space=14),
            20,
            frame("card", column(*(_fact(*one) for one in _FACTS), margins=(20, 14, 20, 14), space=10)),
            28, self._past, None, margins=_MARGINS,
        )  # fmt: skip
        page = QWidget()
        page.setLayout(lines)
        page.setMaximumWidth(scaled(760))
        whole = QWidget()
        whole.setLayout(row(page, None))
        return scrolling(whole)

    def _file_page(self) -> QWidget:
        self._card = frame("card", column(self.table))
        head = column(self._name, self._about, space=4)
        lines = column(
            head, 4, self.writing, 4, self._said, self._remembered, self._card, 8, self.outcome, None
        )  # fmt: skip
        lines.setContentsMargins(*(scaled(n) for n in _MARGINS))
        lines.setSpacing(scaled(6))
        content = QWidget()
        content.setLayout(lines)
        foot = row(self._primary, self._take_back, self._back, None, margins=(28, 10, 28, 14))
        whole = QWidget()
        upper = column(scrolling(content))
        upper.addLayout(foot)
        whole.setLayout(upper)
        return whole

    def _connect(self) -> None:
        self.writing.chosen.connect(self._on_written)
        self.table.chosen.connect(self._on_chosen)
        self.outcome.doubtful_wanted.connect(self._on_doubtful)
        self._past.undo_requested.connect(self.work.undo)
        self.work.looked.connect(self._on_looked)
        self.work.progressed.connect(self._on_progress)
        self.work.tried.connect(self._on_tried)
        self.work.taken_in.connect(self._on_taken_in)
        self.work.refused.connect(self._on_refused)
        self.work.undoing.connect(self._on_undoing)
        self.work.undone.connect(self._on_undone)
        self.work.past_read.connect(self._on_past)

    # ---- what the person does

    def begin(self) -> None:
        """Show the start, with the imports so far."""
        self._files = []
        self._show_start("", "")

    def choose(self) -> None:
        """Ask which file."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "Import people", "", _KINDS)
        if chosen:
            self.open([Path(one) for one in chosen])

    def open(self, files: Sequence[Path]) -> None:
        """Look at these files, one after the other."""
        self._files = list(files)
        self._open_next()

    def enter(self) -> None:
        """Do what the coloured button says."""
        if self._stage is _Stage.START:
            self.choose()
        elif self._stage is _Stage.TRIED and self._primary.isEnabled():
            self._to(_Stage.TAKING)
            self.work.take_in(self._wish)
        elif self._stage is _Stage.DONE:
            self._files = self._files[1:]
            if self._files:
                self._open_next()
            else:
                self.left.emit()

    def step_back(self) -> None:
        """Stop what runs, else go back to the start, else leave."""
        if self._stage is _Stage.TAKING:
            self.work.cancel()
            self._try()
        elif self._stage in (_Stage.START, _Stage.DONE):
            self.left.emit()
        else:
            self.work.cancel()
            self.begin()

    @property
    def _wish(self) -> Wish:
        mapping = dict(self._mapping) if self._mapping is not None else None
        return Wish(file=self._files[0], mapping=mapping, written=self._written, doubtful=self._doubtful)

    @property
    def is_at_rest(self) -> bool:
        """True while no file is under way."""
        return self._stage in (_Stage.START, _Stage.DONE)

    def _open_next(self) -> None:
        self._mapping, self._doubtful, self._changed = None, False, None
        self._written = self._readable = GUESSED
        self._name.say(self._files[0].name)
        self._to(_Stage.LOOKING)
        self.work.look(self._wish)

    def _try(self) -> None:
        self._to(_Stage.TRYING)
        self.work.try_out(self._wish)

    def _on_chosen(self, place: int, field: Field) -> None:
        if self._look is None or self._stage in (_Stage.TAKING, _Stage.DONE):
            return
        if self._mapping is None:
            self._mapping = {one.place: one.field for one in self._look.columns}
        self._mapping[place] = field
        self._changed = place
        self.work.look(self._wish)

    def _on_written(self, written: Written) -> None:
        """Read it otherwise, at once. Cut elsewhere, its columns are others."""
        if self._look is None or self._stage in (_Stage.TAKING, _Stage.DONE):
            return
        if written.delimiter != self._written.delimiter:
            self._mapping = None
        self._written, self._changed = written, None
        self._to(_Stage.LOOKING)
        self.work.look(self._wish)

    def _on_doubtful(self, wanted: bool) -> None:
        self._doubtful = wanted
        self._try()

    def _undo_this(self) -> None:
        if self._done is not None and self._done.id is not None:
            self._take_back.setEnabled(False)
            self.work.undo(self._done.id)

    # ---- what the desk answers

    def _on_looked(self, look: Look) -> None:
        self._look, self._readable = look, self._written
        self._about.say(wording.about(look))
        self._remembered.say(self._not_read or wording.remembered(look))
        self._not_read = ""
        self.writing.show_look(look, self._written)
        self.table.show_look(look, self._changed)
        self._try()

    def _on_progress(self, rows: int, part: float) -> None:
        words = "Taken in" if self._stage is _Stage.TAKING else "Looked at"
        self.outcome.show_progress(f"{words}: {wording.many(rows, 'line')}", part)

    def _on_tried(self, tried: Imported) -> None:
        self.outcome.show_tried(tried)
        people = tried.new
        rename(self._primary, f"Take in {wording.many(people, 'person', 'people')}", "↵")
        if not people and tried.known:
            rename(self._primary, "Fill in what is new of known people", "↵")
        self._primary.setEnabled(bool(people or tried.known))
        self._to(_Stage.TRIED)

    def _on_taken_in(self, imported: Imported) -> None:
        self._done = imported
        self._said.say(wording.done(imported))
        self._to(_Stage.DONE)
        self.imported.emit(imported)

    def _on_refused(self, sentence: str, mend: str) -> None:
        """What a choice made unreadable is shown again as it was before."""
        if self._written == self._readable:
            self._show_start(sentence, mend)
            return
        self._written, self._not_read = self._readable, sentence
        self._to(_Stage.LOOKING)
        self.work.look(self._wish)

    def _on_undoing(self, gone: int, part: float) -> None:
        words = f"Taken back: {wording.many(gone, 'lead')}"
        if self._stage is _Stage.START:
            self._past.show_progress(words, part)
        elif self._stage is _Stage.DONE:
            self.outcome.show_progress(words, part, alone=True)
            self.outcome.show()

    def _on_undone(self, result: ImportUndone) -> None:
        if self._done is not None:
            self._show_taken_back(wording.undone(result))
        self.undone.emit(result)

    def _on_past(self, batches: tuple[Batch, ...]) -> None:
        self._past.show_past(batches)
        done = self._done
        if done is not None and any(one.id == done.id and one.undone_at is not None for one in batches):
            self._show_taken_back(f"The import of {done.look.file} is taken back.")

    def _show_taken_back(self, sentence: str) -> None:
        self._done = None
        if self._stage is _Stage.DONE:
            self._said.say(sentence)
            self._to(_Stage.DONE)

    # ---- where we are

    def _show_start(self, sentence: str, mend: str) -> None:
        self._wrong.say(sentence)
        self._mend.say(mend)
        self._wrong.setVisible(bool(sentence))
        self._mend.setVisible(bool(mend))
        self._stage = _Stage.START
        self._stack.setCurrentIndex(0)
        self._choose.setFocus()
        self.work.read_past()

    def _to(self, stage: _Stage) -> None:
        self._stage = stage
        self._stack.setCurrentIndex(1)
        is_done, is_looking = stage is _Stage.DONE, stage is _Stage.LOOKING
        if stage in (_Stage.LOOKING, _Stage.TRYING, _Stage.TAKING):
            self._wait(stage)
        for part in (self._about, self.writing, self._remembered, self._card):
            part.setVisible(not is_done and not is_looking)
        for part in (self._card, self.writing):
            part.setEnabled(stage is not _Stage.TAKING)
        self.outcome.setEnabled(stage is not _Stage.TAKING)
        self.outcome.setVisible(not is_done)
        self._said.setVisible(is_done)
        self._take_back.setEnabled(True)
        self._take_back.setVisible(is_done and self._done is not None and self._done.id is not None)
        self._name_buttons(stage)

    def _wait(self, stage: _Stage) -> None:
        if stage is not _Stage.TAKING:
            self.outcome.begin(is_doubtful=self._doubtful)
            self._primary.setEnabled(False)
            rename(self._primary, "Take them in", "↵")
        words = {_Stage.LOOKING: "Opening", _Stage.TRYING: "Looking", _Stage.TAKING: "Taking in"}
        self.outcome.show_progress(words[stage], 0.0)

    def _name_buttons(self, stage: _Stage) -> None:
        if stage is _Stage.DONE:
            more = len(self._files) > 1
            rename(self._primary, "Look at the next file" if more else "Back to the queue", "↵")
            self._primary.setEnabled(True)
        elif stage is _Stage.TAKING:
            self._primary.setEnabled(False)
        self._back.setVisible(stage is not _Stage.DONE)
        rename(self._back, "Stop" if stage is _Stage.TAKING else "Another file", "Esc")
        if self._changed is None or stage in (_Stage.DONE, _Stage.TAKING):
            (self._primary if self._primary.isEnabled() else self).setFocus()


def _fact(title: str, words: str) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(title, 13, DEMI), label(words, 13, ink="dim", wrap=True), space=2))
    return made
