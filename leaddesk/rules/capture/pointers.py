"""Teaching by pointing: from a marked piece of a sample to a rule, and from the rule to its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaddesk.rules.capture import names
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.meaning import only_address, urls_in
from leaddesk.rules.capture.phones import Regions, labelled_phone
from leaddesk.words.errors import Usage
from leaddesk.words.forms import Mark, Marked, Pointer, Stand

_LONGEST = 120
"""Characters of the words that a value may stand behind or under."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Found:
    """What pointers find in one mail."""

    values: Mapping[Marked, str | None]
    """None where the visitor left it empty."""
    lost: tuple[str, ...]
    """Fields whose place is not there, or where something of another kind stands: the form has changed."""


class _NotFound(Exception):
    """What was taught is not in this mail."""


def pointer_of(text: str, mark: Mark) -> Pointer:
    """The rule that a mark means: the value behind the words before it on its row, else under the row above.

    Raises Usage with a sentence when nothing is marked, or when what stands around it is no fixed place.
    """
    start, end = _trimmed(text, mark)
    row_start = text.rfind("\n", 0, start) + 1
    before = text[row_start:start].strip()
    if before:
        stand, words = Stand.AFTER, before
    else:
        stand, words = Stand.UNDER, _row_above(text, row_start)
    if len(words) > _LONGEST:
        raise Usage("Too much stands before it on its row.", "Mark a value that has its own label or row.")
    until = _later_row(text, end) if mark.field is Marked.MESSAGE else _mark_behind(text, end)
    return Pointer(mark.field, stand, words, until)


def find(pointers: Iterable[Pointer], text: str, regions: Regions) -> Found:
    """What the pointers find in a mail's text.

    >>> find([Pointer(Marked.NAME, Stand.AFTER, "Who:")], "Who: Ann Beck", Regions(())).values[Marked.NAME]
    'Ann Beck'
    """
    rows = text.split("\n")
    values: dict[Marked, str | None] = {}
    lost = []
    for each in pointers:
        try:
            values[each.field] = _checked(each.field, _value(each, rows), regions)
        except _NotFound:
            lost.append(each.field.value)
    return Found(values, tuple(lost))


def in_words(pointer: Pointer) -> str:
    """The rule for people.

    >>> in_words(Pointer(Marked.PHONE, Stand.AFTER, "Call me:", "("))
    'phone: what stands behind “Call me:”, up to “(”'
    """
    where = "behind" if pointer.stand is Stand.AFTER else "under"
    place = f"{where} “{pointer.words}”" if pointer.words else "in the first row"
    until = f", up to “{pointer.until}”" if pointer.until else ""
    return f"{pointer.field.value}: what stands {place}{until}"


def _trimmed(text: str, mark: Mark) -> tuple[int, int]:
    start, end = max(0, mark.start), min(len(text), mark.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise Usage("Nothing is marked.", "Select the words in the mail first.")
    if mark.field is not Marked.MESSAGE and "\n" in text[start:end]:
        raise Usage("Only a message goes over several rows.", "Select words of one row.")
    return start, end


def _row_above(text: str, row_start: int) -> str:
    return next((row.strip() for row in reversed(text[:row_start].split("\n")) if row.strip()), "")


def _mark_behind(text: str, end: int) -> str:
    """The first mark or word behind a value on its row, unless it may be another one next time."""
    behind = text[end:].partition("\n")[0].strip()
    if not behind:
        return ""
    token = behind[0] if not behind[0].isalnum() else behind.split()[0]
    return "" if _DIGIT.search(token) else token


def _later_row(text: str, end: int) -> str:
    """How the row begins at which a message ends: its label, or its words before any figure."""
    rest = text[end:].partition("\n")[2]
    row = next((row.strip() for row in rest.split("\n") if row.strip()), "")
    label, colon, _ = row[:_LONGEST].partition(":")
    words = label + colon if colon else _DIGIT.split(row)[0]
    return words.strip()[:_LONGEST]


def _value(pointer: Pointer, rows: list[str]) -> str:
    place, rest = _place(pointer, rows)
    if pointer.field is Marked.MESSAGE:
        return _message(pointer, rest, rows[place + 1 :])
    if not rest and pointer.stand is Stand.UNDER:
        rest = next((row.strip() for row in rows[place + 1 :] if row.strip()), "")
    if pointer.until and rest:
        rest, mark, _ = rest.partition(pointer.until)
        if not mark:
            raise _NotFound(pointer.until)
    return rest.strip()


def _place(pointer: Pointer, rows: list[str]) -> tuple[int, str]:
    """The row of the pointer's words, and what stands behind them there."""
    if not pointer.words:
        return -1, ""
    wanted = pointer.words.casefold()
    for place, row in enumerate(rows):
        text = row.strip()
        if pointer.stand is Stand.UNDER:
            if text.casefold() == wanted:
                return place, ""
        elif text.casefold().startswith(wanted) and _ends_a_word(text, len(wanted)):
            return place, text[len(wanted) :].strip()
    raise _NotFound(pointer.words)


def _ends_a_word(text: str, place: int) -> bool:
    """ "Name" is not the start of "Names"."""
    return not (text[place - 1 : place].isalnum() and text[place : place + 1].isalnum())


def _message(pointer: Pointer, first: str, rows: list[str]) -> str:
    if not pointer.until:
        return "\n".join([first, *rows]).strip()
    stop = pointer.until.casefold()
    for place, row in enumerate(rows):
        if row.strip().casefold().startswith(stop):
            return "\n".join([first, *rows[:place]]).strip()
    raise _NotFound(pointer.until)


def _checked(field: Marked, value: str, regions: Regions) -> str | None:
    """The value as it is kept; raises _NotFound where something else stands in its place."""
    if not value or field is Marked.MESSAGE:
        return value or None
    kept: str | None
    match field:
        case Marked.NAME:
            kept = names.person(value) or (one_line(value, 120) if len(value) <= _LONGEST else None)
        case Marked.EMAIL:
            kept = only_address(value)
        case Marked.PHONE:
            kept = labelled_phone(value, regions)
        case _:
            kept = next(iter(urls_in(value)), None)
    if not kept:
        raise _NotFound(value)
    return kept
