"""What a lead is found by: words in any case, numbers in any spacing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from leaddesk.words.lead import Enquiry, Entry, Person, Touch

_TEXT_LIMIT = 4000
_SPACING = re.compile(r"[\s().\-/]")
_SNIPPET = 90


def search_text(person: Person, enquiries: Iterable[Enquiry], record: Iterable[Entry]) -> str:
    """All that a lead can be found by, case folded; long messages are cut at 4,000 characters."""
    parts = [person.name, person.company, *person.emails]
    for phone in person.phones:
        parts += [phone, *_digit_forms(phone)]
    for enquiry in enquiries:
        parts += [enquiry.subject, enquiry.message[:_TEXT_LIMIT], *enquiry.fields.values()]
    parts += [e.text[:_TEXT_LIMIT] for e in record if isinstance(e, Touch) and e.enquiry is None]
    return "\n".join(part for part in parts if part).casefold()


def needles(words: str) -> list[str]:
    """What a search text must hold to be found by `words`.

    >>> needles("Loft  dormer"), needles("+44 7700 900-123")
    (['loft', 'dormer'], ['447700900123'])
    """
    digits = _digits(words)
    if digits is not None:
        return [digits]
    return words.casefold().split()


def snippet(text: str, found: Sequence[str]) -> str:
    """One line of a search text that starts near what was found."""
    at = min((i for i in (text.find(needle) for needle in found) if i >= 0), default=0)
    start = text.rfind(" ", 0, max(0, at - 20)) + 1 if at > 20 else 0
    line = " ".join(text[start : start + _SNIPPET * 2].split())[:_SNIPPET]
    return ("… " if start else "") + line


def _digits(words: str) -> str | None:
    """The digits of something that is a number whatever its spacing, else None."""
    bare = _SPACING.sub("", words).removeprefix("+")
    return bare if len(bare) >= 3 and bare.isdecimal() and bare.isascii() else None


def _digit_forms(phone: str) -> list[str]:
    """The number without spacing, and as it is dialled at home (+44 7700… as 07700…)."""
    digits = "".join(c for c in phone if c.isdecimal())
    if not phone.strip().startswith("+"):
        return [digits]
    return [digits, *(f"0{digits[length:]}" for length in (1, 2, 3) if len(digits) > length + 5)]
