"""Data that a mail carries in its text: JSON, a form-encoded line, an array printed by PHP, a wide table."""

from __future__ import annotations

import csv
import re
from urllib.parse import parse_qsl

from leaddesk.rules.capture import structured
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold

_TEXT_LIMIT = 60_000
"""Characters of a body that are looked at."""
_ROWS = 400
_LEAST = 3
"""Values that are more than chance."""
_JSON = re.compile(r"^\s{0,8}\{\s*$|^\s{0,8}\{\s?\"", re.MULTILINE)
_ENCODED = re.compile(r"[\w\[\].%-]{1,80}=[^\s&=]{0,4000}(?:&[\w\[\].%-]{1,80}=[^\s&=]{0,4000}){2,200}")
_PRINTED = re.compile(r"\s{0,16}\[([^\[\]=>]{1,80})\] => (.*)")


def read_dump(lines: str, vocabulary: Vocabulary) -> Sheet | None:
    """The pairs of data in a text; None where it holds none. At most `_TEXT_LIMIT` characters are read."""
    text = lines[:_TEXT_LIMIT]
    found = (
        _json(text, vocabulary)
        or _encoded(text, vocabulary)
        or _printed(text, vocabulary)
        or _wide(text, vocabulary)
    )
    return found if found and len(found.pairs) >= _LEAST else None


def _json(text: str, vocabulary: Vocabulary) -> Sheet | None:
    opens = _JSON.search(text) if "{" in text else None
    end = text.rfind("}")
    if not opens or end < opens.start():
        return None
    sheet = structured.read_data(bare(text[opens.start() : end + 1]).strip(), vocabulary)
    return sheet if sheet.pairs else None


def _encoded(text: str, vocabulary: Vocabulary) -> Sheet | None:
    if text.count("&") < _LEAST - 1 or "=" not in text:
        return None
    rows = (bare(row).strip() for row in text.split("\n")[:_ROWS])
    row = next((row for row in rows if _ENCODED.fullmatch(row)), None)
    return structured.read_data(row, vocabulary) if row and len(parse_qsl(row)) >= _LEAST else None


def _printed(text: str, vocabulary: Vocabulary) -> Sheet | None:
    """The rows of PHP's `print_r`; a value may go on in rows below."""
    if "] => " not in text:
        return None
    told: list[tuple[str, str]] = []
    for row in text.split("\n")[:_ROWS]:
        match = _PRINTED.fullmatch(bare(row).rstrip())
        if match:
            told.append((match[1], match[2]))
        elif told and row.strip() not in ("", "(", ")"):
            told[-1] = (told[-1][0], f"{told[-1][1]}\n{bare(row).strip()}")
    return _sheet(told, vocabulary)


def _wide(text: str, vocabulary: Vocabulary) -> Sheet | None:
    """One row of values under a row of labels, apart by tabs or commas."""
    rows = [row for row in text.split("\n")[:_ROWS] if row.strip()]
    for place, row in enumerate(rows[:-1]):
        mark = "\t" if row.count("\t") >= _LEAST - 1 else ","
        if row.count(mark) < _LEAST - 1 or len(row) > 1000 or rows[place + 1].count(mark) < _LEAST - 1:
            continue
        labels, values = (_cells(bare(each).strip(), mark) for each in rows[place : place + 2])
        known = sum(fold(label) in vocabulary.labels for label in labels)
        if known >= _LEAST and known * 2 > len(labels) and len(labels) == len(values):
            return _sheet(list(zip(labels, values, strict=True)), vocabulary)
    return None


def _cells(row: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([row], delimiter=mark, skipinitialspace=True), [])]


def _sheet(told: list[tuple[str, str]], vocabulary: Vocabulary) -> Sheet:
    pairs = (
        Pair(label, value, meaning_of(label, value, vocabulary)) for label, value in told if value.strip()
    )
    return Sheet(tuple(pairs), "")
