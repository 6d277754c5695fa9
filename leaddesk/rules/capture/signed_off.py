"""The visitor's own name under a form's message: behind it only the service speaks."""

from __future__ import annotations

from leaddesk.rules.capture.phones import is_phone
from leaddesk.rules.capture.speakers import speaks_alone
from leaddesk.rules.capture.vocabulary import Vocabulary, fold

_LONGEST = 60
"""Characters of a row with which somebody signs."""
_CARD_ROWS = 6
"""Rows of what may be a signature: a number, an address, a street."""


def without_what_follows(rows: list[str], name: str | None, vocabulary: Vocabulary) -> list[str]:
    """The rows up to the end of the paragraph in which the visitor signs.

    All rows where nobody signs, or where somebody still speaks or gives a number behind it.
    """
    known = set(fold(name or "").split())
    signed = next(
        (place for place in range(1, len(rows)) if known and _signs(rows, place, known, vocabulary)), None
    )
    if signed is None:
        return rows
    end = _end_of_paragraph(rows, signed)
    if _is_card(rows[end : _end_of_paragraph(rows, end + 1)]):
        end = _end_of_paragraph(rows, end + 1)
    return rows[:end] if _is_others("\n".join(rows[end:]), vocabulary) else rows


def _end_of_paragraph(rows: list[str], start: int) -> int:
    return next((place for place in range(start, len(rows)) if not rows[place].strip()), len(rows))


def _is_card(rows: list[str]) -> bool:
    """A few rows with a number or an address: the visitor's signature."""
    text = "\n".join(rows)
    return len(rows) <= _CARD_ROWS and ("@" in text or any(map(is_phone, rows)))


def _signs(rows: list[str], place: int, known: set[str], vocabulary: Vocabulary) -> bool:
    """The name alone, or behind a farewell; above it somebody has said something."""
    row = rows[place].strip()
    words = fold(row).split() if len(row) <= _LONGEST and row[-1:] not in "?:" else []
    if not words or words[-1] not in known | {"x", "xx"} or not known & set(words[-4:]):
        return False
    if not set(words) <= known:
        return vocabulary.text["closing"].opens(row)
    above = next((each.strip() for each in reversed(rows[:place]) if each.strip()), "")
    return vocabulary.text["closing"].opens(above) or len(" ".join(rows[:place]).split()) >= 6


def _is_others(text: str, vocabulary: Vocabulary) -> bool:
    """Nobody says "I" in it, and it is no postscript."""
    return not (speaks_alone(text, vocabulary) or fold(text.strip()[:4]).startswith(("ps", "p s")))
