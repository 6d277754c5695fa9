"""A table as its beginning was understood, and its rows, one by one, without what stands around them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from leaddesk.rules.capture.vocabulary import fold
from leaddesk.rules.imports import cells as shape
from leaddesk.rules.imports.cells import are_plain, bare
from leaddesk.rules.imports.columns import columns_of, signature_of
from leaddesk.rules.imports.header import header_of, width_of
from leaddesk.rules.imports.records import Record, records
from leaddesk.rules.imports.separator import separator_of
from leaddesk.rules.imports.titles import shipped
from leaddesk.words.imports import Column, Field

SAMPLE = 200
"""Rows by which columns are judged."""
_FOOTER_WORDS = 4
"""A footer's first words are looked at."""
_MOSTLY = 0.6
_BATCH = 200
_MOST_HELD = 200
"""Lines that may stand below a table; more of them are rows."""


class Row(NamedTuple):
    """One row: its line in the file, its cells bare (one a column at least) and raw."""

    line: int
    cells: list[str]
    raw: list[str]
    is_plain: bool = False
    """Its cells hold nothing that would have to be cleaned."""
    is_broken: bool = False
    """A quote on its line was broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table is like."""

    delimiter: str | None
    first_line: int
    """Lines before this one, and the titles, are no rows."""
    titles: tuple[str, ...] | None
    width: int
    columns: tuple[Column, ...]
    signature: str
    sample: tuple[Row, ...]

    def with_fields(self, fields: Mapping[int, Field]) -> Table:
        """The same table with other meanings of some columns, by their place."""
        chosen = [
            replace(column, field=fields[column.place], sure=True) if column.place in fields else column
            for column in self.columns
        ]
        return replace(self, columns=tuple(chosen))

    def places(self, field: Field) -> list[int]:
        """The columns that mean `field`, the plainest first."""
        return [column.place for column in self.columns if column.field is field]

    def rows(self, lines: Iterable[str]) -> Iterator[Row]:
        """The rows of the whole file's `lines`, without empty ones, repeated titles, totals and footers."""
        found = records(lines, self.delimiter, self.width)
        yield from self._above_footer(record for record in found if record.line >= self.first_line)

    def _above_footer(self, found: Iterable[Record]) -> Iterator[Row]:
        """What may be the table's end is held back until a row shows that it is not."""
        held: list[Row] = []
        after_gap = False
        first_title = self.titles[0] if self.titles else None
        for row in self._bare_rows(found):
            filled = [cell for cell in row.cells if cell]
            if not filled:
                after_gap = True
                continue
            if not filled[0][0].isalnum() and not any(map(str.isalnum, "".join(filled))):
                continue  # a line that was drawn
            if row.cells[0] == first_title and self._is_titles(row.cells):
                continue
            if _may_be_total(filled[0]) and _is_total(filled):
                continue
            if (
                len(filled) == 1
                and len(held) < _MOST_HELD
                and self._may_be_below(filled[0], after_gap or bool(held))
            ):
                held.append(row)
                continue
            if held:
                yield from held
                held = []
            yield row
            after_gap = False

    def _bare_rows(self, found: Iterable[Record]) -> Iterator[Row]:
        """The cells freed of what stands around them: all of some hundred rows are looked at at once."""
        source = iter(found)
        while batch := list(islice(source, _BATCH)):
            is_plain = are_plain([cell for record in batch for cell in record.cells])
            for record in batch:
                cells = record.cells if is_plain else [bare(cell) for cell in record.cells]
                if len(cells) < self.width:
                    cells = cells + [""] * (self.width - len(cells))
                yield Row(record.line, cells, record.cells, is_plain, record.is_broken)

    def _is_titles(self, cells: Sequence[str]) -> bool:
        """The titles again, as in files that were put together."""
        return tuple(" ".join(cell.split()) for cell in cells)[: self.width] == self.titles

    def _may_be_below(self, text: str, after_gap: bool) -> bool:
        """The only cell of a row in a table of several columns, below a gap or with a footer's words."""
        if self.width < 3 or shape.is_address(text):
            return False
        return after_gap or _is_footer(text)


def table_of(lines: Sequence[str], delimiter: str = "") -> Table:
    """The table that begins with `lines`, which keep their line ends; cut at `delimiter` where it is told."""
    separator = separator_of(lines)
    if delimiter:
        separator = replace(separator, delimiter=delimiter)
    start = 1 if separator.has_hint else 0
    found = records(lines[start:], separator.delimiter)
    rows = [record._replace(line=record.line + start) for record in islice(found, SAMPLE)]
    rows = [record for record in rows if not record.is_empty]
    header = header_of(rows)
    width = width_of(rows) if header is None else _width_below(rows[header], rows[header + 1 :])
    titles = None if header is None else _titles(rows[header], width)
    bare_table = Table(
        delimiter=separator.delimiter,
        first_line=_first_line(rows, header),
        titles=titles,
        width=width,
        columns=(),
        signature=signature_of(titles, width),
        sample=(),
    )
    return _with_sample(bare_table, lines)


def _first_line(rows: Sequence[Record], header: int | None) -> int:
    if header is not None:
        return rows[header].line + 1
    return rows[0].line if rows else 1


def _width_below(titles: Record, rows: Sequence[Record]) -> int:
    """As many columns as there are titles; more where most rows have more."""
    below = width_of(rows)
    wide = sum(len(row.cells) == below for row in rows)
    return max(len(titles.cells), below if wide >= max(2.0, _MOSTLY * len(rows)) else 0)


def _titles(row: Record, width: int) -> tuple[str, ...]:
    given = [" ".join(bare(cell).split()) for cell in row.cells]
    return tuple((given + [""] * width)[:width])


def _with_sample(table: Table, lines: Sequence[str]) -> Table:
    rows = tuple(islice(table.rows(lines), SAMPLE))
    values = [row.cells for row in rows]
    return replace(table, sample=rows, columns=columns_of(table.titles, values, table.width))


def _may_be_total(text: str) -> bool:
    """A quick look at the first word: nearly all rows begin with something else."""
    return text[0].isalpha() and fold(text[:30].split(maxsplit=1)[0]) in _first_words()


@functools.cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0] for word in shipped().below["total"])


def _is_total(filled: Sequence[str]) -> bool:
    """A word for a sum, and nobody's address or number."""
    below = shipped().below["total"]
    head = fold(filled[0][:60])
    if head not in below and " ".join(w for w in head.split() if not w.isdigit()) not in below:
        return False
    return not any(shape.is_address(cell) or _is_reachable(cell) for cell in filled)


def _is_reachable(cell: str) -> bool:
    return len(cell) >= 7 and shape.is_number_like(cell) and not shape.is_plain_number(cell)


def _is_footer(text: str) -> bool:
    words = fold(text[:120]).split()
    starts = {" ".join(words[:size]) for size in range(1, _FOOTER_WORDS + 1)}
    if text[:1] == "©" or starts & shipped().below["footer"]:
        return len(words) > 1
    return len(words) == 2 and words[0].isdigit() and words[1] in shipped().below["footer"]
