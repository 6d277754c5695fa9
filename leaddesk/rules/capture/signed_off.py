"""The visitor's own name under a form's message: behind it only the service speaks."""

from __future__ import annotations

from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

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
    end = next((place for place in range(signed, len(rows)) if not rows[place].strip()), len(rows))
    return rows[:end] if _is_others("\n".join(rows[end:]), vocabulary) else rows


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
    """Nobody says "I" in it, and it is no signature's number or address."""
    if vocabulary.text["self"].found_in(fold_text(text)) or fold(text[:4]).startswith(("ps", "p s")):
        return False
    is_card = len([row for row in text.split("\n") if row.strip()]) <= _CARD_ROWS
    return not (is_card and ("@" in text or sum(map(str.isdigit, text)) >= 7))
