"""Forms that mails came from: what their mails lack, registered or not, taught or not; and lines to paste."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from leaddesk.rules.capture.pointers import in_words
from leaddesk.words.forms import FormLines, FormView
from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI, MEDIUM
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.tasks import Tasks
from leaddesk_ui.text import elided, label

from .lines_part import LinesPart

if TYPE_CHECKING:
    from leaddesk_ui.needs import Accounts, Forms


class FormsPart(QWidget):
    """`teach_requested` with a sample mail; `said` has a sentence."""

    teach_requested = Signal(int)
    said = Signal(str)

    def __init__(
        self,
        forms: Callable[[], Forms],
        accounts: Accounts,
        tasks: Tasks,
        failed: Callable[[Exception], None],
    ) -> None:
        """`forms` is asked in a task: the subject is loaded when it is first used."""
        super().__init__()
        self._forms, self._accounts, self._tasks, self._failed = forms, accounts, tasks, failed
        self._cards = column(space=8)
        self._plugins = LinesPart()
        about = (
            "A registered form may be acknowledged automatically, at the address that its mails tell. Whoever"
            " fills one in is a lead, registered or not."
        )
        lines = column(label(about, 13, ink="dim", wrap=True), 8, self._cards, 20)
        lines.addWidget(self._plugins)
        lines.addStretch()
        self.setLayout(lines)

    def read(self) -> None:
        """Read the forms again."""
        self._tasks.run(lambda: (self._forms().list(), self._forms().lines()), self._show, self._failed)

    def read_if_seen(self) -> None:
        """Something changed elsewhere: a list that nobody sees is read when it is opened."""
        if self.isVisible():
            self.read()

    def _show(self, read: tuple[tuple[FormView, ...], tuple[FormLines, ...]]) -> None:
        forms, lines = read
        empty(self._cards)
        for form in forms:
            self._cards.addWidget(self._card(form))
        if not forms:
            nothing = "No mail of a form has come yet. When one does, it is listed here."
            self._cards.addWidget(label(nothing, 14, ink="dim", wrap=True))
        self._plugins.show_lines(lines)

    def _card(self, form: FormView) -> QFrame:
        made = QFrame()
        made.setProperty("ground", "card")
        made.setObjectName(f"form_{form.form}")
        state = "registered" if form.feed is not None else "not registered"
        head = row(label(form.page_words, 13, MEDIUM, tabular=True), label(state, 12, ink="dim"), space=14)
        title = elided(form.title, 14, DEMI)
        first = row(title, space=14)
        first.setStretch(0, 1)
        first.addLayout(head)
        lines = column(first, margins=(14, 10, 14, 10), space=4)
        lines.addWidget(elided(form.sender or "writes as whoever fills it in", 12, ink="dim"))
        if form.taught:
            lines.addWidget(label(" · ".join(map(in_words, form.taught)), 12, ink="dim", wrap=True))
        if form.lost:
            lines.addWidget(label(_lost_words(form.lost), 13, ink="danger", wrap=True))
        lines.addLayout(self._buttons(form))
        made.setLayout(lines)
        return made

    def _buttons(self, form: FormView) -> QHBoxLayout:
        line = row(space=8)
        if form.feed is None:
            line.addWidget(button("Register", "", lambda: self._register(form)))
        else:
            feed = form.feed
            line.addWidget(button("Unregister", "", lambda: self._remove(feed)))
        if form.newest is not None:
            sample = form.newest
            line.addWidget(button("Show how to read it …", "", lambda: self.teach_requested.emit(sample)))
        if form.taught:
            line.addWidget(button("Read it as usual", "", lambda: self._forget(form)))
        line.addStretch()
        return line

    def _register(self, form: FormView) -> None:
        said = f"“{form.title}” is registered."
        self._tasks.run(lambda: self._forms().register(form.form), lambda _: self._done(said), self._failed)

    def _remove(self, feed: int) -> None:
        said = "It is not registered any more."
        self._tasks.run(lambda: self._accounts.remove_feed(feed), lambda _: self._done(said), self._failed)

    def _forget(self, form: FormView) -> None:
        said = f"“{form.title}” is read by the general rules again."
        self._tasks.run(lambda: self._forms().forget(form.form), lambda _: self._done(said), self._failed)

    def _done(self, said: str) -> None:
        self.said.emit(said)
        self.read()


def _lost_words(lost: int) -> str:
    mails = (
        "1 mail of this form no longer matches" if lost == 1 else f"{lost} mails of this form no longer match"
    )
    return f"{mails} what you showed. The form has changed: they were read as usual. Show it anew."
