"""Which row of a table holds the titles, if any: below lines about the file, above the first person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leaddesk.rules.imports.cells import bare, is_value
from leaddesk.rules.imports.records import Record
from leaddesk.rules.imports.titles import shipped

_LOOKED_AT = 25
"""Rows among which the titles may stand."""
_TITLE_LENGTH = 200
_FEWEST_FILLED = 0.4
_FEWEST_KNOWN = 0.2
_MOSTLY = 0.6


def width_of(rows: Sequence[Record]) -> int:
    """The number of columns: what most rows have."""
    widths = Counter(len(row.cells) for row in rows)
    several = {width: count for width, count in widths.items() if width > 1} or widths
    return max(several, key=lambda width: (several[width], width), default=0)


def header_of(rows: Sequence[Record]) -> int | None:
    """The place of the titles among `rows` (none of them empty), or None where there are none."""
    width = width_of(rows)
    for place, row in enumerate(rows[:_LOOKED_AT]):
        cells = [bare(cell) for cell in row.cells]
        filled = [cell for cell in cells if cell]
        if len(filled) < max(1.0, _FEWEST_FILLED * width):
            continue
        values = sum(map(is_value, filled))
        if _are_titles(filled, values):
            return place
        if values == 0 and _differs_from_below(cells, rows[place + 1 :], width):
            return place
        if values:
            return None
    return None


def _are_titles(filled: Sequence[str], values: int) -> bool:
    if any(len(cell) > _TITLE_LENGTH for cell in filled):
        return False
    known = sum(map(shipped().is_known, filled))
    return known > 3 * values and known >= max(1.0, _FEWEST_KNOWN * len(filled))


def _differs_from_below(cells: Sequence[str], below: Sequence[Record], width: int) -> bool:
    """Words above a column of addresses or numbers are its title, in whatever language."""
    if not below or any(len(cell) > _TITLE_LENGTH for cell in cells):
        return False
    return any(cells[place] and _is_of_values(place, below) for place in range(min(width, len(cells))))


def _is_of_values(place: int, rows: Sequence[Record]) -> bool:
    cells = [bare(row.cells[place]) for row in rows[:50] if len(row.cells) > place]
    filled = [cell for cell in cells if cell]
    return len(filled) >= 1 and sum(map(is_value, filled)) >= _MOSTLY * len(filled)
