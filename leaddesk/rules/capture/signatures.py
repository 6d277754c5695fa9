"""Where a person's own words end and the signature begins."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leaddesk.rules.capture import names
from leaddesk.rules.capture.html_text import RULE, SIGNATURE, bare
from leaddesk.rules.capture.vocabulary import Phrases, Vocabulary, fold, fold_text

_RULE_ROW = re.compile(r"\s*[-_=*~\u2500\u2501\u2550\u2014\u2015\uff0d]{3,}\s*")
_SIGNATURE_ROW = re.compile(r"\s*(?:--|\u2014|__)\s*")


_NUMBER = re.compile(r"(?:\d[ ()./+-]{0,2}){8}")
_BEHIND_NAME = re.compile(r"\s*(?:$|[,|/(\u2013\u2014\u00b7\u2022:-])")
_AND = re.compile(r" (?:and|und|et|y|e|en|i|och|og) ")
_NAME_ROW = 110
_CLOSING_REACH = 60
"""Rows, empty ones included, that may stand behind a closing formula."""
_BLOCK = 10
"""Rows of a signature that begins with a name."""


def without_signature(
    rows: list[str], vocabulary: Vocabulary, writer: str = ""
) -> tuple[list[str], list[str]]:
    """The rows before the signature, and the signature. `writer` is the sender's shown name."""
    text = vocabulary.text
    name = names.person(writer) or ""
    end = _last_text(rows)
    first = next((place for place, row in enumerate(rows) if bare(row).strip()), end)
    for place in range(first + 1, end + 1):
        row = bare(rows[place]).strip()
        if not row and SIGNATURE not in rows[place] and RULE not in rows[place]:
            continue
        if _SIGNATURE_ROW.fullmatch(row) or SIGNATURE in rows[place] or _opens_device(row, text["device"]):
            return rows[:place], rows[place:]
        if _is_ruled_off(rows, place, end):
            return rows[:place], rows[place:]
        if _closes(rows, place, end, text, name):
            return rows[:place], rows[place:]
        if name and _signs(rows, place, end, name, text):
            start = _with_farewell(rows, place, first, text["closing"])
            return rows[:start], rows[start:]
        if end - place <= 30 and _is_disclaimer(rows, place, text["disclaimer"]):
            return rows[:place], rows[place:]
    return rows, []


def _last_text(rows: list[str]) -> int:
    return max((place for place, row in enumerate(rows) if bare(row).strip()), default=-1)


def _is_ruled_off(rows: list[str], place: int, end: int) -> bool:
    """A ruled line over a few short rows, one of which is a number, an address or a web page."""
    if not _RULE_ROW.fullmatch(bare(rows[place])) or not 1 <= end - place <= _BLOCK:
        return False
    behind = [bare(row).strip() for row in rows[place + 1 : end + 1]]
    if any(len(row) > 70 or row.endswith(("?", "\uff1f")) for row in behind):
        return False
    return any("@" in row or "www." in row or "://" in row or _NUMBER.search(row) for row in behind)


def _signs(rows: list[str], place: int, end: int, name: str, text: Mapping[str, Phrases]) -> bool:
    """The writer's name, alone or with what he is behind it, above short rows and small print."""
    row = bare(rows[place]).strip()
    if len(row) > _NAME_ROW or not _begins_with(row, name):
        return False
    for count, later in enumerate(range(place + 1, end + 1)):
        if _is_disclaimer(rows, later, text["disclaimer"]):
            return True
        behind = bare(rows[later]).strip()
        if count >= _BLOCK or len(behind) > _NAME_ROW or behind.endswith(("?", "!")):
            return False
    return True


def _with_farewell(rows: list[str], place: int, first: int, closing: Phrases) -> int:
    """Where the signature begins: at the name, or at a farewell of more words right above it."""
    above = next((step for step in range(place - 1, first, -1) if bare(rows[step]).strip()), place)
    row = bare(rows[above]).strip()
    if len(row) > _NAME_ROW or row.endswith(("?", ":")):
        return place
    told = fold(row)
    for match in closing.pattern.finditer(f" {told} "):
        behind = len(told[match.end() - 1 :].split())
        if " " in match.group().strip() and (behind == 0 or (match.start() <= 1 and behind <= 3)):
            return above
    return place


def _begins_with(row: str, name: str) -> bool:
    """The whole name before nothing or a separator; a first or last name, or an initial, only alone."""
    row = names.without_titles(row)
    if row.casefold().startswith(name.casefold()):
        return _BEHIND_NAME.match(row[len(name) :]) is not None
    words, known = fold(row[:_NAME_ROW]).split(), fold(name).split()
    return bool(words) and len(words) <= len(known) and set(words) <= set(known) and len(words[0]) > 1


def _opens_device(row: str, device: Phrases) -> bool:
    return len(row) < 120 and device.opens(row)


def _closes(rows: list[str], place: int, end: int, text: Mapping[str, Phrases], name: str = "") -> bool:
    """A closing formula with nothing behind it but the few short rows of a signature."""
    closing = text["closing"]
    row = bare(rows[place]).strip(" ,.!\u3001\u3002")
    if len(row) > 60 or end - place > _CLOSING_REACH or not is_closing(_without_name(row, name), closing):
        return False
    behind = [bare(later).strip() for later in rows[place + 1 : end + 1] if bare(later).strip()]
    if not behind:
        return place > 0
    if len(behind) > 14:
        return False
    return not behind[0].endswith("?") and len(behind[0]) <= 60


def is_closing(words: str, closing: Phrases) -> bool:
    """A formula, or two with an "and" between: "Thanks and kind regards"."""
    return closing.is_all_of(words) or all(map(closing.is_all_of, _AND.split(words, maxsplit=1)))


def _without_name(row: str, name: str) -> str:
    """The row without the writer's name at its end: "Best wishes, Ann", "Gruß A. Beck"."""
    words, known = fold(row).split(), fold(name).split()
    of_name = {*known, *(word[:1] for word in known)}
    while len(words) > 1 and words[-1] in of_name:
        words.pop()
    return " ".join(words)


def _is_disclaimer(rows: list[str], place: int, disclaimer: Phrases) -> bool:
    """A small-print paragraph behind an empty row or a rule."""
    before = bare(rows[place - 1]).strip()
    if before and not _RULE_ROW.fullmatch(before) and RULE not in rows[place - 1]:
        return False
    row = bare(rows[place])
    return len(row) > 40 and disclaimer.found_in(fold_text(row[:400])) is not None
