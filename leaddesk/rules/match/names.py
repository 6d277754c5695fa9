"""Names as they are compared: whether two may be one person's, and whether they cannot be."""

from __future__ import annotations

from difflib import SequenceMatcher

from leaddesk.rules.capture.vocabulary import fold
from leaddesk.rules.person import NAMELESS

_FORMS = frozenset({
    "gmbh", "mbh", "ag", "kg", "ohg", "gbr", "ug", "ev", "ek", "co", "ltd", "limited", "llc", "llp", "plc",
    "inc", "corp", "pty", "sas", "sarl", "srl", "spa", "sl", "sa", "bv", "nv", "vof", "aps", "as", "ab", "oy",
    "ltda", "und", "and", "the",
})  # fmt: skip
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "herr", "frau", "fam", "familie", "dipl", "ing", "mag",
    "m", "mme", "mlle", "monsieur", "madame", "sr", "sra", "srta", "senor", "senora", "don", "dona", "sig",
    "signor", "signora", "dott", "dhr", "mevr", "mw", "pan", "pani",
})  # fmt: skip
_ALIKE = 0.9
_LENGTH = 120


def company_key(company: str) -> str:
    """A firm as it is compared: without its legal form."""
    is_simple = company.isascii() and company.replace(" ", "").isalnum()
    words = (company.lower() if is_simple else fold(company[:_LENGTH])).split()
    return " ".join([word for word in words if word not in _FORMS]) or " ".join(words)


def name_key(name: str) -> str:
    """A name as it is compared: the order of its parts does not matter."""
    return " ".join(sorted(fold(name[:_LENGTH]).split()))


def are_near(one: str, other: str) -> bool:
    """True for names that one person may go by.

    >>> are_near("Anna Beck", "Beck, Anna"), are_near("A. Beck", "Anna Beck"), are_near("Ann Beck", "Bo Beck")
    (True, True, False)
    """
    first, second = fold(one[:_LENGTH]).split(), fold(other[:_LENGTH]).split()
    if not first or not second:
        return False
    if sorted(first) == sorted(second) or _is_initial(first, second) or _is_initial(second, first):
        return True
    whole = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second)), autojunk=False)
    return whole.quick_ratio() >= _ALIKE and whole.ratio() >= _ALIKE


def _is_initial(short: list[str], long: list[str]) -> bool:
    """ "A Beck" for "Anna Beck": the family's name whole, the given one only begun."""
    return (
        len(short) >= 2
        and len(long) >= 2
        and short[-1] == long[-1]
        and len(short[0]) == 1
        and long[0].startswith(short[0])
    )


def contradict(one: str, other: str) -> bool:
    """True for two names that one person does not go by, as far as both are names at all.

    >>> contradict("Anna Beck", "Tom Beck"), contradict("Mrs Beck", "Anna Beck"), contradict("Anna", "0770")
    (True, False, False)
    """
    first, second = parts_of(one), parts_of(other)
    if set(first) <= set(second) or set(second) <= set(first):
        return False
    return not are_near(" ".join(first), " ".join(second))


def parts_of(name: str) -> tuple[str, ...]:
    """The words of a person's or firm's name, without titles and legal forms; none of a mere address."""
    if "@" in name or name == NAMELESS or not any(c.isalpha() for c in name):
        return ()
    return tuple(word for word in fold(name[:_LENGTH]).split() if word not in _FORMS | _TITLES)
