"""Text from outside made safe: one line for names and subjects, plain lines for bodies."""

from __future__ import annotations

import re
import unicodedata

LINE_LIMIT = 200
"""Characters of a name, a subject or any other one-line value."""
TEXT_LIMIT = 200_000
"""Characters of a body."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_BLANK = re.compile(
    "[\\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0]*"
)
"""Characters of which nothing is seen."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_HIDDEN = frozenset({"Cf", "Cs"})
_BREAKING = frozenset({"Cc", "Zl", "Zp"})


def one_line(text: str, limit: int = LINE_LIMIT) -> str:
    """`text` on one line: NFC, controls become a space, invisible characters go, white space folds.

    >>> one_line("Bob\\r\\nBcc:  x@example.org")
    'Bob Bcc: x@example.org'
    """
    if not text.isprintable():
        text = "".join(map(_visible, text[: limit * 50]))
    folded = " ".join(text.split())
    return unicodedata.normalize("NFC", folded)[:limit].rstrip()


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BREAKING:
        return " "
    return "" if category in _HIDDEN else character


def clean_header(text: str, limit: int = LINE_LIMIT) -> str:
    """A value that may stand in a header of ours: one line that no reader takes for an encoded word.

    >>> clean_header("=?utf-8?q?Bob=0ABcc=3A?=")
    '= ?utf-8?q?Bob=0ABcc=3A?='
    """
    return one_line(one_line(text, limit).replace("=?", "= ?"), limit)


def lines_of(text: str, limit: int = TEXT_LIMIT) -> str:
    """A body as plain lines: NFC, \\n between them, tabs stay, other controls go; cut at `limit`."""
    text = _LINE_ENDS.sub("\n", text[:limit])
    text = _CONTROLS.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))
    return "" if _BLANK.fullmatch(text) else text[:limit]


def plain(text: str, limit: int = TEXT_LIMIT) -> str:
    """What a person is shown of a body: no tabs, no trailing blanks, at most one empty line in a row."""
    rows = [row.rstrip() for row in text.replace("\u00a0", " ").replace("\t", " ").split("\n")]
    kept = [row for place, row in enumerate(rows) if row or (place and rows[place - 1])]
    return "\n".join(kept).strip()[:limit]
