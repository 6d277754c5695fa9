"""The name of somebody whose form has no field that is plainly called "name"."""

from __future__ import annotations

import re

from leaddesk.rules.capture import names
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import fold

_NAME_WORDS = frozenset({"name", "names", "nom", "nome", "nombre", "naam", "namn", "imie", "nazwisko"})
_OF_THINGS = frozenset({
    "pet", "pets", "dog", "dogs", "cat", "horse", "child", "childs", "company", "product", "project",
    "event", "venue", "property", "building", "file", "site", "page", "form", "campaign", "school",
    "street", "course", "class", "service", "partner", "partners", "bank", "domain", "business", "user",
    "brand", "model", "city", "spouse", "groom", "host", "list", "firma", "team", "staff", "agent",
})  # fmt: skip
CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-z][\w\u2019'-]{1,30} [^\W\d_a-z][\w\u2019'-]{1,30}(?!\w)")
"""Two words in capitals: a full name in a subject."""
_CAPITALS = re.compile(r"[^\W\d_a-z][\w\u2019'.-]{0,30}(?:\s{1,2}[\w\u2019'.-]{1,30}){0,4}")
_TOKENS = re.compile(r"[^a-z]+")


def name_of(sheet: Sheet, email: str | None) -> str | None:
    """By a label that ends in "name", else by an answer that fits the address."""
    return _by_label(sheet) or (_by_address(sheet, email) if email else None)


def before_address(text: str, email: str | None) -> str | None:
    """The name that stands before the address in a sentence: "submitted by Ann Beck (ann@example.org)"."""
    place = text.lower().find(email.lower()) if email else -1
    before = text[max(0, place - 90) : max(0, place)].rstrip()
    if before[-1:] not in ("<", "(", "["):
        return None
    words: list[str] = []
    for word in reversed(before[:-1].split("\n")[-1].split()[-4:]):
        if not word[:1].isupper() or word.endswith((":", ".", ",", "!")):
            break
        words.insert(0, word)
    return names.person(" ".join(words)) if len(words) >= 2 else None


def fuller(name: str, text: str, email: str) -> str:
    """A first name with the family name that follows it somewhere in the text and in the address."""
    if len(name.split()) != 1 or len(name) < 2:
        return name
    for match in re.finditer(rf"\b{re.escape(name)}\s([^\W\d_a-z][\w\u2019'-]{{1,30}})", text):
        if fits_address(f"{name} {match[1]}", email, every=True):
            return f"{name} {match[1]}"
    return name


def fits_address(name: str, email: str, *, every: bool = False) -> bool:
    """Does the address before its @ hold a word of the name, or `every` one?"""
    local = email.partition("@")[0].lower()
    compact = "".join(_TOKENS.split(local))
    if every:
        words = [word for word in fold(name).split() if len(word) >= 3]
        return bool(words) and all(word in compact for word in words)
    return _fits(name, {token for token in _TOKENS.split(local) if len(token) >= 3}, compact)


def _by_label(sheet: Sheet) -> str | None:
    for pair in sheet.pairs:
        words = fold(pair.label[:80]).split()
        if pair.meaning is None and 0 < len(words) <= 5 and words[-1] in _NAME_WORDS:
            found = _person(pair.value)
            if found and _OF_THINGS.isdisjoint(words) and len(found.split()) >= 2:
                return found
    return None


def _by_address(sheet: Sheet, email: str) -> str | None:
    """A short answer in capitals, one of whose words the address holds."""
    local = email.partition("@")[0].lower()
    tokens = {token for token in _TOKENS.split(local) if len(token) >= 3}
    for pair in sheet.pairs:
        found = _person(pair.value) if pair.meaning is None else None
        if found and _fits(found, tokens, "".join(_TOKENS.split(local))):
            return found
    return None


def _person(value: str) -> str | None:
    value = value.strip()
    if "\n" in value or len(value) > 60:
        return None
    found = names.person(value)
    return found if found and _CAPITALS.fullmatch(found) and not names.is_company(found) else None


def _fits(name: str, tokens: set[str], compact: str) -> bool:
    words = [word for word in fold(name).split() if len(word) >= 3]
    if not words or not tokens:
        return False
    return any(word in tokens for word in words) or (
        len(words) >= 2 and all(word in compact for word in words)
    )
