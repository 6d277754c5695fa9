"""A file of people, opened: what it seems to be, and whom it tells of, one by one, however long it is."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import BinaryIO

from leaddesk.desk.import_content import Cards, Firm, Rows, Tally, byte_lines, chunks_of
from leaddesk.rules.imports import vcard, vcard_lines
from leaddesk.rules.imports.encoding import Sampled, encoding_of, sampled
from leaddesk.rules.imports.separator import separator_of
from leaddesk.rules.imports.table import Table, table_of
from leaddesk.words.countries import NOWHERE, Country
from leaddesk.words.errors import Refused
from leaddesk.words.imports import GUESSED, Contact, Field, Written

LARGEST = 512 * 1024 * 1024
"""Bytes of a file that is still read."""
_SAVE = "Save it as CSV (UTF-8) in the program it comes from."
_WANTED = "A table or cards are needed: CSV or vCard."
_NO_TABLES = (
    (b"PK\x03\x04", "an Excel workbook or another packed file", _SAVE),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", _SAVE),
    (b"%PDF", "a PDF", _WANTED),
    (b"\x1f\x8b", "a packed file", "Unpack it first."),
    (b"{", "JSON", _WANTED),
    (b"[{", "JSON", _WANTED),
    (b"<", "a page or XML", _WANTED),
)  # fmt: skip
Remembered = Callable[[str], Mapping[int, Field] | None]
"""The fields that a person chose before for files with this signature, by their column."""


class ImportFile:
    """One file. Opening it reads it once, for its encoding and its beginning."""

    def __init__(
        self,
        path: Path,
        zone: tzinfo,
        own_domains: Sequence[str] = (),
        remembered: Remembered = lambda signature: None,
        mapping: Mapping[int, Field] | None = None,
        written: Written = GUESSED,
        country: Country = NOWHERE,
    ) -> None:
        """Raises Refused with a sentence where it cannot be read or holds no people."""
        self._path = path
        self._zone = zone
        self._firm = Firm(tuple(own_domains), country)
        try:
            self._read(remembered, mapping, written)
        except UnicodeError as error:
            if not written.encoding:  # what is guessed was tried: this is ours
                raise
            raise Refused(
                f"{path} is not written in {written.encoding}.", "Choose another encoding."
            ) from error

    def _read(self, remembered: Remembered, mapping: Mapping[int, Field] | None, written: Written) -> None:
        seen = self._sampled()
        self._check(seen)
        self.size = seen.size
        guess = self._encoding = encoding_of(seen)
        if vcard.holds_cards(seen.head):
            guess = self._encoding = self._encoding_of_cards(self._encoding)
            self._encoding = _with_mark(written.encoding, guess)
            self._content: Cards | Rows = Cards(self._encoding, self._lines_of_bytes, self._firm)
            delimiter = ""
        else:
            self._encoding = _with_mark(written.encoding, guess)
            beginning = self._beginning(seen.head)
            delimiter = separator_of(beginning).delimiter or ""
            self._content = self._rows(beginning, remembered, mapping, written)
        look = self._content.look(self._path.name, self._encoding)
        self.look = replace(look, guess=Written(guess, delimiter))

    def _rows(
        self,
        beginning: Sequence[str],
        remembered: Remembered,
        mapping: Mapping[int, Field] | None,
        written: Written,
    ) -> Rows:
        table = table_of(beginning, written.delimiter)
        if not written.delimiter:  # who says how it is cut wants to see it, whatever it looks like
            _refuse_prose(self._path, table)
        chosen = mapping if mapping is not None else remembered(table.signature)
        is_remembered = mapping is None and chosen is not None
        return Rows(table.with_fields(chosen or {}), is_remembered, self._zone, self._firm)

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
                return sampled(chunks_of(file))
            except OSError as error:
                raise Refused(f"{self._path} cannot be read: {(error.strerror or '').lower()}.") from error

    def _check(self, seen: Sampled) -> None:
        if not seen.head.strip():
            raise Refused(f"{self._path} is empty.")
        if seen.size > LARGEST:
            raise Refused(f"{self._path} is larger than {LARGEST // 2**20} MB.", "Split it.")
        for mark, what, mend in _NO_TABLES:
            if seen.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark):
                raise Refused(f"{self._path} is {what}.", mend)

    def _encoding_of_cards(self, encoding: str) -> str:
        """Lines may be folded inside a sign: it takes whole ones to tell the encoding."""
        if encoding.startswith("utf-"):
            return encoding
        return encoding_of(sampled(line + b"\n" for line in vcard_lines.unfolded(self._lines_of_bytes())))

    def _beginning(self, head: bytes) -> list[str]:
        """The first lines as text, without one that is cut off."""
        text = io.TextIOWrapper(io.BytesIO(head), self._encoding, errors="replace", newline="")
        lines = list(text)
        return lines[:-1] if self.size > len(head) and len(lines) > 1 else lines

    def _lines_of_bytes(self) -> Iterator[bytes]:
        with self._open() as file:
            yield from byte_lines(file, self._encoding)


def _with_mark(told: str, guess: str) -> str:
    """The encoding that is told, or guessed. The mark at a file's front is part of it, not of a title.

    UTF-16 is told by people whichever byte comes first; a file without the mark shows it.
    """
    is_same = guess == f"{told}-sig" or (told == "utf-16" and guess.startswith("utf-16-"))
    return guess if not told or is_same else told


def _refuse_prose(path: Path, table: Table) -> None:
    """A text is no table of people when nothing in it can be somebody."""
    telling = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE, Field.COMPANY}
    if table.titles is None and not telling & {column.field for column in table.columns}:
        raise Refused(f"{path} shows no names, addresses or numbers in columns.", _WANTED)
