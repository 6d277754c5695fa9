"""Letting go of a lead, putting it away until later, and keeping a note: three small sheets."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from leaddesk.words.lead import Outcome
from leaddesk_ui.buttons import Pressed, RowButton, button
from leaddesk_ui.fields import field, sheet_of_paper
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.shortcuts import listen_inside
from leaddesk_ui.text import elided, label

_ENDS = (
    (Outcome.WON, "Won", "They said yes, or booked."),
    (Outcome.LOST, "Lost", "They said no, or chose somebody else."),
    (Outcome.NO_RESPONSE, "No response", "You tried, and nothing came back."),
)


class CloseSheet(Sheet):
    """`decided` with an outcome and a reason. The focus is on the outcome that is `likely`."""

    decided = Signal(Outcome, str)

    def __init__(self, name: str, likely: Outcome = Outcome.WON) -> None:
        super().__init__(f"Close {name}", 560)
        self._first = [end for end, _, _ in _ENDS].index(likely)
        self._reason = field("Reason", "Why, if you like: too far, too dear, no time …")
        self._rows = [
            RowButton(str(n), text, what, self._says(end)) for n, (end, text, what) in enumerate(_ENDS, 1)
        ]
        lines = column(elided(f"How did it end with {name}?", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._reason)
        for place, one in enumerate(self._rows):
            lines.addWidget(one)
            self._key(str(place + 1), self._says(_ENDS[place][0]))
        lines.addWidget(label("A reply opens it again. Ctrl Z takes it back.", 12, ink="dim"))
        self.setLayout(lines)

    def begin(self) -> None:
        self._rows[self._first].setFocus()

    def _says(self, outcome: Outcome) -> Pressed:
        return lambda: self.decided.emit(outcome, self._reason.text().strip())


class SnoozeSheet(Sheet):
    """`decided` with a time, or with words that the desk understands."""

    decided = Signal(object)

    def __init__(self, name: str, choices: tuple[tuple[str, datetime], ...]) -> None:
        super().__init__(f"Snooze {name}", 560)
        self._rows = [RowButton(str(n), text, "", self._says(at)) for n, (text, at) in enumerate(choices, 1)]
        self._typed = field("Another time", "or another time: “fri 8:30”, “12 June 14:00”")
        self._wrong = label("", 12, ink="danger", wrap=True)
        lines = column(elided(f"Put {name} away until …", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        for place, (one, (_, at)) in enumerate(zip(self._rows, choices, strict=True), start=1):
            lines.addWidget(one)
            self._key(str(place), self._says(at))
        lines.addWidget(self._typed)
        lines.addWidget(self._wrong)
        lines.addWidget(label("The clock runs on: they still wait.", 12, ink="dim"))
        self._typed.returnPressed.connect(self._on_typed)
        self._wrong.hide()
        self.setLayout(lines)

    def begin(self) -> None:
        (self._rows[0] if self._rows else self._typed).setFocus()

    def refuse(self, sentence: str) -> None:
        """The typed time is none: say so under the field."""
        self._wrong.say(sentence)
        self._wrong.show()
        self._typed.setFocus()

    def _on_typed(self) -> None:
        if text := self._typed.text().strip():
            self.decided.emit(text)

    def _says(self, at: datetime) -> Pressed:
        return lambda: self.decided.emit(at)


class NoteSheet(Sheet):
    """`written` with the text of a note."""

    written = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(f"Note about {name}", 560)
        self._paper = sheet_of_paper("Note", "What you want to remember")
        self._paper.setFixedHeight(scaled(120))
        lines = column(elided(f"A note about {name}", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._paper)
        keep = button("Keep it", "Ctrl ↵", self._keep_it, primary=True)
        lines.addLayout(row(label("Only you and your desk see it.", 12, ink="dim"), None, keep))
        listen_inside(self, Action.SEND, self._keep_it)
        self.setLayout(lines)

    def begin(self) -> None:
        self._paper.setFocus()

    def _keep_it(self) -> None:
        if text := self._paper.toPlainText().strip():
            self.written.emit(text)
