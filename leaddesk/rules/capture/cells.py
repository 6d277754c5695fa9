"""Tables that set labelled values side by side: their rows taken apart, so that each value has its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from leaddesk.rules.capture.html_text import BOLD, bare

_GAP = re.compile(r"\t+")

_LEAST = 2
"""Known labels by which a row is the head of others."""

IsLabel = Callable[[str], bool]


def side_by_side(rows: list[str], is_label: IsLabel) -> list[str]:
    """The rows; those of two labels with their values become two, where the mail is laid out so.

    Either all four cells stand beside each other, or each label stands over its value: in a row of labels
    over one of values that is set otherwise; or in one cell, when a row of text begins with the value on
    the left and ends with the label on the right.
    """
    cells = {place: _GAP.split(row.strip("\t")) for place, row in enumerate(rows) if "\t" in row}
    if any(len(row) == 4 and _is_pairwise(row, is_label) for row in cells.values()):
        return [part for place, row in enumerate(rows) for part in _in_two(row, cells.get(place, []))]
    heads = [place for place in cells if _is_head(cells, place, is_label)]
    if any(sum(is_label(bare(cell).strip()) for cell in cells[place]) >= _LEAST for place in heads):
        return list(_under_heads(rows, cells, frozenset(heads)))
    if any(_is_right_label(rows, place, row, is_label) for place, row in cells.items()):
        return [part for place, row in enumerate(rows) for part in cells.get(place, [row])]
    return rows


def _is_pairwise(cells: list[str], is_label: IsLabel) -> bool:
    """Label, value, label, value: not the head of a table, all of whose cells are labels."""
    return [is_label(bare(cell).strip()) for cell in cells] == [True, False, True, False]


def _in_two(row: str, cells: list[str]) -> list[str]:
    return ["\t".join(cells[:2]), "\t".join(cells[2:])] if len(cells) == 4 else [row]


def _is_head(cells: dict[int, list[str]], place: int, is_label: IsLabel) -> bool:
    """Labels, one of them known, over as many values, of which all or none are bold: the other way round."""
    labels, values = cells[place], cells.get(place + 1, [])
    if len(labels) != len(values) or any(is_label(bare(cell).strip()) for cell in values):
        return False
    bold = {BOLD in cell for cell in labels}, {BOLD in cell for cell in values}
    return bold in (({True}, {False}), ({False}, {True})) and any(
        is_label(bare(cell).strip()) for cell in labels
    )


def _under_heads(rows: list[str], cells: dict[int, list[str]], heads: frozenset[int]) -> Iterator[str]:
    """The rows, each label of a head beside its value."""
    for place, row in enumerate(rows):
        if place in heads:
            pairs = zip(cells[place], cells[place + 1], strict=True)
            yield from (f"{bare(label)}\t{bare(value)}" for label, value in pairs)
        elif place - 1 not in heads:
            yield row


def _is_right_label(rows: list[str], place: int, cells: list[str], is_label: IsLabel) -> bool:
    """A value and a label beside it, between a row that is a label and one that is a value."""
    if len(cells) != 2 or not 0 < place < len(rows) - 1:
        return False
    left, right, above, below = (
        bare(text).strip() for text in (cells[0], cells[1], rows[place - 1], rows[place + 1])
    )
    return is_label(right) and is_label(above) and not is_label(left) and bool(below) and not is_label(below)
