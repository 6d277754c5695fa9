"""What a file of people holds, as a table or as cards: shown from its beginning, told one by one."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import islice
from typing import BinaryIO

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.imports import vcard, vcard_lines
from leaddesk.rules.imports.cards import CardContacts, emails_of, phones_of
from leaddesk.rules.imports.contacts import Contacts
from leaddesk.rules.imports.regions import regions_of
from leaddesk.rules.imports.table import Row, Table
from leaddesk.rules.imports.titles import shipped
from leaddesk.words.countries import NOWHERE, Country
from leaddesk.words.imports import Column, Contact, Field, FileKind, Flag, Look, Warned

SHOWN = 10
"""Rows that a page shows."""
_CHUNK = 256 * 1024
_LOOKED_AT = 200
_WIDE = ("utf-16", "utf-32")


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


@dataclass(frozen=True, slots=True)
class Firm:
    """What tells the country of numbers that name none: our own mail domains, and where we are."""

    domains: tuple[str, ...] = ()
    country: Country = NOWHERE


class Rows:
    """What a table gives."""

    def __init__(self, table: Table, is_remembered: bool, zone: tzinfo, firm: Firm) -> None:
        self._table = table
        self._is_remembered = is_remembered
        self._contacts = Contacts(table, _regions_of(table, firm), zone)

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


class Cards:
    """What cards give."""

    def __init__(self, encoding: str, lines: Callable[[], Iterator[bytes]], firm: Firm) -> None:
        self._sample = list(islice(vcard.cards(lines(), _of_bytes(encoding)), _LOOKED_AT))
        self._contacts = CardContacts(
            regions_of(
                (),
                [email for card in self._sample for email in emails_of(card)],
                [phone for card in self._sample for phone in phones_of(card)],
                (),
                firm.domains,
                firm.country,
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
        for card in vcard.cards(byte_lines(file, encoding), _of_bytes(encoding)):
            told = self._contacts.values(card)
            tally.first = tally.first or told
            tally.last = told
            yield self._contacts.contact(card)


_CARD_COLUMNS = tuple(
    Column(place, field.value, field)
    for place, field in enumerate((Field.NAME, Field.COMPANY, Field.EMAIL, Field.PHONE))
)


def _regions_of(table: Table, firm: Firm) -> Regions:
    def values(field: Field) -> Iterable[str]:
        places = table.places(field)
        return [r.cells[p] for r in table.sample for p in places]

    countries = [
        row.cells[place]
        for place, title in enumerate(table.titles or ())
        if shipped().is_country(title)
        for row in table.sample
    ]
    emails, phones = values(Field.EMAIL), values(Field.PHONE)
    return regions_of(table.titles or (), emails, phones, countries, firm.domains, firm.country)


def _told(values: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_CHUNK), b"")


def _of_bytes(encoding: str) -> str:
    """The encoding of what `_byte_lines` gives."""
    return "utf-8" if encoding.startswith(_WIDE) else encoding


def byte_lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The lines of a file of cards: as they stand, or, where a sign takes several bytes each, as UTF-8."""
    if not encoding.startswith(_WIDE):
        return vcard_lines.lines_in(chunks_of(file))
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return vcard_lines.lines_in(decoder.decode(chunk).encode("utf-8", "replace") for chunk in chunks_of(file))
