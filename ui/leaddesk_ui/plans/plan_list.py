"""The plans at the left, each with its line in small; and files that cannot be used, with their faults."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from leaddesk.rules.cadence.editing import end_offset, offsets
from leaddesk.words.plan_view import FaultyFile, PlanDraft, PlanView
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.layout import column, frame, row
from leaddesk_ui.text import elided, label
from leaddesk_ui.theme import Theme

_LONGEST = 30
"""Days that fill a small line; a longer plan fills it too."""


class SmallLine(QWidget):
    """A plan's steps as dots on a line, all plans to one scale."""

    def __init__(self, draft: PlanDraft, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        end = end_offset(draft)
        self.offsets = (timedelta(0), *offsets(draft.steps), *((end,) if end is not None else ()))
        self.setFixedHeight(scaled(14))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(scaled(120), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = scaled(3), self.height() // 2
        room = self.width() - 2 * size - 2
        whole = max(self.offsets[-1], timedelta(days=_LONGEST))
        lefts: list[int] = []
        for offset in self.offsets:
            wanted = size + 1 + round(room * (offset / whole))
            lefts.append(max(wanted, lefts[-1] + 2 * size + 1) if lefts else wanted)
        painter.setPen(QPen(QColor(self._theme.tokens.dim), 1))
        painter.drawLine(lefts[0], middle, lefts[-1], middle)
        painter.setBrush(QColor(self._theme.tokens.dim))
        painter.setPen(Qt.PenStyle.NoPen)
        for left in lefts:
            painter.drawEllipse(left - size, middle - size, 2 * size, 2 * size)


class PlanRow(QPushButton):
    """One plan. `walk_requested` with -1 or 1: the arrows go to its neighbour."""

    walk_requested = Signal(int)

    def __init__(self, view: PlanView | None, draft: PlanDraft, theme: Theme, *, is_changed: bool) -> None:
        super().__init__()
        self.setProperty("row", True)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        leads = view.leads if view is not None else 0
        counted = "not saved" if is_changed else _leads(leads)
        end = end_offset(draft)
        length = _length(end) if end is not None else "no end"
        name = elided(draft.name or "A plan without a name", 14, DEMI)
        head = row(space=8)
        head.addWidget(name, 1)
        head.addWidget(label(counted, 11, MEDIUM, "danger" if is_changed and end is None else "dim"))
        foot = row(space=10)
        foot.addWidget(SmallLine(draft, theme), 1)
        foot.addWidget(label(length, 12, ink="dim", tabular=True))
        about = view.starts_for if view is not None else ""
        said = f"For {about}" if about else draft.about or "Chosen by hand"
        lines = column(head, elided(said, 12, ink="dim"), foot, margins=(14, 9, 14, 9), space=4)
        self.setLayout(lines)
        self.setFixedHeight(lines.sizeHint().height())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{draft.name}, {counted}, {length}. {said}")
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.walk_requested.emit(step)
        else:
            super().keyPressEvent(event)


def faulty_card(faulty: FaultyFile, folder: str) -> QFrame:
    """A file that cannot be used: where, why, and what is followed meanwhile."""
    lines = column(label(f"{faulty.file} cannot be used", 13, DEMI, "danger", wrap=True), space=4)
    for fault in faulty.faults[:4]:
        lines.addWidget(label(f"{fault[:1].upper()}{fault[1:]}", 12, wrap=True))
    stands = f"The plan {faulty.stands} stands as it was." if faulty.stands else "Nothing follows it."
    lines.addWidget(label(f"{stands} Mend the file in {folder}.", 12, ink="dim", wrap=True))
    lines.setContentsMargins(*(scaled(n) for n in (14, 10, 14, 12)))
    made = frame("card", lines)
    made.setAccessibleName(f"{faulty.file} cannot be used. {' '.join(faulty.faults)}")
    return made


def _leads(leads: int) -> str:
    if not leads:
        return "no lead on it now"
    return f"{leads:,} lead{'' if leads == 1 else 's'} on it"


def _length(end: timedelta) -> str:
    return f"{end.days} day{'' if end.days == 1 else 's'}"
