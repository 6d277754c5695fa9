"""What is overdue after a long time away: a list, and one key for each thing that may become of it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from leaddesk.words.due import Way
from leaddesk.words.overdue import OverdueItem

from .buttons import button, rename, word
from .fonts import DEMI, scaled
from .layout import column, row
from .sheet import Sheet
from .text import elided, label
from .theme import Theme
from .times import at_words
from .today.lines import Line, LineList

_TALL, _MOST = 64, 320
_STEPS = {
    Way.EMAIL: "a mail of the plan",
    Way.CALL: "a call of the plan",
    Way.TEXT: "a text of the plan",
    Way.WHATSAPP: "a WhatsApp message of the plan",
    Way.TASK: "a task of the plan",
    Way.DECIDE: "decide what becomes of it",
}


class OverdueSheet(Sheet):
    """Each signal has the items that it is about."""

    sent = Signal(object)
    planned_anew = Signal(object)
    dropped = Signal(object)
    opened = Signal(object)

    def __init__(self, items: tuple[OverdueItem, ...], now: datetime, zone: tzinfo, theme: Theme) -> None:
        super().__init__("Overdue", 680)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._now, self._zone = now, zone
        self._items: tuple[OverdueItem, ...] = ()
        self._list = LineList(theme, "Overdue")
        self._title = elided("", 16, DEMI)
        self._send = button("Send it now", "↵", self._on_send, primary=True)
        self._build()
        self.show_items(items)

    def _build(self) -> None:
        says = label(
            "It was meant for days ago, so nothing of it goes by itself. Planned anew it comes back on a "
            "morning, ten a day; dropped, a mail’s words stay as a draft and a step is passed over.",
            13, ink="dim", wrap=True,
        )  # fmt: skip
        anew, drop = button("Plan anew", "P", self._on_anew), button("Drop", "X", self._on_drop)
        lines = column(self._title, says, margins=(28, 20, 28, 20), space=8)
        lines.addWidget(self._list, 1)
        lines.addLayout(row(self._send, anew, drop, None, button("Close", "Esc", self.closed.emit)))
        all_anew = word("Plan all anew", self._on_all_anew, ink="dim")
        all_dropped = word("Drop all", self._on_all_dropped, ink="dim")
        keys = (label("⇧ P", 12, ink="dim"), label("⇧ X", 12, ink="dim"))
        lines.addLayout(row(all_anew, keys[0], 8, all_dropped, keys[1], None))
        self.setLayout(lines)
        self._list.picked.connect(lambda _: self._show_word())
        self._list.opened.connect(lambda _: self._on_send())
        for sequence, pressed in (
            ("P", self._on_anew),
            ("X", self._on_drop),
            ("Shift+P", self._on_all_anew),
            ("Shift+X", self._on_all_dropped),
        ):
            self._key(sequence, pressed)

    def begin(self) -> None:
        self._list.setFocus()

    def show_items(self, items: tuple[OverdueItem, ...]) -> None:
        """Show what is left of it."""
        self._items = items
        many = "One thing is" if len(items) == 1 else f"{len(items):,} things are"
        self._title.say(f"{many} overdue")
        self._list.show_lines([self._line(item) for item in items])
        self._list.setFixedHeight(scaled(min(_MOST, _TALL * max(1, len(items)))) + 4)
        self._show_word()

    def _line(self, item: OverdueItem) -> Line:
        due = "your first reply" if item.is_first else _STEPS[item.way]
        told = f"Your answer: {item.text}" if item.outgoing is not None else f"Due: {due}"
        return Line(item.lead, item.name, f"since {at_words(item.since, self._now, self._zone)}", told)

    @property
    def _chosen(self) -> OverdueItem | None:
        return next((item for item in self._items if item.lead == self._list.chosen), None)

    def _show_word(self) -> None:
        chosen = self._chosen
        is_mail = chosen is not None and chosen.outgoing is not None
        rename(self._send, "Send it now" if is_mail else "Do it now", "↵")

    def _on_send(self) -> None:
        """A mail goes out; a step is done on its lead's page."""
        if (item := self._chosen) is not None:
            (self.sent if item.outgoing is not None else self.opened).emit(item)

    def _on_anew(self) -> None:
        if (item := self._chosen) is not None:
            self.planned_anew.emit((item,))

    def _on_drop(self) -> None:
        if (item := self._chosen) is not None:
            self.dropped.emit((item,))

    def _on_all_anew(self) -> None:
        self.planned_anew.emit(self._items)

    def _on_all_dropped(self) -> None:
        self.dropped.emit(self._items)
