"""The words of an import: what a column means, what was seen in a file, what came of its rows."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from leaddesk.words.lead import Outcome


class Field(enum.StrEnum):
    """What a column of a table means for a lead."""

    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    MESSAGE = "message"
    NOTE = "note"
    """Words about them, not by them. Where nothing else holds a message, it is shown as one."""
    RECEIVED_AT = "received_at"
    SOURCE = "source"
    OWNER = "owner"
    STATUS = "status"
    ANSWER = "answer"
    """Kept as a labelled field."""
    SKIP = "skip"


class FileKind(enum.StrEnum):
    """What kind of file people are imported from."""

    CSV = "csv"
    VCARD = "vcard"


class Flag(enum.StrEnum):
    """Something about a file that a person should look at."""

    PHONE = "phone"
    """Numbers that a spreadsheet has spoiled: rounded, or without their first zero or plus."""
    FORMULA = "formula"
    """Cells that a spreadsheet would run. They are kept as text."""
    RAGGED = "ragged"
    """Rows with more cells than there are columns."""
    QUOTES = "quotes"
    """A quotation mark that never ends."""
    ENCODING = "encoding"
    """Signs that could not be read."""
    CUT = "cut"
    """Cells that are too long to be kept whole."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place from 0 on, its title (made up where there is none), what it means."""

    place: int
    title: str
    field: Field
    sure: bool = True
    """False where the shape of the values decided, not the title."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a file is written, where a person says so: the codec's name and the separator; empty is guessed."""

    encoding: str = ""
    delimiter: str = ""


GUESSED = Written()
ENCODINGS = ("utf-8", "cp1252", "utf-16", "mac-roman", "cp850", "cp1250", "cp1251", "cp932", "gb18030")
"""What a person may choose from; `leaddesk import` takes any that Python knows."""
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Warned:
    """How often something that needs a look was seen, and on which line first."""

    flag: Flag
    count: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file seems to be, from its beginning: shown before anything is read in."""

    file: str
    kind: FileKind
    encoding: str
    delimiter: str | None
    """None for cards, and for a table of one column."""
    has_header: bool
    columns: tuple[Column, ...]
    signature: str
    """The same for files with the same titles: a mapping is remembered by it."""
    remembered: bool
    """True when the mapping is one that a person chose before for such a file."""
    sample: tuple[Mapping[str, str], ...]
    """The first rows as values by field."""
    cells: tuple[tuple[str, ...], ...]
    """The first rows as they stand."""
    warnings: tuple[Warned, ...]
    guess: Written = GUESSED
    """How the file seems to be written, whatever was said of it."""

    @property
    def titles(self) -> dict[str, str]:
        """The title of the first column of each field. Notes are the message where there is no other."""
        told: dict[str, str] = {}
        for column in self.columns:
            if column.field not in (Field.ANSWER, Field.SKIP):
                told.setdefault(column.field.value, column.title)
        if Field.NOTE in told:
            told.setdefault(Field.MESSAGE.value, told.pop(Field.NOTE))
        return told


class Fate(enum.StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    """Has an address or number of a lead: only gaps are filled."""
    DOUBTFUL = "doubtful"
    """A near name at the same company: left out unless it is asked for."""
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was left out: its line in the file (its number among the cards), and why."""

    line: int
    fate: Fate
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or would do. `id` is None for a dry run and for a file that held nobody new."""

    id: int | None
    look: Look
    rows: int
    first: Mapping[str, str | None] | None
    """The first row as it is written, by field; None in a file without rows."""
    last: Mapping[str, str | None] | None
    warnings: tuple[Warned, ...]
    new: int
    waiting: int
    """Of the new ones, those that stand in the queue."""
    known: int
    doubtful: int
    unusable: int
    problems: tuple[RowProblem, ...]
    """The first thousand."""


class Contact(NamedTuple):
    """Who one row or card tells of. A light value: a file may tell of a hundred thousand."""

    line: int
    name: str = ""
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    keys: tuple[tuple[str, str, str], ...] = ()
    """(kind, value, key) of every way to reach them."""
    message: str = ""
    asks: bool = False
    """The message is theirs, not a note about them."""
    fields: Mapping[str, str] = MappingProxyType({})
    received_at: datetime | None = None
    has_time: bool = False
    """False where the file told only a day."""
    source: str = ""
    status: str = ""
    unusable: str = ""
    """Why nothing can be made of it; empty where something can."""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """How an imported enquiry that is no business of today's is put down."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import as it is kept."""

    id: int
    file: str
    at: datetime
    by: str
    new: int
    known: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """What taking an import back came to. `kept` are leads that were worked with since."""

    file: str
    removed: int
    kept: int
    emptied: int
    """Known leads whose filled gaps are open again."""
