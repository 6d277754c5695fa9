"""Names of people: titles off, parts together, and telling a name from anything else."""

from __future__ import annotations

import re

from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.vocabulary import fold

_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "sir", "madam", "dr", "prof", "professor", "doctor", "rev",
    "herr", "frau", "hr", "fr", "dipl", "ing", "mag", "med", "dott", "ssa", "sig", "sigra", "sra",
    "sr", "srta", "don", "dona", "dna", "mme", "mlle", "m", "monsieur", "madame", "mademoiselle",
    "maitre", "mgr", "dhr", "mevr", "mevrouw", "meneer", "pan", "pani", "signor", "signora",
    "senor", "senora", "senhor", "senhora", "jr", "phd", "esq",
    "dottssa", "dipling", "drmed", "drssa", "avv", "lic", "arch", "geom", "rag",
})  # fmt: skip
_SUFFIX = re.compile(
    r"\s(?:via|through|durch|\u00fcber|ueber|par|v\u00eda|tramite|przez|on)\s{1,3}(\S.{0,60})$", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[\u3010][^()\[\]\u3010\u3011]{0,60}[)\]\u3011]")
_ON_BEHALF = re.compile(
    r"(?:i\.\s?[AV]\.|ppa\.|p\.\s?p\.|im Auftrag|i\.o\.|p\.o\.)\s{1,3}(?=\S)", re.IGNORECASE
)
"""What stands before the name of somebody who signs for another: "i.A. Anna Beck"."""
_HONORIFIC = re.compile(r"(?:\u69d8|\u3055\u307e|\u3055\u3093|\u6bbf)$")
PARTICLES = frozenset({
    "von", "vom", "zu", "zum", "zur", "und", "van", "de", "den", "der", "het", "t", "ten", "ter", "te", "in",
    "op", "d", "da", "das", "do", "dos", "du", "des", "di", "del", "della", "dello", "dalla", "dal", "degli",
    "la", "le", "los", "las", "y", "i", "e", "af", "av", "bin", "ibn", "bint", "al", "el", "ap", "mac", "and",
    "et", "a",
})  # fmt: skip
"""Small words inside names: "Anna von der Heide", "Ana Ruiz y Sol"."""
_LEGAL_FORMS = frozenset({
    "gmbh", "mbh", "ag", "kg", "ohg", "gbr", "ug", "mbb", "e.v.", "e.v", "ev", "e.k.", "e.k", "partg",
    "ltd", "limited", "llc", "llp", "plc", "inc", "corp", "co.", "pty", "pvt", "sas", "s.a.s", "s.a.s.",
    "sarl", "s.a.r.l", "s.a.r.l.", "srl", "s.r.l", "s.r.l.", "spa", "s.p.a", "s.p.a.", "s.l", "s.l.",
    "slu", "s.l.u", "s.l.u.", "s.a.", "s.a", "eurl", "sasu", "b.v.", "b.v", "bv", "n.v.", "n.v", "vof",
    "aps", "a/s", "ab", "oy", "o.o.", "o.o", "s.c.", "sp.j.", "spolka", "sp\u00f3\u0142ka", "ltda",
    "eireli", "kft", "d.o.o.", "d.o.o", "s.r.o.", "s.r.o", "bvba", "brf", "lda",
})  # fmt: skip
_FIRMS = ("\u682a\u5f0f\u4f1a\u793e", "\u6709\u9650\u4f1a\u793e", "\u5408\u540c\u4f1a\u793e", "\u6cd5\u4eba")
_NOT_NAME = re.compile(r"[@\d<>|=*_{}\\/:;!?#%]|https?|www\.")


def person(text: str) -> str | None:
    """`text` as a person's name without titles, brackets and turned "Last, First"; None when it is none.

    >>> person("Frau Dr. Anna  Beck"), person("Beck, Anna (Mobil)"), person("info@example.org")
    ('Anna Beck', 'Anna Beck', None)
    """
    name = one_line(_BRACKETS.sub(" ", text[:200]), 100).strip(" \"'\u201e\u201c\u201d\u00ab\u00bb,;:-*")
    name = _SUFFIX.sub("", _HONORIFIC.sub("", _ON_BEHALF.sub("", name, count=1)))
    name = _turned(without_titles(name))
    if not name or len(name) > 80 or _NOT_NAME.search(name) or len(name.split()) > 8:
        return None
    return name


def is_written_as_one(name: str) -> bool:
    """In capitals, but for the small words inside names: "Anna von der Heide", not "A visitor"."""
    words = name.split()
    return name[:1].isupper() and all(word[:1].isupper() or fold(word) in PARTICLES for word in words)


def without_titles(name: str) -> str:
    """The name with the titles before it (and "PhD" behind it) taken off, unless nothing else is left."""
    words = name.split()
    while (
        len(words) > 1
        and fold(words[0]).replace(" ", "") in _TITLES
        and (words[0].endswith(".") or len(words[0]) > 1)
    ):
        words = words[1:]
    while len(words) > 1 and fold(words[-1]) in ("phd", "esq", "jr", "mba"):
        words = words[:-1]
    return " ".join(words).strip(" ,")


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    if not comma or "," in first or not first.strip() or len(first.split()) > 3 or len(last.split()) > 3:
        return name
    if is_company(name):
        return name
    return f"{first.strip()} {last.strip()}"


def joined(first: str | None, last: str | None, language: str = "en") -> str | None:
    """A full name of its parts; the family name leads where the language wants it."""
    if first and last and fold(last) != fold(first):
        if fold(first).endswith(" " + fold(last)):
            return first
        return f"{last} {first}" if language == "ja" else f"{first} {last}"
    return first or last


def via(text: str) -> str | None:
    """The service named in a display name such as "Ann via Service"."""
    match = _SUFFIX.search(text[:200])
    return match[1].strip(" \"'") if match else None


def is_company(text: str) -> bool:
    """True when a legal form stands in the text."""
    told = [word.strip(",;()\"'") for word in text[:200].split()]
    shown = [word for word in told if len(word.rstrip(".")) > 3 or "." in word or not word.islower()]
    words = {word.casefold() for word in shown}  # "ab 17 Uhr" and "a spa" name no firm
    bare = {word.rstrip(".") for word in words}
    return bool((words | bare) & _LEGAL_FORMS) or any(firm in text[:200] for firm in _FIRMS)


def looks_made_up(name: str) -> bool:
    """One word with a capital in its middle, as form robots call themselves."""
    return bool(re.fullmatch(r"[A-Z][a-z]{3,12}[A-Z][a-z]{3,10}", name.strip()))
