"""The texts that sample leads are mixed from, as they stand in resources/samples."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from leaddesk.words.lead import Certainty, Source

T = TypeVar("T")

_DESK, _FIRST, _SOURCES = "desk", "first", "sources"
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "'": "", " ": ""}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, and as it stands in a mail address."""

    written: str
    ascii: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that people want."""

    trade: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A range of numbers that is reserved for fiction: its start, and how many digits may follow."""

    start: str
    digits: int


@dataclass(frozen=True, slots=True)
class Voice:
    """How people of one language are called and write."""

    language: str
    first: tuple[Name, ...]
    last: tuple[Name, ...]
    family_first: bool
    phones: tuple[Phone, ...]
    asks: tuple[Ask, ...]
    closings: tuple[str, ...]
    replies: tuple[str, ...]
    """Ours; {first} is their first name."""
    answers: tuple[str, ...]
    """Theirs, to our reply."""


@dataclass(frozen=True, slots=True)
class SampleTexts:
    """All of resources/samples. A wheel holds each choice as often as its share, to be picked evenly."""

    voices: tuple[Voice, ...]
    """A wheel."""
    sources: Mapping[str, Source]
    source_wheel: tuple[Source, ...]
    desk: Mapping[str, tuple[str, ...]]
    """What the firm's own people write down: people, voicemail, reached, won, lost ..."""
    first: tuple[Mapping[str, Any], ...]
    known: tuple[Mapping[str, Any], ...]


def read_texts(files: Mapping[str, str]) -> SampleTexts:
    """Texts by file name without ending: `desk`, `first`, `sources`, and one for each language.

    Raises KeyError, ValueError or tomllib.TOMLDecodeError when a shipped file is broken.
    """
    tables = {name: tomllib.loads(text) for name, text in files.items()}
    sources = {key: _source(row) for key, row in tables[_SOURCES].items()}
    languages = [tables[name] for name in sorted(tables) if name not in (_DESK, _FIRST, _SOURCES)]
    return SampleTexts(
        voices=_wheel((_voice(row), row["share"]) for row in languages),
        sources=MappingProxyType(sources),
        source_wheel=_wheel((sources[key], row["share"]) for key, row in tables[_SOURCES].items()),
        desk=MappingProxyType({key: tuple(words) for key, words in tables[_DESK].items()}),
        first=tuple(tables[_FIRST]["lead"]),
        known=tuple(tables[_FIRST]["known"]),
    )


def pick(choices: Sequence[T], chance: float) -> T:
    """The choice that a chance from 0 to below 1 falls on."""
    return choices[int(chance * len(choices))]


def ascii_name(written: str) -> str:
    """A name as it may stand before the @ of an address.

    >>> ascii_name("Zoë O'Hära")
    'zoeohaera'
    """
    plain = written.lower().translate(_LETTERS)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")


def _wheel(choices: Iterable[tuple[T, int]]) -> tuple[T, ...]:
    return tuple(choice for choice, share in choices for _ in range(share))


def _source(row: Mapping[str, Any]) -> Source:
    return Source(row["text"], Certainty(row["certainty"]), MappingProxyType(dict(row.get("evidence", {}))))


def _voice(row: Mapping[str, Any]) -> Voice:
    return Voice(
        language=row["language"],
        first=tuple(map(_name, row["first"])),
        last=tuple(map(_name, row["last"])),
        family_first=bool(row.get("family_first", False)),
        phones=tuple(Phone(text.rstrip("#"), text.count("#")) for text in row["phones"]),
        asks=tuple(Ask(ask["trade"], ask["subject"], ask["message"]) for ask in row["ask"]),
        closings=tuple(row["closings"]),
        replies=tuple(row["replies"]),
        answers=tuple(row["answers"]),
    )


def _name(text: str) -> Name:
    written, _, latin = text.partition("|")
    return Name(written, latin or ascii_name(written))
