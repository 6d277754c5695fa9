"""One cell: freed of what spreadsheets and other programs put around it, and told by its shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from leaddesk.rules.capture.addresses import addresses_in, valid_address
from leaddesk.rules.capture.clean import LINE_LIMIT
from leaddesk.rules.imports.dates import looks_like_date
from leaddesk.rules.imports.records import CELL_LIMIT

_SPACES = "\u00a0\u2007\u202f\u200b\ufeff \t\r\n\x00"
_GUARDED = frozenset("=+-@\t\r\"'0123456789(")
"""What stands behind an apostrophe that only says "this is text"."""
_AS_TEXT = re.compile(r'="(.{0,2000})"', re.DOTALL)
_FORMULA = re.compile(r"\s{0,20}(?:=[^\s=]|@[A-Za-z]{2,20}\(|[+-][A-Za-z]{2,20}\()")
_PREFIX = re.compile(r"(?:p|tel|phone|mailto|e-?mail|callto|sms)\s?:\s*(?=\S)", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(?:[.,](\d{1,20}))?[eE]\+?(\d{1,2})")
_FRACTION = re.compile(r"(\+?\d{5,20})[.,]0{1,2}")
_EXTENSION = re.compile(
    r"\s*[,;]?\s*(?:(?:ext|extension|durchwahl|dw|poste|int|app)\b\.?\s*=?\s*|x\s?)\d{1,6}$", re.IGNORECASE
)
_SEVERAL = re.compile(r"\s*(?:\s:::\s|[;,|\n]|\s/\s|\s(?:or|oder|ou|o|of|lub)\s)\s*")
_PHONE = re.compile(r"(?:\+|\(\+?)?\d(?:[ \u00a0().\-\u2010-\u2013/]{0,3}\d){5,16}")
_USUAL = re.compile(
    r"[A-Za-z0-9_+-]{1,40}(?:\.[A-Za-z0-9_+-]{1,40}){0,2}@[A-Za-z0-9]{1,30}(?:-[A-Za-z0-9]{1,30}){0,2}\.[A-Za-z]{2,20}"
)
"""The address as most have it: a valid one (a property test), told in one look."""
_OF_PHONES = str.maketrans("", "", "0123456789+-()/ ")
_WEB = re.compile(r"(?:https?://|www\.)\S{3,}", re.IGNORECASE)
_BETWEEN = "\u241f"
"""A sign for a separator, which no cell holds."""
_NOT_PLAIN = ("  ", "\ufffd", f" {_BETWEEN}", *(f"{_BETWEEN}{sign}" for sign in " '=@-"))
_PLUS_WORD = re.compile(f"{_BETWEEN}\\+[A-Za-z]")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?%?")


def bare(cell: str) -> str:
    """What a cell says: without blanks around it, without the marks by which a spreadsheet keeps text.

    >>> bare(" '+49 171 3920051 "), bare('="0171"'), bare("'t Hooft")
    ('+49 171 3920051', '0171', "'t Hooft")
    """
    text = cell.strip(_SPACES)
    if text.isalnum() and len(text) < CELL_LIMIT:
        return text
    if text[:1] == "'" and len(text) > 1 and (text[1] in _GUARDED or text.endswith("'")):
        text = text[1:-1] if text.endswith("'") and len(text) > 2 else text[1:]
    if text[:2] == '="':
        kept = _AS_TEXT.fullmatch(text)
        text = kept[1].replace('""', '"') if kept else text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(_SPACES)[:CELL_LIMIT]


def are_plain(cells: Sequence[str]) -> bool:
    """True when none of the cells holds anything that would be cleaned: one look at all of them.

    What is plain is bare, is one safe line, and is no formula.
    """
    whole = f"{_BETWEEN}{_BETWEEN.join(cells)}{_BETWEEN}"
    return (
        whole.isprintable()
        and not any(part in whole for part in _NOT_PLAIN)
        and not _PLUS_WORD.search(whole)
        and max(map(len, cells), default=0) <= LINE_LIMIT
        and unicodedata.is_normalized("NFC", whole)
    )


def holds_formula(cells: Sequence[str]) -> bool:
    """True where a spreadsheet would run one of the cells, as they stand. One guarded as text is none."""
    return any(_FORMULA.match(cell) and not _AS_TEXT.fullmatch(cell.strip(_SPACES)) for cell in cells)


class Phone(NamedTuple):
    """A number as it can be used, or empty where a spreadsheet has lost its digits."""

    text: str
    is_spoiled: bool = False


def phones_in(text: str) -> list[Phone]:
    """The numbers of a cell that holds nothing but numbers, as written, without extensions."""
    if not text.translate(_OF_PHONES) and " / " not in text:
        return [Phone(text)] if any(map(str.isdigit, text)) else []
    is_one = _ROUNDED.fullmatch(text) or _FRACTION.fullmatch(text)  # with a comma of its own, perhaps
    found = [phone_of(part) for part in ([text] if is_one else _SEVERAL.split(text[:500])) if part]
    return [phone for phone in found if phone.text or phone.is_spoiled]


def phone_of(text: str) -> Phone:
    """One number.

    >>> phone_of("p:+4915112345678").text, phone_of("4.91512E+11"), phone_of("491713920042.0")
    ('+4915112345678', Phone(text='', is_spoiled=True), Phone(text='491713920042', is_spoiled=True))
    """
    text = _EXTENSION.sub("", _PREFIX.sub("", text.strip(), count=1))
    rounded = _ROUNDED.fullmatch(text)
    if rounded:
        return Phone(_unrounded(text, rounded), is_spoiled=True)
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        return Phone(fraction[1], is_spoiled=True)
    if text.count("#") > 2 and not text.strip("#"):
        return Phone("", is_spoiled=True)  # what a column that is too narrow shows
    return Phone(" ".join(text.split()) if any(map(str.isdigit, text)) else "")


def _unrounded(text: str, rounded: re.Match[str]) -> str:
    """The digits where none was lost: 4.91713920042E+11 has all twelve."""
    digits = text[0] + (rounded[1] or "")
    return digits if len(digits) >= 7 and len(digits) == int(rounded[2]) + 1 else ""


def emails_in(text: str) -> list[str]:
    """The addresses of a cell, as written."""
    if _USUAL.fullmatch(text):
        return [text]
    if "@" not in text:
        return []
    whole = _PREFIX.sub("", text, count=1) if ":" in text[:12] else text
    if " " not in whole and valid_address(whole) is not None:
        return [whole]
    return addresses_in(text[:1000])


# -- shapes


def is_address(text: str) -> bool:
    return "@" in text[:320] and bool(emails_in(text[:320]))


def is_number_like(text: str) -> bool:
    """Digits that may be somebody's telephone number, spoiled or not."""
    if len(text) > 60 or not any(map(str.isdigit, text)):
        return False
    first = next(iter(phones_in(text)), None)
    if first is None:
        return False
    return (first.is_spoiled and not first.text) or _is_phone(first.text)


def _is_phone(text: str) -> bool:
    return len(text) < 40 and _PHONE.fullmatch(text) is not None and not looks_like_date(text)


def is_plain_number(text: str) -> bool:
    """An amount, a count, a year: nothing but one number."""
    return _NUMBER.fullmatch(text) is not None


def is_web(text: str) -> bool:
    return _WEB.match(text) is not None


def is_value(text: str) -> bool:
    """What stands under a title, and is hardly ever one."""
    return (
        is_address(text) or is_web(text) or looks_like_date(text) or (len(text) >= 7 and is_number_like(text))
    )


def is_whole_value(text: str) -> bool:
    """A value with nothing beside it: what a line is that was cut at its separators."""
    if "@" in text:
        return " " not in text and emails_in(text) == [_PREFIX.sub("", text, count=1)]
    return is_value(text)
