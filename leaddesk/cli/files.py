"""Files that are given to a command: one by one, a folder for the files in it, - for standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leaddesk.words.errors import Refused

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is still read; what a mail may hold beyond the reader's own limit is not looked at."""
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Given:
    """One input, by the name it was given with."""

    name: str
    path: Path | None
    """None for standard input."""

    def read(self) -> bytes:
        """Its bytes. Raises Refused with a sentence when it cannot be read."""
        if self.path is None:
            return _bounded(sys.stdin.buffer, "Standard input")
        try:
            with self.path.open("rb") as file:
                return _bounded(file, self.name)
        except OSError as error:
            raise Refused(f"{self.name} cannot be read: {_reason(error)}.") from error


def given(words: Iterable[str]) -> Iterator[Given]:
    """The inputs in order; a folder stands for the files in it, by name."""
    for word in words:
        path = Path(word)
        if word == STANDARD_INPUT:
            yield Given(word, None)
        elif path.is_dir():
            yield from (Given(str(file), file) for file in _inside(path))
        else:
            yield Given(word, path)


def text_of(word: str) -> str:
    """The text of a file in UTF-8, its line ends as \\n. Raises Refused when it is none."""
    one = Given(word, None if word == STANDARD_INPUT else Path(word))
    try:
        text = one.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{word} is not a text in UTF-8.", "Save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _inside(folder: Path) -> list[Path]:
    """Without hidden files: systems put their own there. A folder that cannot be read fails as a file."""
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    except OSError:
        return [folder]


def _bounded(file: BinaryIO, name: str) -> bytes:
    raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST // 2**20} MB.")
    return raw


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
