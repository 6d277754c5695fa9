"""The columns of the table of everybody: titles, what each sorts by, which give way when it is narrow."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from leaddesk.words.all_leads import SortBy


class Column(enum.Enum):
    """From left to right."""

    WHO = "Who"
    PHONE = "Phone"
    WANTS = "What they want"
    SOURCE = "Where from"
    WROTE = "Wrote"
    REPLY = "First reply"
    TOUCH = "Last word"
    STANDS = "Stands"


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide a column is, and from which width of the table on it is shown."""

    wide: int
    shown_from: int
    sort: SortBy | None
    starts_down: bool = False
    """Chosen first, the latest or longest is on top."""


SHAPES: dict[Column, Shape] = {
    Column.WHO: Shape(196, 0, SortBy.NAME),
    Column.PHONE: Shape(128, 1080, None),
    Column.WANTS: Shape(0, 720, None),
    Column.SOURCE: Shape(148, 620, SortBy.SOURCE),
    Column.WROTE: Shape(100, 900, SortBy.WROTE, True),
    Column.REPLY: Shape(112, 0, SortBy.REPLY),
    Column.TOUCH: Shape(104, 560, SortBy.TOUCH, True),
    Column.STANDS: Shape(132, 0, SortBy.STANDS),
}
COLUMNS = tuple(Column)
SORTED = tuple(column for column in COLUMNS if SHAPES[column].sort is not None)
"""Those that Alt 1, Alt 2 … sort by."""


def column_of(sort: SortBy) -> Column:
    return next(column for column in COLUMNS if SHAPES[column].sort is sort)
