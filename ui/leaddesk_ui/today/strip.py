"""The strip under the queue: how quick we are today and this week."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout

from leaddesk.words.queue import Strip
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.text import Words, label, tip

from .wording import median, share

_HEADS = ("first reply", "in 5 min", "in 1 h", "never")
_TIPS = (
    "Half of all enquiries had their first reply within this time",
    "Answered within five minutes",
    "Answered within an hour",
    "Closed without an answer",
)


class FiguresStrip(QFrame):
    """Two lines of four figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setObjectName("strip")
        self._cells: list[list[Words]] = [[], []]
        self._build()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
        grid.setHorizontalSpacing(scaled(8))
        grid.setVerticalSpacing(scaled(2))
        for place, head in enumerate(_HEADS):
            made = label(head, 11, ink="dim")
            tip(made, _TIPS[place])
            grid.addWidget(made, 0, place + 1)
            grid.setColumnStretch(place + 1, 1)
        for line, name in enumerate(("Today", "This week")):
            grid.addWidget(label(name, 12, MEDIUM, "dim"), line + 1, 0)
            for place in range(len(_HEADS)):
                cell = label("–", 14 if line == 0 else 13, DEMI if line == 0 else MEDIUM, tabular=True)
                self._cells[line].append(cell)
                grid.addWidget(cell, line + 1, place + 1)

    def show_figures(self, today: Strip, week: Strip) -> None:
        """Show the figures of today and of this week."""
        for cells, strip in zip(self._cells, (today, week), strict=True):
            figures = (
                median(strip),
                share(strip.within_5min, strip.enquiries),
                share(strip.within_1h, strip.enquiries),
                share(strip.never, strip.enquiries),
            )
            for cell, figure, what in zip(cells, figures, _TIPS, strict=True):
                cell.say(figure)
                cell.setAccessibleName(f"{what}: {figure}")
