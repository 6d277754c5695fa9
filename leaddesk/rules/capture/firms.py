"""The firm that somebody signs for."""

from __future__ import annotations

import itertools
import re

from leaddesk.rules.capture import names
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.vocabulary import fold

ROWS = 14
"""Rows at the end of a mail in which its signature is looked for."""

_ROLE_WORD = (
    r"(?:manager\w*|director|owner|founder|ceo|partner|head|inhaber\w*|gesch\u00e4ftsf\u00fchr\w*|"
    r"g\u00e9rante?|directeur|directrice|titolare|eigenaar|w\u0142a\u015bciciel\w*|propietari[oa]|gerente|"
    r"directora?|responsable|amministratore|bedrijfsleider|kierownik|\u00e4gare)"
)
_ROLE = re.compile(
    rf"(?:[\w ]{{0,30}}\b)?{_ROLE_WORD}\b[\w ]{{0,20}}[,|@]\s*(?:at\s)?(.{{3,60}})", re.IGNORECASE
)
_ROLE_ALONE = re.compile(rf"(?:[\w&/ -]{{0,30}}\b)?{_ROLE_WORD}(?: [\w&/ -]{{0,20}})?", re.IGNORECASE)
_NO_FIRM = re.compile(r"[@\d:/\u3002!?]|www\.")
_BAR = re.compile(r"[|\u00b7]")


def signed_company(text: str, address: str | None) -> str | None:
    """A row with a legal form, what stands behind or under a role, or a row that the domain is made of."""
    rows = [row.strip() for row in text.split("\n") if row.strip()][-ROWS:]
    return _by_legal_form(rows) or _by_role(rows) or _by_domain(rows, address)


def _by_legal_form(rows: list[str]) -> str | None:
    for row in rows:
        short = 3 < len(row) <= 90 and len(row.split()) <= 9 and "\u3002" not in row
        if short and names.is_company(row):
            return one_line(next(filter(names.is_company, _BAR.split(row)), row), 90)
    return None


def _by_role(rows: list[str]) -> str | None:
    """ "Owner, Blue Boat Cafe", or "Owner" with the firm in the next row."""
    for row, following in itertools.zip_longest(rows, rows[1:], fillvalue=""):
        match = _ROLE.fullmatch(row[:120])
        if match and not _NO_FIRM.search(match[1]):
            return one_line(match[1], 90)
        if following and _ROLE_ALONE.fullmatch(row[:80]) and _may_be_firm(following):
            return one_line(_BAR.split(following)[0], 90)
    return None


def _may_be_firm(row: str) -> bool:
    return len(row) <= 60 and len(row.split()) <= 6 and row[:1].isupper() and not _NO_FIRM.search(row)


def _by_domain(rows: list[str], address: str | None) -> str | None:
    """The row whose letters are those of the domain: "Vane Hotels" beside ...@vanehotels.example."""
    domain = (address or "").rpartition("@")[2].lower()
    if not domain or is_freemail(domain):
        return None
    compact = "".join(domain.split(".")[:-1]).replace("-", "")
    for row in rows[1:]:
        name = _BAR.split(row)[0].strip(" ,.-")
        letters = fold(name.replace("&", " and ")).replace(" ", "")
        short = fold(name).replace(" ", "")
        firm = len(compact) >= 5 and len(letters) >= 5 and _may_be_firm(name)
        if firm and (letters.startswith(compact) or compact in (letters, short) or compact.startswith(short)):
            return one_line(name, 90)
    return None
