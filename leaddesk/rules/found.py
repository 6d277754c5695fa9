"""Where in what was said a search found its words: one line of it, as it was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from leaddesk.rules.find import LONGEST, NUMBER, folded, phone_forms

_LINE = 90
_NUMBER = 3
"""Digits from which on something is a number, in any spacing."""
_BEFORE = 20
"""Characters of what stands before it that are shown at most."""


def line_with(pieces: Iterable[str], wanted: Sequence[str]) -> str | None:
    """A line that starts near the first of `wanted` (as `rules.find.needles` makes them) in the first piece
    that holds one; None where none does.

    >>> line_with(["Hello.", "Board the\\nLOFT, please"], ["loft"])
    'Board the LOFT, please'
    """
    for piece in pieces:
        text = unicodedata.normalize("NFC", piece[:LONGEST])
        starts = [at for needle in wanted if (at := _found_at(text, needle)) is not None]
        if starts:
            return _line(text, min(starts))
    return None


def marks(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where each of `wanted` stands in `text`, in order and never one within another.

    >>> marks("Loft on +44 7700 900-123", ["loft", "900123"])
    [(0, 4), (17, 24)]
    """
    found = sorted(spot for needle in wanted for spot in _spots(text, needle))
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _found_at(text: str, needle: str) -> int | None:
    spot = next(_spots(text, needle), None)
    if spot is not None:
        return spot[0]
    return _dialled_at(text, needle) if _is_number(needle) else None


def _dialled_at(text: str, needle: str) -> int | None:
    """Where a number stands that is found in another form, as 07700… for +44 7700…."""
    for number in NUMBER.finditer(text):
        start = number.start() - (text[: number.start()].endswith("+"))
        if any(needle in form for form in phone_forms(text[start : number.end()])):
            return start
    return None


def _is_number(needle: str) -> bool:
    return len(needle) >= _NUMBER and needle.isascii() and needle.isdecimal()


def _spots(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """Where the needle stands letter by letter, or digit by digit whatever is between them."""
    if _is_number(needle):
        yield from _digit_spots(text, needle)
        return
    low, places = _low(text)
    at = low.find(needle)
    while needle and at >= 0:
        yield places[at], places[at + len(needle) - 1] + 1
        at = low.find(needle, at + len(needle))


def _digit_spots(text: str, needle: str) -> Iterator[tuple[int, int]]:
    for number in NUMBER.finditer(text):
        places = [at for at in range(number.start(), number.end()) if text[at].isdigit()]
        at = "".join(text[place] for place in places).find(needle)
        if at >= 0:
            yield places[at], places[at + len(needle) - 1] + 1


def _low(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is searched, and for each letter of that from which one of `text` it comes."""
    if text.isascii():
        return text.lower(), range(len(text))
    parts = [folded(letter) for letter in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


def _line(text: str, at: int) -> str:
    start = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
    line = " ".join(text[start : start + _LINE * 2].split())[:_LINE]
    return ("… " if start else "") + line
