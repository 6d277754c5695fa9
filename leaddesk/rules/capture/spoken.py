"""Who is told in a service's own sentence: "Ann Beck (ann@example.org) filled in the form"."""

from __future__ import annotations

import re

from leaddesk.rules.capture import clues, names
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.phones import is_phone
from leaddesk.rules.capture.sheet import Pair
from leaddesk.rules.capture.speakers import asker, needer
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text

_NUMBER = re.compile(r"(?<![\w.@-])(?:\+|\(|\b)\d[\d ()/.-]{5,20}\d(?![\w@])")
_BRACKETED = re.compile(r"\s{0,3}[(<\[](\+?\d[\d ()/.-]{5,20}\d)[)>\]]\s{0,3}")
"""A number behind a name: "Ann Beck (+44 7700 900123)"."""
_LONGEST = 240
"""Characters of a sentence."""


def told_by(text: str, vocabulary: Vocabulary, *, is_forms: bool, named: str = "") -> tuple[Pair, ...]:
    """Name, address and number in one row; empty where a person speaks, or where nobody is named.

    `is_forms`: the row is known as the form's own; another must name whose address it holds, or hold that
    of the person who has been `named` in a row above.
    """
    if len(text) > _LONGEST or not (is_forms or "@" in text):
        return ()
    if vocabulary.text["self"].found_in(fold_text(text)):
        return ()
    found = addresses_in(text, 3) if "@" in text else []
    if len(found) == 1:
        fits = bool(named) and clues.fits_address(named, found[0])
        return _contact(text, found[0], vocabulary, is_forms=is_forms or fits)
    if not is_forms or found:
        return ()
    number = _BRACKETED.search(text)
    text = _BRACKETED.sub(" ", text, count=1)
    name = asker(text, vocabulary) or needer(text, vocabulary)
    if not name or len(name.split()) < 2:
        return ()
    phone = (Pair("", number[1], "phone"),) if number and is_phone(number[1]) else ()
    return (Pair("", name, "name"), *phone)


def _contact(text: str, email: str, vocabulary: Vocabulary, *, is_forms: bool) -> tuple[Pair, ...]:
    name = clues.before_address(text, email) or _fitting(text, email)
    if not name and not is_forms:
        return ()
    full = name if name and len(name.split()) >= 2 else asker(text, vocabulary)
    number = next((each for each in _NUMBER.findall(text) if is_phone(each)), None)
    told = (("name", full), ("email", email), ("phone", number))
    return tuple(Pair("", value, meaning) for meaning, value in told if value)


def _fitting(text: str, email: str) -> str | None:
    """Words in capitals before the address that it is made of: "reach Ms Thoma at thoma@example.org"."""
    words = text[: text.find("@")].split()[:-1]
    capitals = [word.strip(",.:;()") for word in words if word[:1].isupper()]
    for size in (3, 2, 1):
        for start in range(len(capitals) - size + 1):
            name = names.person(" ".join(capitals[start : start + size]))
            if name and clues.fits_address(name, email, every=True):
                return name
    return None
