"""What a command prints: JSON Lines for programs, aligned words for people; failures in one sentence.

Answers go to standard output, everything else to standard error.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import PurePath
from typing import Any, TextIO

from leaddesk.cli.people import clipped, padded, width_of
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import LeadDeskError

Record = Mapping[str, Any]
_GONE = (errno.EPIPE, errno.EINVAL)
"""How systems say that nobody reads any more; Windows says the second."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table for people; `cell` makes its text of a record."""

    title: str
    cell: Callable[[Record], str]
    widest: int = 40


class Output:
    """Where one call's answers go."""

    def __init__(self, *, as_json: bool, zone: tzinfo) -> None:
        self.as_json = as_json
        self._zone = zone
        for stream in (sys.stdout, sys.stderr):
            _prepare(stream, as_json)

    # -- answers

    def record(self, record: Record, words: str = "") -> None:
        """One answer: an object of its own line, or its words for people (nothing when they are empty)."""
        if self.as_json:
            self._write(self._line_of(record))
        elif words:
            self._write(words)

    def table(self, records: Iterable[Record], columns: Sequence[Column], empty: str) -> None:
        """Several answers of one kind; `empty` is what people read when there are none."""
        if self.as_json:
            for record in records:
                self._write(self._line_of(record))
            return
        lines = _aligned(list(records), columns)
        self._write("\n".join(lines) if len(lines) > 1 else empty)

    def flush(self) -> None:
        """Raises BrokenPipeError when nobody reads any more."""
        with _Piped():
            sys.stdout.flush()

    def hush(self) -> None:
        """Nobody reads any more: what is left to say goes nowhere."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)

    # -- beside them

    def note(self, sentence: str) -> None:
        """Progress and advice, for people only."""
        if not self.as_json:
            _say(sentence)

    def warn(self, sentence: str) -> None:
        """Something that must not be overlooked, whoever reads."""
        _say(sentence)

    def failed(self, failure: LeadDeskError) -> None:
        """What went wrong; people are also told what to do."""
        _say(failure.sentence if self.as_json else failure.whole)

    def _line_of(self, record: Record) -> str:
        return json.dumps(record, ensure_ascii=False, default=self._plain)

    def _plain(self, value: object) -> object:
        match value:
            case datetime():
                return value.astimezone(self._zone).isoformat()
            case date():
                return value.isoformat()
            case timedelta():
                return seconds(value)
            case Mapping():
                return dict(value)
            case PurePath():
                return str(value)
        raise TypeError(f"{type(value).__name__} has no form in JSON")

    def _write(self, text: str) -> None:
        with _Piped():
            sys.stdout.write(text + "\n")


def seconds(span: timedelta) -> float | int:
    """A span as a number, without a fraction where there is none."""
    exact = round(span.total_seconds(), 3)
    return int(exact) if exact == int(exact) else exact


class _Piped:
    """Makes every system's word for a closed pipe the same error."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and error.errno in _GONE:
            raise BrokenPipeError from error


def _prepare(stream: TextIO, as_json: bool) -> None:
    """JSON is UTF-8 everywhere; people keep their terminal's encoding, and no sign of theirs stops us."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if as_json and stream is sys.stdout:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    else:
        reconfigure(errors="replace")


def _say(sentence: str) -> None:
    """On one line; a standard error that is closed is no reason to fail."""
    if sys.stderr is None:
        return
    with suppress(OSError):
        sys.stderr.write(one_line(sentence, 2000) + "\n")
        sys.stderr.flush()


def _aligned(records: Sequence[Record], columns: Sequence[Column]) -> list[str]:
    """The lines of a table, its titles first."""
    rows = [[column.title for column in columns]]
    rows += [[clipped(one_line(c.cell(record), 500), c.widest) for c in columns] for record in records]
    widths = [max(map(width_of, cells)) for cells in zip(*rows, strict=True)]
    return ["  ".join(map(padded, row, widths)).rstrip() for row in rows]
