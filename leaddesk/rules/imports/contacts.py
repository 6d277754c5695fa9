"""From a row to the person that it tells of: the name, ways to reach them, the rest as labelled fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, tzinfo
from operator import itemgetter
from typing import NamedTuple

from leaddesk.rules.capture.clean import LINE_LIMIT, lines_of, one_line
from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports.cells import emails_in, holds_formula, phones_in
from leaddesk.rules.imports.columns import made_up
from leaddesk.rules.imports.dates import Moment, Order, Reader, order_of
from leaddesk.rules.imports.numbers import Number, Numbers
from leaddesk.rules.imports.records import CELL_LIMIT
from leaddesk.rules.imports.table import Row, Table
from leaddesk.rules.imports.titles import words_of
from leaddesk.rules.person import email_key
from leaddesk.words.imports import Column, Contact, Field, Flag

_MOST_WAYS = 10
"""Addresses, and numbers, that one row may give."""
_MONTH_FIRST = frozenset({"US", "PH", "CA"})
_EASTERN = "\u3040"
"""From here on: kana, Chinese and Korean signs."""
_SHOWN = (Field.NAME, Field.EMAIL, Field.PHONE, Field.COMPANY)


class Ways(NamedTuple):
    """How somebody can be reached, and what is wrong with it."""

    emails: tuple[str, ...]
    phones: tuple[str, ...]
    keys: tuple[tuple[str, str, str], ...]
    """(kind, value, key) of each, every key once."""
    is_spoiled: bool


def ways_of(emails: Sequence[str], phones: Sequence[str], numbers: Numbers) -> Ways:
    """The ways that these cells give."""
    addresses = tuple([address for cell in emails for address in emails_in(cell)][:_MOST_WAYS])
    usual = numbers.usual(phones[0]) if len(phones) == 1 else None
    if usual is not None:
        read, is_spoiled = [usual], False
    else:
        read, is_spoiled = _numbers_of(phones, numbers) if phones else ([], False)
    keys: dict[str, tuple[str, str, str]] = {}
    for address in addresses:
        key = email_key(address)
        if key not in keys:
            keys[key] = ("email", address, key)
    for value, key, _ in read:
        if key not in keys:
            keys[key] = ("phone", value, key)
    return Ways(addresses, tuple([number[0] for number in read]), tuple(keys.values()), is_spoiled)


def _numbers_of(phones: Sequence[str], numbers: Numbers) -> tuple[list[Number], bool]:
    """The numbers, and whether one was spoiled, even past use."""
    written = [phone for cell in phones for phone in phones_in(cell)][:_MOST_WAYS]
    read = [number for phone in written if (number := numbers.read(phone)) is not None]
    return read, any(p.is_spoiled for p in written) or any(n.is_spoiled for n in read)


class Contacts:
    """Reads the rows of one table."""

    def __init__(self, table: Table, regions: Regions, zone: tzinfo) -> None:
        self._table = table
        self._at = {field: table.places(field) for field in Field}
        self._first = {field: _getter(places) for field, places in self._at.items()}
        """The first value that a field's columns give."""
        places = self._at[Field.PHONE]
        sample = [row.cells[place] for row in table.sample for place in places]
        self._numbers = Numbers(regions, sample)
        self._dates = _reader(table, regions, zone)
        self._labels = list(_labels(table.columns, with_notes=bool(self._at[Field.MESSAGE])))

    def contact(self, row: Row) -> Contact:
        """Who the row tells of; `unusable` says why where it is nobody."""
        cells, first = row.cells, self._first
        line, lines = (_same, _same) if row.is_plain else (_line, _lines)
        ways = ways_of(self._all(cells, Field.EMAIL), self._all(cells, Field.PHONE), self._numbers)
        name = line(self.name_in(cells) or self._name_beside_address(cells))
        company = line(first[Field.COMPANY](cells))
        theirs = first[Field.MESSAGE](cells)
        moment = self._moment(cells)
        return Contact(
            line=row.line,
            name=name,
            company=company,
            emails=ways.emails,
            phones=ways.phones,
            keys=ways.keys,
            message=lines(theirs or first[Field.NOTE](cells)),
            asks=theirs != "",
            fields=self._answers(cells, lines),
            received_at=moment.at if moment else None,
            has_time=moment is not None and moment.has_time,
            source=line(first[Field.SOURCE](cells)),
            status=line(first[Field.STATUS](cells)),
            unusable="" if name or company or ways.keys else self._why(cells, ways),
            flags=self._flags(row, ways),
        )

    def values(self, row: Row) -> dict[str, str | None]:
        """The row as its columns mean it, as it is written; None where it tells nothing."""
        cells = row.cells
        told: dict[str, str | None] = {field.value: None for field in _SHOWN}
        for field, places in self._at.items():
            if places and field not in (Field.ANSWER, Field.SKIP):
                told[field.value] = self._first[field](cells) or None
        told["email"] = next((a for c in self._all(cells, Field.EMAIL) for a in emails_in(c)), None)
        phones = [p.text for c in self._all(cells, Field.PHONE) for p in phones_in(c) if p.text]
        told["phone"] = phones[0] if phones else None
        told["name"] = self.name_in(cells) or self._name_beside_address(cells) or None
        note = told.pop(Field.NOTE.value, None)
        return told | ({"message": note} if note and not told.get("message") else {})

    def name_in(self, cells: Sequence[str]) -> str:
        """The whole name, or its parts together."""
        whole = self._first[Field.NAME](cells)
        if whole:
            return whole
        return joined(
            self._first[Field.FIRST_NAME](cells),
            self._first[Field.MIDDLE_NAME](cells),
            self._first[Field.LAST_NAME](cells),
        )

    def _name_beside_address(self, cells: Sequence[str]) -> str:
        """Who stands before the address in "Ann Lee <ann@lee.example>"."""
        name, bracket, _ = self._first[Field.EMAIL](cells).partition("<")
        return name.strip(" \"'") if bracket else ""

    # -- parts

    def _all(self, cells: Sequence[str], field: Field) -> list[str]:
        return [cells[place] for place in self._at[field] if cells[place]]

    def _moment(self, cells: Sequence[str]) -> Moment | None:
        text = self._first[Field.RECEIVED_AT](cells)
        return self._dates.read(text) if text else None

    def _answers(self, cells: Sequence[str], lines: Callable[[str], str]) -> dict[str, str]:
        """What no field of a lead takes: labelled, as it stands, also beyond the last title."""
        kept = {label: lines(cells[place]) for place, label in self._labels if cells[place]}
        for place in range(self._table.width, len(cells)):
            if cells[place]:
                kept[made_up(place)] = lines(cells[place])
        return kept

    def _why(self, cells: Sequence[str], ways: Ways) -> str:
        if ways.is_spoiled:
            return "A spreadsheet has rounded the number, and nothing else tells who it is."
        wrong = self._first[Field.EMAIL](cells)
        if wrong:
            return f"{one_line(wrong, 60)} is no mail address, and nothing else tells who it is."
        return "No name, no address and no number."

    def _flags(self, row: Row, ways: Ways) -> tuple[Flag, ...]:
        is_ragged = len(row.cells) > self._table.width and any(row.cells[self._table.width :])
        if row.is_plain and not (ways.is_spoiled or is_ragged or row.is_broken):
            return ()
        told = {
            Flag.PHONE: ways.is_spoiled,
            Flag.FORMULA: not row.is_plain and holds_formula(row.raw),
            Flag.RAGGED: is_ragged,
            Flag.QUOTES: row.is_broken,
            Flag.ENCODING: any("\ufffd" in cell for cell in row.raw),
            Flag.CUT: any(len(cell) > CELL_LIMIT for cell in row.raw),
        }
        return tuple(flag for flag, is_so in told.items() if is_so)


def _getter(places: Sequence[int]) -> Callable[[Sequence[str]], str]:
    """Nearly every field has one column or none."""
    if len(places) == 1:
        return itemgetter(places[0])
    return lambda cells: next((cells[place] for place in places if cells[place]), "")


def _same(text: str) -> str:
    """What is plain stays."""
    return text


def _line(text: str) -> str:
    """One safe line; most are already."""
    return text if len(text) <= LINE_LIMIT and "  " not in text and _is_safe(text) else one_line(text)


def _lines(text: str) -> str:
    """Safe lines; most are already."""
    return text if _is_safe(text) else lines_of(text)


def _is_safe(text: str) -> bool:
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def joined(first: str, middle: str, last: str) -> str:
    """A name of its parts; scripts that put the family first keep it there.

    >>> joined("Anna", "", "Beck"), joined("花子", "", "佐藤")
    ('Anna Beck', '佐藤 花子')
    """
    is_family_first = max(first[:1], last[:1]) >= _EASTERN
    parts = (last, middle, first) if is_family_first else (first, middle, last)
    if middle or first == last:
        return " ".join(dict.fromkeys([part for part in parts if part]))
    return f"{parts[0]} {parts[2]}" if first and last else first or last


def _labels(columns: Sequence[Column], *, with_notes: bool) -> Iterator[tuple[int, str]]:
    """The columns that are kept as labelled fields, each with a label of its own."""
    kept = {Field.ANSWER, Field.OWNER, Field.STATUS} | ({Field.NOTE} if with_notes else set())
    seen: dict[str, int] = {}
    for column in columns:
        if column.field in kept:
            label = one_line(column.title, LINE_LIMIT)
            seen[label] = seen.get(label, 0) + 1
            yield column.place, label if seen[label] == 1 else f"{label} ({seen[label]})"


def _reader(table: Table, regions: Regions, zone: tzinfo) -> Reader:
    """How the table's dates are read: day or month first, and where a time was written down."""
    places = table.places(Field.RECEIVED_AT)
    values = [row.cells[p] for row in table.sample for p in places]
    home = next(iter((*regions.told, *regions.spoken)), "")
    default = Order.MONTH_FIRST if home in _MONTH_FIRST else Order.DAY_FIRST
    titles = " ".join(words_of(table.columns[p].title) for p in places).split()
    return Reader(order_of(values, default), UTC if {"utc", "gmt"} & set(titles) else zone)
