"""Makes text from outside fit for a notification: one line, no tricks, not too long for any desktop."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from leaddesk.doors.notify.notice import Notice

TITLE_UNITS = 63
BODY_UNITS = 255
"""In UTF-16 units: Windows refuses more, and then shows nothing."""

_UNSEEN = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
"""Direction marks and signs without width; joiners stay, for scripts and emoji need them."""
_MUCH = 4096
"""More of a text than this is never looked at."""


def tidy(notice: Notice) -> Notice:
    """The notice as a desktop may show it. A title without a word becomes our name.

    >>> tidy(Notice("a\\nb", "x" * 300)).title
    'a b'
    """
    title = clip(one_line(notice.title), TITLE_UNITS)
    return replace(notice, title=title or "LeadDesk", body=clip(one_line(notice.body), BODY_UNITS))


def one_line(text: str) -> str:
    """The text without control characters and direction marks, each run of white space one space."""
    visible = "".join(_seen(sign) for sign in text[:_MUCH].translate(_UNSEEN))
    return re.sub(r"\s+", " ", visible).strip()


def _seen(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"  # half a character: no bus and no program takes it
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return sign


def clip(text: str, units: int) -> str:
    """At most so many UTF-16 units of the text, with an ellipsis where something was cut.

    >>> clip("Grüße aus Köln", 6)
    'Grüße…'
    """
    if _units(text) <= units:
        return text
    kept = text[: units - 1]
    while _units(kept) > units - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _units(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)
