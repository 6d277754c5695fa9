"""Headings of a form's notice: "Contact details", "Your message", a row that is underlined."""

from __future__ import annotations

import re

from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.vocabulary import Vocabulary, fold

RULE_ROW = re.compile(
    r"\s*[-_=*~\u2500\u2501\u2550\u2014\u2015\uff0d]{3,}\s*|\s*--\s*|\+(?:[-=]{2,80}\+){1,12}\s*"
)
_LABEL = re.compile(r"[^:\uff1a]{1,40}[:\uff1a](?!//)")


def is_section(text: str, vocabulary: Vocabulary) -> bool:
    """The row is nothing but a heading: "Contact details", "Buyer's contact details:"."""
    if len(text) > 60 or text[-1:] in "?.!,;":
        return False
    words = fold(text).split()
    known, whose = vocabulary.text["section"].words, vocabulary.text["party"].words
    ends = [end for end in range(len(words), 0, -1) if end == len(words) or " ".join(words[end:]) in whose]
    return 0 < len(words) <= 7 and any(
        " ".join(words[start:end]) in known for end in ends for start in range(min(3, end))
    )


def is_label_row(text: str) -> bool:
    """A row with a value behind a colon or a tab."""
    return "\t" in text.strip() or _LABEL.match(text.strip()) is not None


def is_underlined(rows: list[str], place: int) -> bool:
    """A short row over a ruled line."""
    if place + 1 >= len(rows) or not RULE_ROW.fullmatch(rows[place + 1]):
        return False
    text = bare(rows[place]).strip()
    return 0 < len(text.split()) <= 6 and text[-1] not in ".,!?;" and not _LABEL.match(text)


def is_over_labels(rows: list[str], place: int) -> bool:
    """Below the line under this heading a labelled row follows."""
    return is_label_row(next((row for row in map(bare, rows[place + 2 : place + 5]) if row.strip()), ""))
