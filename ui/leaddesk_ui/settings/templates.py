"""Templates, the texts that answers begin with, in the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leaddesk.words.writing import TemplateView
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import label

from .text_editor import Piece, TextEditor, Texts

if TYPE_CHECKING:
    from leaddesk_ui.needs import Templates

_FIELDS = "{{first_name}}, {{name}}, {{my_name}}, {{subject}}, {{asked}}, {{opening}}"
_OURS = "This is the text that LeadDesk brings; it is used in the customer’s language where we have it."
_OWN = "Your own text, in every language."


class TemplatesPart(TextEditor):
    """With what an invented customer would get."""

    def __init__(
        self, templates: Callable[[], Templates], tasks: Tasks, failed: Callable[[Exception], None]
    ) -> None:
        texts = Texts(
            lambda: tuple(map(_piece, templates().list())),
            lambda name, text: ("", templates().preview(name, text)),
            lambda name, text: _piece(templates().change(name, text)),
        )
        note = label("", 13, ink="dim", wrap=True)
        super().__init__(texts, "Text of the template", note, tasks, failed)
        self.setProperty("ground", "clear")
        halves = row(space=14)
        halves.addLayout(column(label("Text", 13, DEMI), self.paper, space=4), 1)
        seen = column(label("What Ngozi Adeyemi would get", 13, DEMI), space=4)
        seen.addWidget(self.shown("card"), 1)
        halves.addLayout(seen, 1)
        told = f"Fields: {_FIELDS}. Any other field stays open until you fill it in."
        fields = label(told, 12, ink="dim", wrap=True)
        self.setLayout(column(self.choices, note, halves, fields, self.foot, None, space=10))


def _piece(view: TemplateView) -> Piece:
    return Piece(
        key=view.name,
        title=view.title,
        text=view.text,
        is_own=view.is_own,
        note=view.what_for,
        whose=_OWN if view.is_own else _OURS,
        kept=f"{view.title}: {'kept' if view.is_own else 'ours again, in their language'}.",
    )
