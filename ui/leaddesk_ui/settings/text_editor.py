"""One text of several: chosen at the top, written at the left, and what somebody would get at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from leaddesk.words.errors import LeadDeskError
from leaddesk_ui.buttons import button, chip
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import MEDIUM, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.prose import Prose
from leaddesk_ui.shortcuts import listen_inside
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import Words, ink_of, label

_PAUSE_MS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One text; `note` stands beside it, `whose` under it, and `kept` is said when it has been kept."""

    key: str
    title: str
    text: str
    is_own: bool
    note: str
    whose: str
    kept: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Where the texts come from: every one of these may block, and a refusal is told under the text."""

    read: Callable[[], tuple[Piece, ...]]
    sample: Callable[[str, str], tuple[str, str]]
    """Subject, where it has one, and text as somebody would get them."""
    change: Callable[[str, str], Piece]


class TextEditor(QFrame):
    """Nothing is kept before the person says so. `said` has a sentence, `kept` when the words are others.

    Whoever has it lays out `choices`, `paper`, `shown` and `foot`, and `note` where it belongs.
    """

    said = Signal(str)
    kept = Signal()

    def __init__(
        self, texts: Texts, name: str, note: Words, tasks: Tasks, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self._texts, self._tasks, self._failed = texts, tasks, failed
        self._pieces: dict[str, Piece] = {}
        self._chosen = ""
        self.note, self.choices = note, QFrame()
        self.choices.setProperty("ground", "clear")
        self._chips = column()
        self.choices.setLayout(self._chips)
        self.paper = sheet_of_paper(name)
        self.paper.setMinimumHeight(scaled(240))
        self._preview = column(space=8)
        self._told = label("", 12, ink="dim", wrap=True)
        self._ours = button("Back to ours", "", partial(self._change, ""))
        self.foot = row(space=8)
        self.foot.addWidget(self._told, 1)
        self.foot.addLayout(row(self._ours, button("Keep", "Ctrl ↵", self.keep)))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.paper.textChanged.connect(self._pause.start)
        listen_inside(self, Action.SEND, self.keep)

    def shown(self, ground: str) -> QFrame:
        """The right side, on the ground that its page wants."""
        return frame(ground, column(self._preview, None, margins=(12, 8, 12, 8)), "preview")

    @property
    def preview(self) -> str:
        """What stands at the right."""
        return "\n".join(one.toPlainText() for one in self.findChildren(Prose))

    @property
    def told(self) -> str:
        """Whose text it is, or why it was not kept."""
        return self._told.text()

    def read(self) -> None:
        """Read the texts again; what was written and not kept stays."""
        self._tasks.run(self._texts.read, self._show, self._failed)

    def choose(self, key: str) -> None:
        """Show another text; what was written and not kept is not kept."""
        self._chosen = key
        self.note.say(self._pieces[key].note)
        self.paper.setPlainText(self._pieces[key].text)
        self._say_whose()
        self.look()

    def keep(self) -> None:
        """The text is the firm's own from now on."""
        self._change(self.paper.toPlainText())

    def look(self) -> None:
        """Show what somebody would get."""
        self._pause.stop()
        if self._chosen:
            key, text = self._chosen, self.paper.toPlainText()
            then = partial(self._on_sample, key, text)
            self._tasks.run(lambda: self._texts.sample(key, text), then, self._on_wrong)

    def _show(self, pieces: tuple[Piece, ...]) -> None:
        was = self._pieces.get(self._chosen)
        is_written = was is not None and self.paper.toPlainText() != was.text
        self._pieces = {each.key: each for each in pieces}
        chips = {each.key: chip(each.title, partial(self.choose, each.key)) for each in pieces}
        empty(self._chips)
        line = QFrame()
        line.setProperty("ground", "clear")
        line.setLayout(Flow(chips.values(), space=6))
        self._chips.addWidget(line)
        chosen = self._chosen if self._chosen in chips else pieces[0].key
        chips[chosen].setChecked(True)
        if not is_written:
            self.choose(chosen)

    def _on_sample(self, key: str, text: str, said: tuple[str, str]) -> None:
        if (key, text) != (self._chosen, self.paper.toPlainText()):
            return
        subject, body = said
        empty(self._preview)
        if subject:
            self._preview.addWidget(label(subject, 13, MEDIUM, wrap=True))
        self._preview.addWidget(Prose(body.strip(), 13))
        self._say_whose()

    def _change(self, text: str) -> None:
        self._pause.stop()  # what is said of the keeping stays until something is written again
        if self._chosen:
            key = self._chosen
            self._tasks.run(lambda: self._texts.change(key, text), self._on_changed, self._on_wrong)

    def _on_changed(self, piece: Piece) -> None:
        self._pieces[piece.key] = piece
        self.said.emit(piece.kept)
        if self._chosen == piece.key:
            self.choose(piece.key)
        self.kept.emit()

    def _on_wrong(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            self._failed(error)
            return
        self._told.say(error.whole)
        ink_of(self._told, "danger")

    def _say_whose(self) -> None:
        piece = self._pieces[self._chosen]
        self._told.say(piece.whose)
        ink_of(self._told, "dim")
        self._ours.setEnabled(piece.is_own)
