"""Tables that set two labelled values side by side: their rows taken apart, so that each value has one."""

from __future__ import annotations

import re
from collections.abc import Callable

from leaddesk.rules.capture.html_text import bare

_GAP = re.compile(r"\t+")

IsLabel = Callable[[str], bool]


def side_by_side(rows: list[str], is_label: IsLabel) -> list[str]:
    """The rows; those of two labels with their values become two, where the mail is laid out so.

    Either all four cells stand beside each other, or each label stands over its value in one cell: then
    a row of text begins with the value on the left and ends with the label on the right.
    """
    cells = {place: _GAP.split(row.strip("\t")) for place, row in enumerate(rows) if "\t" in row}
    if any(len(row) == 4 and _is_pairwise(row, is_label) for row in cells.values()):
        return [part for place, row in enumerate(rows) for part in _in_two(row, cells.get(place, []))]
    if any(_is_right_label(rows, place, row, is_label) for place, row in cells.items()):
        return [part for place, row in enumerate(rows) for part in cells.get(place, [row])]
    return rows


def _is_pairwise(cells: list[str], is_label: IsLabel) -> bool:
    """Label, value, label, value: not the head of a table, all of whose cells are labels."""
    return [is_label(bare(cell).strip()) for cell in cells] == [True, False, True, False]


def _in_two(row: str, cells: list[str]) -> list[str]:
    return ["\t".join(cells[:2]), "\t".join(cells[2:])] if len(cells) == 4 else [row]


def _is_right_label(rows: list[str], place: int, cells: list[str], is_label: IsLabel) -> bool:
    """A value and a label beside it, between a row that is a label and one that is a value."""
    if len(cells) != 2 or not 0 < place < len(rows) - 1:
        return False
    left, right, above, below = (
        bare(text).strip() for text in (cells[0], cells[1], rows[place - 1], rows[place + 1])
    )
    return is_label(right) and is_label(above) and not is_label(left) and bool(below) and not is_label(below)
