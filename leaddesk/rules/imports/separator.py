"""What separates the cells of a table: the sign at which most pieces can be recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from leaddesk.rules.imports.cells import bare, is_whole_value
from leaddesk.rules.imports.records import Record, records
from leaddesk.rules.imports.titles import shipped

CANDIDATES = (",", ";", "\t", "|")
ROWS = 60
"""Records by which a separator is judged."""
_TITLE_ROWS = 12
_TITLE_LENGTH = 60
_MOST_CELLS = 80
_HINT = re.compile(r'\ufeff?"?sep=(?:"")?(\\t|.)"*\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Separator:
    """The sign, None for a table of one column; and whether the first line only names it."""

    delimiter: str | None
    has_hint: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a text looks when it is cut at one sign."""

    delimiter: str | None
    width: int
    known: int
    """Cells that are titles, addresses, numbers, dates."""
    steady: float
    """The share of records with the commonest number of cells."""

    @property
    def order(self) -> tuple[int, float, int]:
        return self.known, self.steady if self.width > 1 else 0.0, self.width


def separator_of(lines: Sequence[str]) -> Separator:
    """The separator of a table that begins with `lines`, which keep their line ends.

    >>> separator_of(["Name;Tel\\n", "Koch, Emil;0171 3920051\\n"]).delimiter
    ';'
    """
    hint = _HINT.fullmatch(lines[0]) if lines else None
    if hint:
        return Separator("\t" if hint[1] == "\\t" else hint[1], has_hint=True)
    whole = _seen(lines, None)
    best = max((_seen(lines, sign) for sign in CANDIDATES), key=lambda seen: seen.order)
    return Separator(best.delimiter if _is_better(best, whole) else None)


def _is_better(cut: _Seen, whole: _Seen) -> bool:
    """Cutting must show something: a text that says as much in one piece is one column."""
    if cut.width < 2:
        return False
    return cut.known > whole.known or (whole.known == 0 and cut.steady >= 0.8)


def _seen(lines: Sequence[str], delimiter: str | None) -> _Seen:
    found = [record for record in islice(records(lines, delimiter), ROWS) if not record.is_empty]
    widths = Counter(len(record.cells) for record in found)
    wide = {width: count for width, count in widths.items() if width > 1} or widths
    width = max(wide, key=lambda w: (wide[w], w), default=0)
    known = sum(_known_cells(record, place) for place, record in enumerate(found))
    return _Seen(delimiter, width, known, widths[width] / len(found) if found else 0.0)


def _known_cells(record: Record, place: int) -> int:
    titles = shipped()
    cells = [bare(cell) for cell in record.cells[:_MOST_CELLS]]
    known = sum(is_whole_value(cell) for cell in cells if cell)
    if place < _TITLE_ROWS:
        known += sum(len(cell) <= _TITLE_LENGTH and titles.is_known(cell) for cell in cells if cell)
    return known
