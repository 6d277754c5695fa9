"""Where the steps fall for an enquiry that came now, or at another time; and why each moved."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from leaddesk.words.cadence import End
from leaddesk.words.plan_view import PlanDraft, PlanLook
from leaddesk_ui.fields import field, mark_wrong
from leaddesk_ui.fonts import DEMI, MEDIUM, scaled
from leaddesk_ui.icons import pixmap
from leaddesk_ui.layout import column, row
from leaddesk_ui.text import label, picture
from leaddesk_ui.theme import Theme

from . import wording
from .strip import DayStrip

_HEADS = ("Step", "In the plan", "Falls on", "Why it moved")


class Preview(QFrame):
    """`asked` with the words of another time."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "quiet")
        self._theme = theme
        self._head = label("", 14, DEMI, wrap=True, tabular=True)
        self._wrong = label("", 12, ink="danger", wrap=True)
        self.when = field("Another time", "now, Friday 16:40, 2026-12-18 16:40")
        self._strip = DayStrip(theme)
        self._rows = QWidget()
        self._lines = column(self._rows)
        self._told: list[tuple[str, ...]] = []
        self._last: tuple[PlanDraft, PlanLook, tzinfo] | None = None
        self._build()
        self.when.editingFinished.connect(lambda: self.asked.emit(self.when.text()))
        theme.changed.connect(self._again)

    def _build(self) -> None:
        self.when.setMaximumWidth(scaled(270))
        self.when.setMinimumHeight(scaled(34))
        head = row(space=10)
        head.addWidget(self._head, 1)
        head.addWidget(label("Another time", 13, ink="dim"))
        head.addWidget(self.when, 1)
        self._wrong.hide()
        self.setLayout(
            column(head, self._wrong, 6, self._strip, 2, self._lines, margins=(14, 10, 14, 12), space=2)
        )

    @property
    def told(self) -> list[tuple[str, ...]]:
        """The rows of the table, in words."""
        return self._told

    def show_wrong(self, sentence: str) -> None:
        """The time was none."""
        self._wrong.say(sentence)
        self._wrong.show()
        mark_wrong(self.when, True)

    def show_look(self, draft: PlanDraft, look: PlanLook, zone: tzinfo) -> None:
        """Show where the steps fall."""
        self._last = draft, look, zone
        self._wrong.hide()
        mark_wrong(self.when, False)
        there = look.at.astimezone(zone)
        is_now = self.when.text().strip().lower() in ("", "now")
        clock = f"{there:%a} {there.hour}:{there.minute:02d}" if is_now else wording.moment(look.at, zone)
        self._head.say(f"An enquiry that came {'now ' if is_now else ''}({clock})")
        self._strip.show_look(look, zone)
        self._told = [_reply(look, zone), *_steps(look, zone)]
        if draft.end is None:
            self._told.append(("flag", "Decide", "", "no date yet", "The plan stops nowhere so far."))
        elif draft.end is End.NO_RESPONSE:
            self._told.append(("flag", "Ends by itself", "", "a week after", "Nothing is asked of you."))
        self._put_rows()

    def _put_rows(self) -> None:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(14))
        grid.setVerticalSpacing(scaled(6))
        for place, words in enumerate(_HEADS, 1):
            grid.addWidget(label(words, 11, MEDIUM, "dim"), 0, place)
        for down, (icon, *cells) in enumerate(self._told, 1):
            self._put_row(grid, down, icon, tuple(cells))
        grid.setColumnStretch(4, 1)
        self._lines.replaceWidget(self._rows, made)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = made

    def _put_row(self, grid: QGridLayout, down: int, icon: str, cells: tuple[str, ...]) -> None:
        mark = picture()
        mark.setPixmap(pixmap(icon, scaled(15), self._theme.tokens.dim))
        grid.addWidget(mark, down, 0, Qt.AlignmentFlag.AlignTop)
        name, planned, falls, why = cells
        has_moved = bool(why) and not why.startswith("Nothing")
        for place, words in enumerate(
            (
                label(name, 13, MEDIUM),
                label(planned, 13, ink="dim", tabular=True),
                label(falls, 13, DEMI if has_moved else MEDIUM, tabular=True),
                label(why, 13, ink="text" if has_moved else "dim", wrap=True),
            ),
            1,
        ):
            grid.addWidget(words, down, place, Qt.AlignmentFlag.AlignTop)

    def _again(self) -> None:
        if self._last is not None:
            self.show_look(*self._last)


def _reply(look: PlanLook, zone: tzinfo) -> tuple[str, ...]:
    return "reply", "Reply", "now", wording.moment(look.at, zone), ""


def _steps(look: PlanLook, zone: tzinfo) -> list[tuple[str, ...]]:
    return [
        (
            wording.ICONS[step.landing.way],
            wording.NAMES[step.landing.way],
            step.planned,
            wording.moment(step.landing.at, zone) if step.landing.at else "no place",
            step.why,
        )
        for step in look.steps
    ]
