"""Finding a lead by name, address, number or word: the field, and the list that replaces the queue."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from leaddesk.words.views import Found
from leaddesk_ui.buttons import word
from leaddesk_ui.fields import field
from leaddesk_ui.layout import column, row
from leaddesk_ui.states import Plain
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .lines import Line, LineList

_PAUSE_MS = 150


class SearchPanel(QWidget):
    """Says `words_changed` a moment after the person typed; `lead_chosen` and `lead_opened` from the list."""

    words_changed = Signal(str)
    lead_chosen = Signal(int)
    lead_opened = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, when: Callable[[Found], str]) -> None:
        super().__init__()
        self._when = when
        self.field: QLineEdit = field("Find a lead", "Name, address, number or word")
        self._list = LineList(theme, "Found leads")
        self._plain = Plain()
        self._stack = QStackedWidget()
        self._said = label("", 12, ink="dim", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()

    def _build(self) -> None:
        self._stack.addWidget(self._plain)
        self._stack.addWidget(self._list)
        self._list.picked.connect(self.lead_chosen)
        self._list.opened.connect(self.lead_opened)
        self.field.textEdited.connect(self._on_typed)
        self.field.returnPressed.connect(self.open)
        self._pause.timeout.connect(lambda: self.words_changed.emit(self.words))
        back = word("Clear", self.closed.emit, ink="dim")
        head = row(self.field, back, label("Esc", 12, ink="dim"))
        lines = column(head, 6, self._said, margins=(10, 0, 10, 8))
        whole = column(lines)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)
        self._plain.say("", "Closed leads are found too. A number may have any spacing.")

    @property
    def words(self) -> str:
        """What is being looked for."""
        return self.field.text().strip()

    def begin(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus()
        self.field.selectAll()

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """Show what a search found, unless the person has typed on since."""
        if words != self.words:
            return
        self._list.show_lines([self._line(one) for one in found], words)
        count = "One lead has it." if len(found) == 1 else f"{len(found)} leads have it, closed ones too."
        self._said.say(count if found else "")
        if not found:
            self._plain.say("Nobody found.", f"No lead has “{words}”." if words else "")
        self._stack.setCurrentWidget(self._list if found else self._plain)

    def step(self, steps: int) -> None:
        """Down or up by some rows."""
        self._list.step(steps)

    def open(self) -> None:
        """Open the chosen lead."""
        if self._list.chosen is not None and self._stack.currentWidget() is self._list:
            self.lead_opened.emit(self._list.chosen)

    def _on_typed(self) -> None:
        self._pause.start()

    def _line(self, found: Found) -> Line:
        return Line(found.lead, found.name, self._when(found), found.snippet, found.source)
