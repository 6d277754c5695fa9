"""Which plan a lead follows from now on: one row a plan, chosen by its number."""

from __future__ import annotations

from PySide6.QtCore import Signal

from leaddesk.words.cadence import Plan
from leaddesk_ui.buttons import Pressed, RowButton
from leaddesk_ui.fonts import DEMI
from leaddesk_ui.layout import column
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label

_MOST = 9
"""So many have a key of their own; a firm of two has three or four."""


class PlanSheet(Sheet):
    """`chosen` with the plan's name."""

    chosen = Signal(str)

    def __init__(self, name: str, plans: tuple[Plan, ...]) -> None:
        super().__init__(f"A plan for {name}", 560)
        shown = plans[:_MOST]
        self._rows = [
            RowButton(str(n), plan.name, plan.about, self._says(plan.name)) for n, plan in enumerate(shown, 1)
        ]
        head = elided(f"Which plan does {name} follow from now on?", 16, DEMI)
        lines = column(head, 6, margins=(28, 20, 28, 20), space=8)
        for place, (one, plan) in enumerate(zip(self._rows, shown, strict=True), start=1):
            lines.addWidget(one)
            self._key(str(place), self._says(plan.name))
        lines.addWidget(label("Each step waits for your word. An answer stops it.", 12, ink="dim"))
        self.setLayout(lines)

    def begin(self) -> None:
        if self._rows:
            self._rows[0].setFocus()

    def _says(self, name: str) -> Pressed:
        return lambda: self.chosen.emit(name)
