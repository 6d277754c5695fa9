"""A question that needs an answer before anything goes on."""

from __future__ import annotations

import enum

from PySide6.QtWidgets import QDialog, QWidget

from .buttons import button
from .fonts import DEMI, scaled
from .layout import column, row
from .text import label


class Answer(enum.IntEnum):
    """What was chosen; LEFT is Esc or the window's own close button."""

    LEFT = 0
    YES = 1
    NO = 2


class Question(QDialog):
    """A sentence, what hangs on it, and two answers; the careful one is what Enter does."""

    def __init__(
        self, parent: QWidget, sentence: str, detail: str, yes: str, no: str, *, careful: Answer
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.setObjectName("question")
        self.setMinimumWidth(scaled(460))
        answers = {
            Answer.YES: button(yes, "", lambda: self.done(Answer.YES), primary=careful is Answer.YES),
            Answer.NO: button(no, "", lambda: self.done(Answer.NO), primary=careful is Answer.NO),
        }
        first = answers[careful]
        first.setDefault(True)
        lines = column(label(sentence, 14, DEMI, wrap=True), 6, label(detail, 13, ink="dim", wrap=True), 14)
        others = [one for one in answers.values() if one is not first]
        lines.addLayout(row(None, *others, first))
        lines.setContentsMargins(*(scaled(20),) * 4)
        self.setLayout(lines)
        first.setFocus()


def ask(
    parent: QWidget, sentence: str, detail: str, yes: str, no: str, *, careful: Answer = Answer.NO
) -> Answer:
    """Show a question and wait for its answer."""
    return Answer(Question(parent, sentence, detail, yes, no, careful=careful).exec())
