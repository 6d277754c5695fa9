"""Writing down somebody who rang: name, number, what they want, and when it was."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from .buttons import button
from .fields import field, mark_wrong
from .fonts import DEMI, scaled
from .layout import column, row
from .sheet import Sheet
from .text import label
from .times import hour
from .when import time_of_day

if TYPE_CHECKING:
    from .needs import Clock


class NewLeadSheet(Sheet):
    """`added` with name, number, what they want and when they rang."""

    added = Signal(str, str, str, object)

    def __init__(self, clock: Clock) -> None:
        super().__init__("New lead", 560)
        self._clock = clock
        self._name = field("Name", "Name or firm")
        self._number = field("Number", "Number")
        self._what = field("What they want", "What they want")
        self._when = field("Rang at", text=hour(clock.now(), clock.zone()))
        self._begun: datetime = clock.now()
        self._add = button("Add", "↵", self._on_add, primary=True)
        self._build()

    def _build(self) -> None:
        self._when.setFixedWidth(scaled(96))
        lines = column(label("Who rang?", 16, DEMI), 6, margins=(28, 20, 28, 20), space=8)
        for edit in (self._name, self._number, self._what):
            lines.addWidget(edit)
            edit.returnPressed.connect(self._on_add)
        self._when.returnPressed.connect(self._on_add)
        self._when.textEdited.connect(self._on_when)
        rang = row(label("rang at", 13, ink="dim"), self._when, None, self._add)
        lines.addLayout(rang)
        lines.addWidget(label("The clock runs from when they rang.", 12, ink="dim"))
        self.setLayout(lines)

    def begin(self) -> None:
        self._name.setFocus()

    def _at(self) -> datetime | None:
        if not self._when.isModified():
            return self._begun
        return time_of_day(self._when.text(), self._clock.now(), self._clock.zone())

    def _on_when(self) -> None:
        mark_wrong(self._when, self._at() is None)

    def _on_add(self) -> None:
        name, number = self._name.text().strip(), self._number.text().strip()
        missing: QLineEdit | None = None if name or number else self._name
        if self._at() is None:
            missing = self._when
        if missing is not None:
            mark_wrong(missing, True)
            missing.setFocus()
            return
        self.added.emit(name or number, number, self._what.text().strip(), self._at())
