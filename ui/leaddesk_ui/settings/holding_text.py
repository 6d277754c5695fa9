"""The words of the holding message by language: written at the left, what somebody would get at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.holding import HoldingMessage, HoldingText
from leaddesk_ui.buttons import button, chip
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.prose import Prose
from leaddesk_ui.shortcuts import listen_inside
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import ink_of, label

if TYPE_CHECKING:
    from leaddesk_ui.needs import Holding

_PAUSE_MS = 400
_OURS = "This is the text that LeadDesk brings."
_OWN = "Your own text. Empty, it is ours again."


class HoldingTexts(QFrame):
    """Nothing is kept before the person says so. `said` has a sentence, `kept` when the words are others."""

    said = Signal(str)
    kept = Signal()

    def __init__(
        self, holding: Callable[[], Holding], tasks: Tasks, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self._holding, self._tasks, self._failed = holding, tasks, failed
        self._texts: dict[str, HoldingText] = {}
        self._shown = ""
        self._choices = column()
        self.paper = sheet_of_paper("Text of the holding message")
        self._subject, self._preview = label("", 13, MEDIUM, wrap=True), column()
        self._fixed, self._told = label("", 12, wrap=True), label("", 12, ink="dim", wrap=True)
        self._keep = button("Keep", "Ctrl ↵", self.keep)
        self._ours = button("Back to ours", "", partial(self._change, ""))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.paper.textChanged.connect(self._pause.start)
        listen_inside(self, Action.SEND, self.keep)
        self._build()

    def _build(self) -> None:
        self.paper.setMinimumHeight(scaled(220))
        what = "Always in it, wherever {{honest}} stands, or below your words:"
        written = column(self.paper, label(what, 12, ink="dim", wrap=True), self._fixed, space=4)
        shown = column(self._subject, 4, self._preview, None, margins=(12, 8, 12, 8), space=4)
        halves = row(space=14)
        halves.addLayout(written, 1)
        halves.addWidget(frame("quiet", shown, "holding_sample"), 1)
        fields = (
            "{{promise}} says by when, out of hours; {{firm}} is your name, {{footer}} the line from above."
        )
        last = row(space=8)
        last.addWidget(self._told, 1)
        last.addLayout(row(self._ours, self._keep))
        head = row(label("Its words", 14, DEMI), None, label("automatic", 12, ink="dim"))
        self.setLayout(
            column(head, self._choices, halves, label(fields, 12, ink="dim", wrap=True), last,
                   margins=(14, 12, 14, 12), space=8)
        )  # fmt: skip

    @property
    def sample(self) -> str:
        """What stands at the right."""
        return "\n".join(one.toPlainText() for one in self.findChildren(Prose))

    def read(self) -> None:
        """Read the texts again; what was written and not kept stays."""
        self._tasks.run(lambda: self._holding().texts(), self._show, self._failed)

    def choose(self, language: str) -> None:
        """Show another language; what was written and not kept is not kept."""
        self._shown = language
        text = self._texts[language]
        self.paper.setPlainText(text.text)
        self._fixed.say(f"“{text.honest}”")
        self._say_whose(text)
        self._pause.stop()
        self._look()

    def keep(self) -> None:
        """The text is the firm's own from now on."""
        self._change(self.paper.toPlainText())

    def _show(self, texts: tuple[HoldingText, ...]) -> None:
        was = self._texts.get(self._shown)
        is_written = was is not None and self.paper.toPlainText() != was.text
        self._texts = {each.language: each for each in texts}
        empty(self._choices)
        chips = [chip(each.name, partial(self.choose, each.language)) for each in texts]
        line = QWidget()
        line.setLayout(Flow(chips, space=6))
        self._choices.addWidget(line)
        shown = self._shown if self._shown in self._texts else texts[0].language
        chips[list(self._texts).index(shown)].setChecked(True)
        if not is_written:
            self.choose(shown)

    def _look(self) -> None:
        if self._shown:
            language, text = self._shown, self.paper.toPlainText()
            self._tasks.run(
                lambda: self._holding().sample(language, text),
                partial(self._on_sample, language, text),
                self._on_wrong,
            )

    def _on_sample(self, language: str, text: str, said: HoldingMessage) -> None:
        if (language, text) != (self._shown, self.paper.toPlainText()):
            return
        self._subject.say(said.subject)
        empty(self._preview)
        self._preview.addWidget(Prose(said.text.strip(), 13))
        self._say_whose(self._texts[language])

    def _change(self, text: str) -> None:
        if self._shown:
            language = self._shown
            self._tasks.run(lambda: self._holding().change(language, text), self._on_changed, self._on_wrong)

    def _on_changed(self, text: HoldingText) -> None:
        self._texts[text.language] = text
        self.said.emit(f"{text.name}: {'your words are kept' if text.is_own else 'our words again'}.")
        if self._shown == text.language:
            self.choose(text.language)
        self.kept.emit()

    def _on_wrong(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            self._failed(error)
            return
        self._told.say(error.sentence)
        ink_of(self._told, "danger")

    def _say_whose(self, text: HoldingText) -> None:
        self._told.say(_OWN if text.is_own else _OURS)
        ink_of(self._told, "dim")
        self._ours.setEnabled(text.is_own)
