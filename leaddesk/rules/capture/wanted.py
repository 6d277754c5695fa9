"""What a form's visitor wrote: the labelled message, the longest answer, or the words without a label."""

from __future__ import annotations

import itertools
import re

from leaddesk.rules.capture.sheet import INTRO, OWN_ROW, Sheet
from leaddesk.rules.capture.speakers import asker
from leaddesk.rules.capture.vocabulary import Vocabulary

_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab\u300c]([^\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]{1,5000})[\"\u201d\u00bb\u300d\u201c]"
)
_QUOTED_FIRST = re.compile(
    r"[\"\u201c\u201e\u00ab\u300c]\s{0,2}(\S.{8,5000}?)\s{0,2}[\"\u201d\u00bb\u300d\u201c]\n\s{0,9}\n",
    re.DOTALL,
)
_QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d' \u00a0"


def message_of(sheet: Sheet, vocabulary: Vocabulary) -> str:
    """The labelled message, else the longest answer that is a text, else what stands without a label."""
    told = max(sheet.values("message"), key=len, default="")
    if told:
        return unquoted(told)
    free = [pair.value for pair in sheet.pairs if pair.meaning is None and _is_text(pair.value, pair.label)]
    if free:
        return max(free, key=len)
    return _rest_message(sheet.rest, vocabulary)


def _is_text(value: str, label: str) -> bool:
    """A sentence or two; less of one will do where it answers a question."""
    length, words = (30, 6) if label.endswith("?") else (40, 7)
    return len(value) >= length and len(value.split()) >= words and "http" not in value[:60]


def _rest_message(rest: str, vocabulary: Vocabulary) -> str:
    quoted = max((match[1] for match in _QUOTED.finditer(rest)), key=len, default="")
    if len(quoted.split()) >= 4:
        return quoted.strip()
    framed = _framed(rest)
    if framed:
        return framed
    before, _, after = rest.rpartition(INTRO)
    if after.strip() and len(before) < 120:
        rest = after.strip()
    rows = [row for row in rest.split("\n") if not row.startswith(OWN_ROW)]
    if len(rows) > 1 and len(rows[0].split()) <= 8 and asker(rows[0], vocabulary):
        rows = rows[1:]  # "Ann Beck started a conversation"
    if len(rows) > 2 and vocabulary.text["greeting"].opens(rows[0]) and not rows[1].strip():
        follow = "\n".join(rows[1:]).strip()
        rows = (
            follow.split("\n")
            if len(follow) > 60 and not _asks(rows[0]) and _addresses_site(rows[0])
            else rows
        )
    return "\n".join(rows).strip()


def _framed(rest: str) -> str | None:
    """What stands between two equal ruled lines, under words of the service's that end in a colon."""
    rows = rest.split("\n")
    places = [place for place, row in enumerate(rows) if row.startswith(OWN_ROW) and len(row) > 4]
    for start, end in itertools.pairwise(places):
        above = next((row for row in reversed(rows[:start]) if row.strip()), "")
        inside = "\n".join(rows[start + 1 : end]).strip()
        announced = above.endswith((":", "\uff1a")) or above == INTRO
        if rows[start] == rows[end] and announced and len(inside.split()) >= 4:
            return inside
    return None


def _asks(row: str) -> bool:
    return len(row) > 60


def _addresses_site(row: str) -> bool:
    """A greeting that names somebody in capitals or by several words is the service's, not the visitor's."""
    return len(row.split()) >= 3 or row.isupper()


def unquoted(text: str) -> str:
    """Without quotation marks around all of it, or around its first part and what the form says behind."""
    bare = text.strip()
    match = _QUOTED_FIRST.match(bare)
    if match and not set(match[1]) & set(_QUOTES[:7]):
        return match[1].strip()
    if len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        return bare.strip(_QUOTES)
    return bare
