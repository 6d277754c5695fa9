"""The words of the holding message by language, with the sentence that stands in it whatever they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leaddesk.words.holding import HoldingText
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label

from .text_editor import Piece, TextEditor, Texts

if TYPE_CHECKING:
    from leaddesk_ui.needs import Holding

_OURS = "This is the text that LeadDesk brings."
_OWN = "Your own text. Empty, it is ours again."
_FIXED = "Always in it, wherever {{honest}} stands, or below your words:"
_FIELDS = "{{promise}} says by when, out of hours; {{firm}} is your name, {{footer}} the line from above."


class HoldingTexts(TextEditor):
    """With what somebody would get who writes in that language."""

    def __init__(
        self, holding: Callable[[], Holding], tasks: Tasks, failed: Callable[[Exception], None]
    ) -> None:
        def sample(language: str, text: str) -> tuple[str, str]:
            said = holding().sample(language, text)
            return said.subject, said.text

        texts = Texts(
            lambda: tuple(map(_piece, holding().texts())),
            sample,
            lambda language, text: _piece(holding().change(language, text)),
        )
        fixed = label("", 12, wrap=True)
        super().__init__(texts, "Text of the holding message", fixed, tasks, failed)
        self.setProperty("ground", "card")
        halves = row(space=14)
        halves.addLayout(column(self.paper, label(_FIXED, 12, ink="dim", wrap=True), fixed, space=4), 1)
        halves.addWidget(self.shown("quiet"), 1)
        head = row(label("Its words", 14, DEMI), None, label("automatic", 12, ink="dim"))
        fields = label(_FIELDS, 12, ink="dim", wrap=True)
        lines = (head, self.choices, halves, fields, self.foot)
        self.setLayout(column(*lines, margins=(14, 12, 14, 12), space=8))


def _piece(text: HoldingText) -> Piece:
    return Piece(
        key=text.language,
        title=text.name,
        text=text.text,
        is_own=text.is_own,
        note=f"“{text.honest}”",
        whose=_OWN if text.is_own else _OURS,
        kept=f"{text.name}: {'your words are kept' if text.is_own else 'our words again'}.",
    )
