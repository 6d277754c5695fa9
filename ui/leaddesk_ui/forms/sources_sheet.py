"""Where leads found us that do not tell: a list, and each mended with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leaddesk.words.views import Sourceless
from leaddesk_ui.buttons import Pressed, RowButton, button
from leaddesk_ui.fields import field
from leaddesk_ui.fonts import DEMI, scaled
from leaddesk_ui.layout import column, row
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label
from leaddesk_ui.theme import Theme
from leaddesk_ui.today.lines import Line, LineList


class SourcesSheet(Sheet):
    """`mended` with a lead and where it came from."""

    mended = Signal(int, str)

    def __init__(
        self,
        theme: Theme,
        rows: Sequence[Sourceless],
        choices: Sequence[str],
        whens: Sequence[str],
        first: int | None = None,
    ) -> None:
        """`whens` are the times of the rows in words; `first` is the lead that is asked about first."""
        super().__init__("Where did they find you?", 900)
        order = sorted(range(len(rows)), key=lambda place: rows[place].lead != first)
        self._left = [Line(rows[n].lead, rows[n].name, whens[n], rows[n].wants, rows[n].way) for n in order]
        self._list = LineList(theme, "Leads without a source")
        self._who = elided("", 16, DEMI)
        self._count = label("", 12, ink="dim")
        self._typed = field("Where they found you", "or type it, and press ↵")
        self._rows = [RowButton(str(n), text, "", self._says(text)) for n, text in enumerate(choices, 1)]
        self._choosing = QWidget()
        self._done = label("", 14, ink="dim", wrap=True)
        self._build()
        for n, text in enumerate(choices, 1):
            self._key(str(n), self._says(text))
        self._typed.returnPressed.connect(self._on_typed)
        self._show_lines()

    def _build(self) -> None:
        side = column(self._who, *self._rows, self._typed, None, space=8)
        self._choosing.setLayout(side)
        self._choosing.setFixedWidth(scaled(360))
        self._list.setMinimumHeight(scaled(380))
        both = row(space=20)
        both.addWidget(self._list, 1)
        both.addWidget(self._choosing)
        head = row(label("Where did they find you?", 16, DEMI), None, self._count)
        lines = column(head, 6, self._done, margins=(28, 20, 28, 20), space=8)
        lines.addLayout(both, 1)
        foot = row(label("Ctrl Z takes the last one back.", 12, ink="dim"), None)
        foot.addWidget(button("Done", "Esc", self.closed.emit))
        lines.addLayout(foot)
        self.setLayout(lines)
        self._list.picked.connect(lambda _: self._show_who())

    def begin(self) -> None:
        self._list.setFocus()

    def type(self, text: str) -> None:
        """Say it in other words than those that are offered."""
        self._typed.setText(text)
        self._on_typed()

    def _show_lines(self) -> None:
        some = bool(self._left)
        self._list.show_lines(self._left)
        self._list.setVisible(some)
        self._choosing.setVisible(some)
        self._done.setVisible(not some)
        self._done.say("Every lead says where it found you.")
        one = len(self._left) == 1
        self._count.say(f"{len(self._left)} lead{'' if one else 's'} without a source" if some else "")
        self._show_who()

    def _show_who(self) -> None:
        chosen = next((line for line in self._left if line.id == self._list.chosen), None)
        self._who.say(chosen.title if chosen else "")

    def _on_typed(self) -> None:
        text = self._typed.text().strip()
        if text:
            self._typed.clear()
            self._say(text)

    def _says(self, text: str) -> Pressed:
        return lambda: self._say(text)

    def _say(self, text: str) -> None:
        lead = self._list.chosen
        if lead is None:
            return
        self._left = [line for line in self._left if line.id != lead]
        self._show_lines()
        self._list.setFocus()
        self.mended.emit(lead, text)
