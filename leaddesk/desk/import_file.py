"""A file of people, opened: what it seems to be, and whom it tells of, one by one, however long it is."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports import vcard
from leaddesk.rules.imports.cards import CardContacts, emails_of, phones_of
from leaddesk.rules.imports.contacts import Contacts
from leaddesk.rules.imports.encoding import Sampled, encoding_of, sampled
from leaddesk.rules.imports.regions import regions_of
from leaddesk.rules.imports.table import Row, Table, table_of
from leaddesk.rules.imports.titles import shipped
from leaddesk.words.errors import Refused
from leaddesk.words.imports import Column, Contact, Field, FileKind, Flag, Look, Warned

LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is still read."""
SHOWN = 10
"""Rows that a page shows."""
_CHUNK = 256 * 1024
_LOOKED_AT = 200
_WIDE = ("utf-16", "utf-32")
_SAVE = "Save it as CSV (UTF-8) in the program it comes from."
_WANTED = "A table or cards are needed: CSV or vCard."
_NO_TABLES = (
    (b"PK\x03\x04", "an Excel workbook or another packed file", _SAVE),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", _SAVE),
    (b"%PDF", "a PDF", _WANTED),
    (b"\x1f\x8b", "a packed file", "Unpack it first."),
)  # fmt: skip
Remembered = Callable[[str], Mapping[int, Field] | None]
"""The fields that a person chose before for files with this signature, by their column."""


@dataclass
class Tally:
    """What is counted while a file is read."""

    rows: int = 0
    first: Mapping[str, str | None] | None = None
    last: Mapping[str, str | None] | None = None
    _flags: dict[Flag, tuple[int, int]] = field(default_factory=dict)

    def take(self, contact: Contact) -> None:
        self.rows += 1
        for flag in contact.flags:
            count, line = self._flags.get(flag, (0, contact.line))
            self._flags[flag] = (count + 1, line)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        return tuple(Warned(flag, *self._flags[flag]) for flag in Flag if flag in self._flags)


class ImportFile:
    """One file. Opening it reads it once, for its encoding and its beginning."""

    def __init__(
        self,
        path: Path,
        zone: tzinfo,
        own_domains: Sequence[str] = (),
        remembered: Remembered = lambda signature: None,
        mapping: Mapping[int, Field] | None = None,
    ) -> None:
        """Raises Refused with a sentence where it cannot be read or holds no people."""
        self._path = path
        self._zone = zone
        seen = self._sampled()
        self._check(seen)
        self.size = seen.size
        self._encoding = encoding_of(seen)
        if vcard.holds_cards(seen.head):
            self._encoding = self._encoding_of_cards(self._encoding)
            self._content: _Cards | _Rows = _Cards(self._encoding, self._lines_of_bytes, own_domains)
        else:
            table = _refuse_prose(path, table_of(self._beginning(seen.head)))
            chosen = mapping if mapping is not None else remembered(table.signature)
            is_remembered = mapping is None and chosen is not None
            self._content = _Rows(table.with_fields(chosen or {}), is_remembered, zone, own_domains)
        self.look = self._content.look(path.name, self._encoding)

    def contacts(
        self, tally: Tally, on_bytes: Callable[[int], None] = lambda done: None
    ) -> Iterator[Contact]:
        """Everybody in the file, in order; `on_bytes` hears how far it has been read."""
        with self._open() as file:
            for contact in self._content.contacts(file, self._encoding, tally):
                tally.take(contact)
                if tally.rows % 100 == 0:
                    on_bytes(file.tell())
                yield contact
            on_bytes(self.size)

    # -- the file

    def _open(self) -> BinaryIO:
        try:
            return self._path.open("rb")
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise Refused(f"{self._path} cannot be read: {reason}.") from error

    def _sampled(self) -> Sampled:
        with self._open() as file:
            try:
                return sampled(_chunks(file))
            except OSError as error:
                raise Refused(f"{self._path} cannot be read: {(error.strerror or '').lower()}.") from error

    def _check(self, seen: Sampled) -> None:
        if not seen.head.strip():
            raise Refused(f"{self._path} is empty.")
        if seen.size > LARGEST:
            raise Refused(f"{self._path} is larger than {LARGEST // 2**20} MB.", "Split it.")
        for mark, what, mend in _NO_TABLES:
            if seen.head.startswith(mark):
                raise Refused(f"{self._path} is {what}.", mend)

    def _encoding_of_cards(self, encoding: str) -> str:
        """Lines may be folded inside a sign: it takes whole ones to tell the encoding."""
        if encoding.startswith(("utf-", *_WIDE)):
            return encoding
        return encoding_of(sampled(line + b"\n" for line in vcard.unfolded(self._lines_of_bytes())))

    def _beginning(self, head: bytes) -> list[str]:
        """The first lines as text, without one that is cut off."""
        text = io.TextIOWrapper(io.BytesIO(head), self._encoding, errors="replace", newline="")
        lines = list(text)
        return lines[:-1] if self.size > len(head) and len(lines) > 1 else lines

    def _lines_of_bytes(self) -> Iterator[bytes]:
        with self._open() as file:
            yield from _byte_lines(file, self._encoding)


class _Rows:
    """What a table gives."""

    def __init__(self, table: Table, is_remembered: bool, zone: tzinfo, own_domains: Sequence[str]) -> None:
        self._table = table
        self._is_remembered = is_remembered
        self._contacts = Contacts(table, _regions_of(table, own_domains), zone)

    def look(self, name: str, encoding: str) -> Look:
        shown = self._table.sample[:SHOWN]
        tally = Tally()
        for row in self._table.sample:
            tally.take(self._contacts.contact(row))
        return Look(
            file=name,
            kind=FileKind.CSV,
            encoding=encoding,
            delimiter=self._table.delimiter,
            has_header=self._table.titles is not None,
            columns=self._table.columns,
            signature=self._table.signature,
            remembered=self._is_remembered,
            sample=tuple(_told(self._contacts.values(row)) for row in shown),
            cells=tuple(tuple(row.cells) for row in shown),
            warnings=tally.warnings,
        )

    def contacts(self, file: BinaryIO, encoding: str, tally: Tally) -> Iterator[Contact]:
        lines = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        last: Row | None = None
        try:
            for row in self._table.rows(lines):
                if last is None:
                    tally.first = self._contacts.values(row)
                last = row
                yield self._contacts.contact(row)
            if last is not None:
                tally.last = self._contacts.values(last)
        finally:
            lines.detach()


class _Cards:
    """What cards give."""

    def __init__(
        self, encoding: str, lines: Callable[[], Iterator[bytes]], own_domains: Sequence[str]
    ) -> None:
        self._sample = list(islice(vcard.cards(lines(), _of_bytes(encoding)), _LOOKED_AT))
        self._contacts = CardContacts(
            regions_of(
                (),
                [email for card in self._sample for email in emails_of(card)],
                [phone for card in self._sample for phone in phones_of(card)],
                (),
                own_domains,
            )
        )

    def look(self, name: str, encoding: str) -> Look:
        tally = Tally()
        for card in self._sample:
            tally.take(self._contacts.contact(card))
        shown = [self._contacts.values(card) for card in self._sample[:SHOWN]]
        return Look(
            file=name,
            kind=FileKind.VCARD,
            encoding=encoding,
            delimiter=None,
            has_header=False,
            columns=_CARD_COLUMNS,
            signature=FileKind.VCARD.value,
            remembered=False,
            sample=tuple(map(_told, shown)),
            cells=tuple(tuple(values[c.field.value] or "" for c in _CARD_COLUMNS) for values in shown),
            warnings=tally.warnings,
        )

    def contacts(self, file: BinaryIO, encoding: str, tally: Tally) -> Iterator[Contact]:
        for card in vcard.cards(_byte_lines(file, encoding), _of_bytes(encoding)):
            told = self._contacts.values(card)
            tally.first = tally.first or told
            tally.last = told
            yield self._contacts.contact(card)


_CARD_COLUMNS = tuple(
    Column(place, field.value, field)
    for place, field in enumerate((Field.NAME, Field.COMPANY, Field.EMAIL, Field.PHONE))
)


def _regions_of(table: Table, own_domains: Sequence[str]) -> Regions:
    def values(field: Field) -> Iterable[str]:
        places = table.places(field)
        return [r.cells[p] for r in table.sample for p in places]

    countries = [
        row.cells[place]
        for place, title in enumerate(table.titles or ())
        if shipped().is_country(title)
        for row in table.sample
    ]
    return regions_of(table.titles or (), values(Field.EMAIL), values(Field.PHONE), countries, own_domains)


def _refuse_prose(path: Path, table: Table) -> Table:
    """A text is no table of people when nothing in it can be somebody."""
    telling = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE, Field.COMPANY}
    if table.titles is None and not telling & {column.field for column in table.columns}:
        raise Refused(f"{path} shows no names, addresses or numbers in columns.", _WANTED)
    return table


def _told(values: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_CHUNK), b"")


def _of_bytes(encoding: str) -> str:
    """The encoding of what `_byte_lines` gives."""
    return "utf-8" if encoding.startswith(_WIDE) else encoding


def _byte_lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The lines of a file of cards: as they stand, or, where a sign takes several bytes each, as UTF-8."""
    if not encoding.startswith(_WIDE):
        return vcard.lines_in(_chunks(file))
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    return vcard.lines_in(piece.encode("utf-8", "replace") for piece in iter(lambda: text.read(_CHUNK), ""))
