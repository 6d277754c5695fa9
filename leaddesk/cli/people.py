"""Values as people read them on a terminal: spans, moments, and words that line up."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta, tzinfo

from leaddesk.rules.when import clock_words


def span_words(span: timedelta | None) -> str:
    """A span as it is read at a glance.

    >>> [span_words(timedelta(seconds=s)) for s in (9, 134, 11100, 200000)]
    ['0:09 min', '2:14 min', '3:05 h', '2 d 7 h']
    """
    if span is None:
        return "-"
    seconds = int(span.total_seconds())
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02d} min"
    if seconds < 24 * 3600:
        return f"{seconds // 3600}:{seconds % 3600 // 60:02d} h"
    return f"{seconds // 86400} d {seconds % 86400 // 3600} h"


def moment_words(at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """A moment as it is said today; a dash where there is none."""
    return "-" if at is None else clock_words(at, now, zone)


def counted(number: int, what: str) -> str:
    """How many of what.

    >>> counted(1, "lead"), counted(1200, "lead"), counted(0, "enquiry")
    ('1 lead', '1,200 leads', '0 enquiries')
    """
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number:,} {what if number == 1 else many}"


def width_of(text: str) -> int:
    """Columns that the text takes on a terminal: wide letters take two, marks none."""
    return sum(_columns(letter) for letter in text)


def clipped(text: str, widest: int) -> str:
    """The text in at most so many columns, with an ellipsis where something was cut."""
    if width_of(text) <= widest:
        return text
    kept, used = [], 0
    for letter in text:
        used += _columns(letter)
        if used > widest - 1:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """The text with blanks up to `width` columns."""
    return text + " " * max(0, width - width_of(text))


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
