"""Same person? One other lead at a time: Enter joins, N says no; or another one is looked for."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from leaddesk.words.same import Same
from leaddesk.words.views import Found
from leaddesk_ui.buttons import Pressed, RowButton, button, word
from leaddesk_ui.fields import field
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column, empty, row
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label

_PAUSE_MS = 150
_SHOWN = 6
"""Rows that a sheet has room for."""


class SameSheet(Sheet):
    """`decided` with the other lead, True to join and False for no; `words_changed` to look for one."""

    decided = Signal(int, bool)
    words_changed = Signal(str)

    def __init__(self, name: str, lead: int, offers: tuple[Same, ...]) -> None:
        super().__init__(f"Who is the same person as {name}?", 560)
        self._name, self._lead = name, lead
        self._asked: Same | None = None
        self._title, self._why = elided("", 16, DEMI), label("", 13, ink="dim", wrap=True)
        self._known_by, self._wants = elided("", 13, ink="dim"), elided("", 13)
        self.field = field("Find a lead", "Name, address, number or word")
        self._said = label("", 12, ink="dim", wrap=True)
        self._rows = QVBoxLayout()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._question, self._search = self._question_page(), self._find_page()
        self._build()
        self._choose(offers[0]) if offers else self._look()

    def _build(self) -> None:
        self.setLayout(column(self._question, self._search, margins=(28, 20, 28, 20)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.field.textEdited.connect(self._pause.start)
        self.field.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(lambda: self.words_changed.emit(self.words))
        self._key("Return", self._on_join)
        self._key("Enter", self._on_join)
        self._no_key = self._key("N", self._on_no)
        self._find_key = self._key("/", self._look)

    def _question_page(self) -> QWidget:
        page = QWidget()
        self._join = button("Join them", "↵", self._on_join, primary=True)
        self._no = button("No, two people", "N", self._on_no)
        other = row(word("Look for another lead", self._look, ink="dim"), label("/", 12, ink="dim"), None)
        lines = column(self._title, self._known_by, 4, self._why, self._wants, 6, space=8)
        lines.addLayout(row(self._join, self._no, None))
        lines.addLayout(other)
        lines.addWidget(label("For thirty days they can be taken apart again.", 12, ink="dim"))
        lines.addStretch()
        page.setLayout(lines)
        return page

    def _find_page(self) -> QWidget:
        page = QWidget()
        self._rows.setSpacing(0)
        title = elided(f"Who is the same person as {self._name}?", 16, DEMI)
        lines = column(title, 6, self.field, self._said, space=8)
        lines.addLayout(self._rows)
        lines.addStretch()
        page.setLayout(lines)
        return page

    @property
    def words(self) -> str:
        """What is being looked for."""
        return self.field.text().strip()

    def begin(self) -> None:
        (self._join if self._asked is not None else self.field).setFocus()

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """Show whom a search found, unless the person has typed on since."""
        if words != self.words:
            return
        others = [one for one in found if one.lead != self._lead][:_SHOWN]
        empty(self._rows)
        for one in others:
            self._rows.addWidget(RowButton("↵", one.name, one.source, self._chooses(one)))
        nobody = f"No other lead has “{words}”." if words else ""
        self._said.say(nobody if not others else "Enter takes the first.")

    def _look(self) -> None:
        """Another one is looked for: letters are words now."""
        self._asked = None
        self._set_keys(False)
        self._show(self._search)
        self.field.setFocus()

    def _choose(self, other: Same) -> None:
        self._asked = other
        self._title.say(f"Same person as {other.name}?")
        self._known_by.say(other.known_by)
        self._known_by.setVisible(bool(other.known_by))
        self._why.say(other.why)
        self._wants.say(f"“{other.wants}”" if other.wants else "")
        self._set_keys(True)
        self._show(self._question)
        self._join.setFocus()

    def _show(self, page: QWidget) -> None:
        """The sheet is as high as what it shows."""
        for each in (self._question, self._search):
            each.setVisible(each is page)

    def _set_keys(self, asks: bool) -> None:
        for key in (self._no_key, self._find_key):
            key.setEnabled(asks)

    def _chooses(self, one: Found) -> Pressed:
        why = "You looked for this one yourself."
        return lambda: self._choose(
            Same(lead=one.lead, name=one.name, why=why, wants=one.snippet, since=one.since)
        )

    def _on_return(self) -> None:
        item = self._rows.itemAt(0)
        first = item.widget() if item is not None else None
        if isinstance(first, RowButton):
            first.click()

    def _on_join(self) -> None:
        """Enter: yes to the question, or the row that has the focus."""
        row_of = self.focusWidget()
        if self._asked is not None:
            self.decided.emit(self._asked.lead, True)
        elif isinstance(row_of, RowButton):
            row_of.click()

    def _on_no(self) -> None:
        if self._asked is not None:
            self.decided.emit(self._asked.lead, False)
