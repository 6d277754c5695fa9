"""The records of a table, one by one: cells that hold separators and line ends, and quotes that never end."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import NamedTuple

CELL_LIMIT = 200_000
"""Characters of a cell that are kept."""
MOST_CELLS = 1000
"""Cells of a record that are read: no list of people has more columns."""
_FIELD_LIMIT = 1_000_000
"""Characters after which a quotation mark that does not end is taken for a broken one."""
_ONE_COLUMN = "\x1f"
"""Separates nothing: no text holds it."""
_ROWS_IN_A_CELL = 3
"""Lines with as many separators as the table's own that one cell must have swallowed to be a broken one."""


class Record(NamedTuple):
    """One record: the number of its first line, and its cells as they stand."""

    line: int
    cells: list[str]
    is_broken: bool = False
    """A quotation mark on its line never ended, and was taken for a sign like any other."""

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def records(lines: Iterable[str], delimiter: str | None, width: int = 0) -> Iterator[Record]:
    """The records of `lines`, which keep their line ends. `width` is the table's own number of columns.

    A quotation mark that never ends, or that swallows whole rows of the table, does not take them along: its
    line is read again with the mark as a sign like any other.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    feed = _Feed(iter(lines))
    while True:
        reader = csv.reader(feed, delimiter=delimiter or _ONE_COLUMN, skipinitialspace=True)
        yield from _until_broken(reader, feed, delimiter, width)
        if feed.at_end:
            return
        line, text = feed.rewind()
        cells = text.rstrip("\r\n").split(delimiter or _ONE_COLUMN)
        yield Record(line, cells[:MOST_CELLS], is_broken=True)


class _Feed:
    """Hands out lines, and remembers those of the record that is being read, to hand them out again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self.taken: list[str] = []
        self.line = 0
        self.at_end = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self._again.pop() if self._again else next(self._lines, None)
        if text is None:
            self.at_end = True
            raise StopIteration
        self.taken.append(text)
        self.line += 1
        return text

    def start_record(self) -> None:
        self.taken = []

    def rewind(self) -> tuple[int, str]:
        """The first line of the record, with its number; the others are handed out again."""
        first, *others = self.taken
        self._again.extend(reversed(others))
        self.line -= len(others)
        self.taken = []
        self.at_end = False
        return self.line, first


def _until_broken(
    reader: Iterator[list[str]], feed: _Feed, delimiter: str | None, width: int
) -> Iterator[Record]:
    """Stops with the broken record's lines in the feed. Of empty lines in a row, the first stands for all."""
    after_empty = False
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            feed.at_end = False
            return
        if not cells and after_empty:
            feed.start_record()
            continue
        taken, after_empty = feed.taken, not cells
        if len(taken) > 1 and _is_broken(taken, cells, delimiter, width, at_end=feed.at_end):
            feed.at_end = False
            return
        yield Record(feed.line - len(taken) + 1, cells if len(cells) <= MOST_CELLS else cells[:MOST_CELLS])
        feed.start_record()


def _is_broken(
    taken: list[str], cells: list[str], delimiter: str | None, width: int, *, at_end: bool
) -> bool:
    """A record of several lines that holds rows of the table.

    At the end of the file one is enough: the mark did not end. Where the record has as many cells as it
    should, nearly all of its lines must be rows: messages have lines with a separator, too.
    """
    if delimiter is None or width < 2:
        return False
    rows = sum(line.count(delimiter) == width - 1 for line in taken[1:])
    if at_end:
        return rows >= 1
    return rows >= (_ROWS_IN_A_CELL if len(cells) != width else max(_ROWS_IN_A_CELL, 0.8 * len(taken)))
