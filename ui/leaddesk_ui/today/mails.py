"""A panel with mails that are no leads: put away, or from people we know. Enter rescues one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from leaddesk_ui.buttons import button, key_button, rename, word
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.keys import Action
from leaddesk_ui.layout import column, row
from leaddesk_ui.states import LoadingRows, Plain
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .lines import Line, LineList


class MailPanel(QWidget):
    """Shows mails and says which one is to be rescued, looked at, or that the panel is to close."""

    rescue_requested = Signal(int)
    raw_requested = Signal(int)
    teach_requested = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, title: str, about: str, rescue: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._list = LineList(theme, title)
        self._plain = Plain()
        self._loading = LoadingRows(theme)
        self._stack = QStackedWidget()
        self._rescue = button("", "↵", self.rescue, primary=True)
        rename(self._rescue, rescue, "↵")
        self._build(title, about)

    def _build(self, title: str, about: str) -> None:
        for part in (self._loading, self._list, self._plain):
            self._stack.addWidget(part)
        self._list.opened.connect(self.rescue_requested)
        head = row(
            label(title, 16, DEMI),
            None,
            word("Back to the queue", self.closed.emit),
            label("Esc", 12, ink="dim"),
        )
        raw = key_button(Action.RAW, self._ask_raw)
        teach = key_button(Action.TEACH, self._ask_teach)
        self._actions = QWidget()
        self._actions.setLayout(row(self._rescue, teach, raw, None, margins=(10, 8, 10, 0)))
        words = column(head, 2, label(about, 12, ink="dim", wrap=True), margins=(10, 0, 10, 8))
        lines = column(words, margins=0)
        lines.addWidget(self._stack, 1)
        lines.addWidget(self._actions)
        self.setLayout(lines)
        self._actions.hide()

    def show_loading(self) -> None:
        """Say that the mails are being read, unless some are shown already."""
        if self._stack.currentWidget() is not self._list:
            self._stack.setCurrentWidget(self._loading)
        self._list.setFocus()

    def show_mails(self, lines: Sequence[Line]) -> None:
        """Show these mails."""
        self._list.show_lines(lines)
        self._plain.say("Nothing here.", self._nothing)
        self._stack.setCurrentWidget(self._list if lines else self._plain)
        self._actions.setVisible(bool(lines))
        if self.isVisible():
            self._list.setFocus()

    def step(self, steps: int) -> None:
        """Down or up by some rows."""
        self._list.step(steps)

    def rescue(self) -> None:
        """Ask for the chosen mail to become an enquiry."""
        if self._list.chosen is not None:
            self.rescue_requested.emit(self._list.chosen)

    @property
    def mail(self) -> int | None:
        """The mail that is chosen."""
        return self._list.chosen

    def _ask_teach(self) -> None:
        if self._list.chosen is not None:
            self.teach_requested.emit(self._list.chosen)

    def _ask_raw(self) -> None:
        if self._list.chosen is not None:
            self.raw_requested.emit(self._list.chosen)
