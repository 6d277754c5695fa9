"""Templates: chosen at the top, written at the left, and what somebody would get at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from leaddesk.words.errors import LeadDeskError
from leaddesk.words.writing import TemplateView
from leaddesk_ui.buttons import button, chip
from leaddesk_ui.fields import sheet_of_paper
from leaddesk_ui.flow import Flow
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, empty, frame, row
from leaddesk_ui.prose import Prose
from leaddesk_ui.shortcuts import listen_inside
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import ink_of, label

if TYPE_CHECKING:
    from leaddesk_ui.needs import Templates

_PAUSE_MS = 400
_FIELDS = "{{first_name}}, {{name}}, {{my_name}}, {{subject}}, {{asked}}, {{opening}}"


class TemplatesPart(QWidget):
    """Nothing is kept before the person says so; `said` has a sentence."""

    said = Signal(str)

    def __init__(
        self, templates: Callable[[], Templates], tasks: Tasks, failed: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self._templates, self._tasks, self._failed = templates, tasks, failed
        self._views: dict[str, TemplateView] = {}
        self._shown: TemplateView | None = None
        self._choices = column()
        self._what = label("", 13, ink="dim", wrap=True)
        self.paper = sheet_of_paper("Text of the template")
        self._preview = column()
        self._told = label("", 12, ink="dim", wrap=True)
        self._keep = button("Keep", "Ctrl ↵", self.keep)
        self._ours = button("Back to ours", "", self._on_ours)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.paper.textChanged.connect(self._pause.start)
        listen_inside(self, Action.SEND, self.keep)
        self._build()

    def _build(self) -> None:
        self.paper.setMinimumHeight(scaled(260))
        written = column(label("Text", 13, DEMI), self.paper, space=4)
        shown = column(label("What Ngozi Adeyemi would get", 13, DEMI), space=4)
        shown.addWidget(frame("card", column(self._preview, None, margins=(12, 8, 12, 8)), "preview"), 1)
        halves = row(space=14)
        halves.addLayout(written, 1)
        halves.addLayout(shown, 1)
        fields = label(
            f"Fields: {_FIELDS}. Any other field stays open until you fill it in.", 12, ink="dim", wrap=True
        )
        last = row(space=8)
        last.addWidget(self._told, 1)
        last.addLayout(row(self._ours, self._keep))
        self.setLayout(column(self._choices, self._what, halves, fields, last, None, space=10))

    @property
    def preview(self) -> str:
        """What stands at the right."""
        return "\n".join(one.toPlainText() for one in self.findChildren(Prose))

    @property
    def told(self) -> str:
        """Whose text it is, or why it was not kept."""
        return self._told.text()

    def read(self) -> None:
        """Read the templates again."""
        self._tasks.run(lambda: self._templates().list(), self._show, self._failed)

    def choose(self, name: str) -> None:
        """Show one of them; what was written and not kept is not kept."""
        self._shown = view = self._views[name]
        self._what.say(view.what_for)
        self.paper.setPlainText(view.text)
        self._say_whose(view)
        self._pause.stop()
        self._look()

    def keep(self) -> None:
        """The text is the firm's own from now on."""
        self._change(self.paper.toPlainText())

    def _show(self, views: tuple[TemplateView, ...]) -> None:
        self._views = {each.name: each for each in views}
        empty(self._choices)
        chips = [self._chip(each) for each in views]
        line = QFrame()
        line.setProperty("ground", "clear")
        line.setLayout(Flow(chips, space=6))
        self._choices.addWidget(line)
        name = self._shown.name if self._shown is not None else views[0].name
        chips[[each.name for each in views].index(name)].setChecked(True)
        self.choose(name)

    def _chip(self, view: TemplateView) -> QPushButton:
        return chip(view.title, partial(self.choose, view.name))

    def _look(self) -> None:
        if self._shown is not None:
            name, text = self._shown.name, self.paper.toPlainText()
            self._tasks.run(
                lambda: self._templates().preview(name, text), partial(self._on_preview, name), self._failed
            )

    def _on_preview(self, name: str, text: str) -> None:
        if self._shown is not None and self._shown.name == name:
            empty(self._preview)
            self._preview.addWidget(Prose(text))

    def _on_ours(self) -> None:
        self._change("")

    def _change(self, text: str) -> None:
        if self._shown is not None:
            name = self._shown.name
            self._tasks.run(
                lambda: self._templates().change(name, text), self._on_changed, self._on_not_changed
            )

    def _on_changed(self, view: TemplateView) -> None:
        self._views[view.name] = view
        self.said.emit(f"{view.title}: {'kept' if view.is_own else 'ours again, in their language'}.")
        if self._shown is not None and self._shown.name == view.name:
            self.choose(view.name)

    def _on_not_changed(self, error: Exception) -> None:
        if not isinstance(error, LeadDeskError):
            raise error
        self._told.say(error.whole)
        ink_of(self._told, "danger")

    def _say_whose(self, view: TemplateView) -> None:
        ours = (
            "This is the text that LeadDesk brings; it is used in the customer’s language where we have it."
        )
        self._told.say("Your own text, in every language." if view.is_own else ours)
        ink_of(self._told, "dim")
        self._ours.setEnabled(view.is_own)
