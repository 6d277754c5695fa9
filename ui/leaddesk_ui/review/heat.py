"""When they asked, and how long half of them waited: a day a row, two hours a field, the night in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from leaddesk.rules.response import percentile
from leaddesk.words.review import Asked
from leaddesk.words.states import Rung, Standing
from leaddesk_ui.fonts import MEDIUM, scaled
from leaddesk_ui.layout import empty
from leaddesk_ui.text import label
from leaddesk_ui.theme import Theme

from .cell import Cell
from .wording import short

_STARTS = (8, 10, 12, 14, 16, 18)
_COLUMNS = (*(f"{hour}–{hour + 2}" for hour in _STARTS), "night")
_ROW = 25


class HeatMap(QWidget):
    """`pressed` with a title and the enquiries of a field or a day."""

    pressed = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scaled(2))
        for column in range(1, len(_COLUMNS) + 1):
            self._grid.setColumnStretch(column, 1)

    def show_week(self, first: date, asked: Sequence[Asked], zone: tzinfo) -> None:
        """Show a week from its Monday on."""
        empty(self._grid)
        for column, name in enumerate(_COLUMNS, 1):
            head = label(name, 11, MEDIUM, "dim")
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._grid.addWidget(head, 0, column)
        for place in range(7):
            day = first + timedelta(days=place)
            self._show_day(place + 1, day, [one for one in asked if _day(one, zone) == day], zone)

    def _show_day(self, line: int, day: date, asked: Sequence[Asked], zone: tzinfo) -> None:
        name = label(f"{day:%a}", 12, MEDIUM, "dim")
        name.setMinimumWidth(scaled(36))
        self._grid.addWidget(name, line, 0)
        self._grid.setRowMinimumHeight(line, scaled(_ROW))
        for column, hours in enumerate(_COLUMNS, 1):
            group = [one for one in asked if _column(one, zone) == column - 1]
            self._grid.addWidget(self._field(day, hours, group) if group else self._nobody(), line, column)
        count = label(f"{len(asked):,} asked" if asked else "", 11, MEDIUM, "dim", right=True, tabular=True)
        count.setMinimumWidth(scaled(56))
        self._grid.addWidget(count, line, len(_COLUMNS) + 1)

    def _field(self, day: date, hours: str, asked: Sequence[Asked]) -> Cell:
        words, kind = half_waited(asked)
        says = f"{day:%A}, {hours}: {len(asked):,} asked, half waited {words}"
        made = Cell(words, kind, says, self._theme, 11)
        made.setFixedHeight(scaled(_ROW))
        title = f"{day:%A}, {hours}"
        made.clicked.connect(lambda _checked, title=title: self.pressed.emit(title, tuple(asked)))
        return made

    def _nobody(self) -> QWidget:
        made = QWidget()
        made.setProperty("ground", "nobody")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setFixedHeight(scaled(_ROW))
        return made


def half_waited(asked: Sequence[Asked]) -> tuple[str, str]:
    """How long half of them waited, in a field's words, and how it is painted.

    Who has no answer waited longer than all others; where that is more than half, it says so.
    """
    median = percentile((one.after for one in asked), 0.5)
    if median is not None:
        return short(median), Rung.of(median).value
    still = any(one.standing is Standing.WAITING for one in asked)
    return ("waiting", "waiting") if still else ("never", "never")


def _day(one: Asked, zone: tzinfo) -> date:
    return one.received_at.astimezone(zone).date()


def _column(one: Asked, zone: tzinfo) -> int:
    hour = one.received_at.astimezone(zone).hour
    return (hour - _STARTS[0]) // 2 if _STARTS[0] <= hour < _STARTS[-1] + 2 else len(_STARTS)
