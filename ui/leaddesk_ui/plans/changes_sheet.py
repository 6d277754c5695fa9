"""Before a plan is saved: whose next step becomes another, and whether they go along."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from leaddesk.words.plan_view import Change
from leaddesk_ui.buttons import button
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, row, scrolling
from leaddesk_ui.sheet import Sheet
from leaddesk_ui.text import elided, label

from . import wording

_MOST = 200
_TALL = 320


class ChangesSheet(Sheet):
    """`save_requested` with True where the leads on the plan go along."""

    save_requested = Signal(bool)

    def __init__(self, plan: str, said: str, changes: tuple[Change, ...], zone: tzinfo) -> None:
        super().__init__(f"What saving {plan} changes", 720)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._all = button("Save, and take them along", "↵", lambda: self._say(True), primary=True)
        self._new = button("Only for new enquiries", "N", lambda: self._say(False))
        self._key("N", lambda: self._say(False))
        for sequence in ("Return", "Enter"):
            self._key(sequence, lambda: self._say(not self._new.hasFocus()))
        rows = column(*(_line(each, zone) for each in changes[:_MOST]), None, space=6)
        if len(changes) > _MOST:
            rows.addWidget(label(f"and {len(changes) - _MOST:,} more", 12, ink="dim"))
        content = QWidget()
        content.setLayout(rows)
        area = scrolling(content)
        area.setFixedHeight(min(scaled(_TALL), content.sizeHint().height() + scaled(8)))
        lines = column(elided(f"Save {plan}?", 16, DEMI), label(said, 13, ink="dim", wrap=True), 6, area, 6,
                       margins=(28, 20, 28, 20), space=6)  # fmt: skip
        lines.addWidget(label("What was done for them stays done.", 12, ink="dim", wrap=True))
        lines.addLayout(row(self._all, self._new, None, button("Not yet", "Esc", self.closed.emit)))
        self.setLayout(lines)

    def begin(self) -> None:
        self._all.setFocus()

    def _say(self, takes_along: bool) -> None:
        self.save_requested.emit(takes_along)


def _line(change: Change, zone: tzinfo) -> QWidget:
    name = elided(change.name, 13, MEDIUM)
    name.setFixedWidth(scaled(170))
    line = row(name, space=14)
    line.addWidget(elided(wording.change_line(change, zone), 13, tabular=True), 1)
    made = QWidget()
    made.setLayout(line)
    return made
