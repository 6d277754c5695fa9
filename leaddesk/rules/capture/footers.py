"""Rows of a form's notice that are the form's own: footers, buttons, what stands under a rule."""

from __future__ import annotations

import re

from leaddesk.rules.capture.html_text import LINK
from leaddesk.rules.capture.sheet import OWN_ROW
from leaddesk.rules.capture.vocabulary import Phrases, fold_text

_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_IP = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


def is_footer(text: str, footer: Phrases) -> bool:
    """The row begins as the last words of forms do, or is a date with a visitor's address in the net."""
    if len(text) < 400 and footer.opens(text):
        return True
    return len(text) < 120 and bool(_IP.search(text)) and bool(_DAY.search(text))


def holds_footer(text: str, footer: Phrases) -> bool:
    """Behind the last cell of a table a footer may also hide in the middle of a sentence."""
    return len(text) <= 200 and footer.found_in(fold_text(text)) is not None


def is_link_alone(row: str, text: str) -> bool:
    """A row that is nothing but a link with words; `text` is the row without its marks."""
    return row.lstrip().startswith(LINK) and "@" not in text and "://" not in text and len(text) <= 60


def own_end(rows: list[str], footer: Phrases) -> int:
    """Where a message ends: before a ruled line under which only the form's own words stand."""
    for place in range(len(rows) - 1, 0, -1):
        if rows[place].startswith(OWN_ROW):
            behind = [row for row in rows[place + 1 :] if row.strip()]
            own = any(is_footer(row, footer) or _IP.search(row) for row in behind)
            return place if own and len(behind) <= 4 else len(rows)
    return len(rows)
