"""Teaching by pointing: words of a sample are marked, what follows is shown, and only then kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QStackedWidget, QWidget

from leaddesk.words.forms import Mark, Marked, Replay, Sample
from leaddesk_ui.buttons import Pressed, RowButton, button
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label

from .replay_view import ReplayView

FIELD_KEYS = {
    Marked.NAME: ("N", "Name"),
    Marked.EMAIL: ("E", "Email"),
    Marked.PHONE: ("P", "Phone"),
    Marked.MESSAGE: ("M", "Message"),
    Marked.PAGE: ("W", "Web page"),
}
_LONGEST = 60
_NOTHING = "Nothing is selected. Select the words in the mail first, with the mouse or Shift and the arrows."


class TeachSheet(Sheet):
    """`replay_requested` with the marks, `accepted` with the replay that the person saw."""

    replay_requested = Signal(object)
    accepted = Signal(object)

    def __init__(self, sample: Sample) -> None:
        super().__init__("Show how to read this form", 1040)
        self._sample = sample
        self._marks: dict[Marked, Mark] = {}
        self._rows = {
            field: RowButton(key, word, "", self._marks_as(field))
            for field, (key, word) in FIELD_KEYS.items()
        }
        self._paper = _paper(sample.text)
        self._said = label("", 12, ink="danger", wrap=True)
        self._show = button("Show what changes", "Ctrl ↵", self._on_show, primary=True)
        self._replay = ReplayView()
        self._stack = QStackedWidget()
        self._build()
        for field, (key, _) in FIELD_KEYS.items():
            self._key(key, self._marks_as(field))
        for key in ("Return", "Enter"):
            self._key(key, self._on_enter)
            self._key(f"Ctrl+{key}", self._on_show)
        self._replay.back_requested.connect(self._on_back)
        self._replay.accepted.connect(self.accepted)
        self._show_rows()

    def _build(self) -> None:
        fields = column(
            label("Select the words, then press the key:", 13, ink="dim", wrap=True), *self._rows.values(),
            self._said, None, space=8,
        )  # fmt: skip
        side = QWidget()
        side.setFixedWidth(scaled(400))
        side.setLayout(fields)
        self._said.hide()
        both = row(space=20)
        both.addWidget(self._paper, 1)
        both.addWidget(side)
        marking = QWidget()
        about = "Nothing is kept yet. What you mark is looked for in this form’s other mails first."
        foot = row(label(about, 12, ink="dim", wrap=True), 14, self._show)
        foot.setStretch(0, 1)
        marking.setLayout(column(both, foot, space=14))
        for part in (marking, self._replay):
            self._stack.addWidget(part)
        lines = column(elided(f"How to read “{self._sample.title}”", 16, DEMI), 6, margins=(28, 20, 28, 20))
        lines.addWidget(self._stack, 1)
        self.setLayout(lines)

    def begin(self) -> None:
        self._paper.setFocus()

    @property
    def text(self) -> str:
        """The sample as it is shown."""
        return self._sample.text

    def select(self, start: int, end: int) -> None:
        """Select a piece of the sample, as the mouse would."""
        cursor = self._paper.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        self._paper.setTextCursor(cursor)

    def mark(self, field: Marked) -> None:
        """What is selected is this field."""
        cursor = self._paper.textCursor()
        if not cursor.hasSelection():
            self.refuse(_NOTHING)
            return
        self._said.hide()
        self._marks[field] = Mark(field, cursor.selectionStart(), cursor.selectionEnd())
        self._show_rows()

    def show_replay(self, replay: Replay, when: Callable[[datetime], str]) -> None:
        """Show what the marks make of the past mails."""
        self._replay.show_replay(replay, when)
        self._stack.setCurrentWidget(self._replay)
        self._replay.begin()

    def refuse(self, sentence: str) -> None:
        """Say why a mark cannot be taken."""
        self._said.say(sentence)
        self._said.show()

    def _show_rows(self) -> None:
        now = dict(self._sample.read)
        for field, one in self._rows.items():
            mark = self._marks.get(field)
            if mark is not None:
                one.explain(_short(self._sample.text[mark.start : mark.end]))
            else:
                read = _short(now.get(field, ""))
                one.explain(f"now: {read}" if read else "now: nothing")
        self._show.setEnabled(bool(self._marks))

    def _on_show(self) -> None:
        if self._marks and self._stack.currentIndex() == 0:
            self.replay_requested.emit(tuple(self._marks.values()))

    def _on_enter(self) -> None:
        """Enter presses the button that has the focus, as people expect."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()

    def _on_back(self) -> None:
        self._stack.setCurrentIndex(0)
        self._paper.setFocus()

    def _marks_as(self, field: Marked) -> Pressed:
        return lambda: self.mark(field)


def _paper(text: str) -> QPlainTextEdit:
    made = sheet_of_paper("The sample mail")
    made.setPlainText(text)
    made.setReadOnly(True)
    selectable = (
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setTextInteractionFlags(selectable)
    made.setMinimumHeight(scaled(340))
    return made


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} …"
