"""Telephone numbers: found in text, told from dates and order numbers, written as E.164."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from leaddesk.rules.capture.vocabulary import Vocabulary
from leaddesk.words.countries import Country

TEXT_LIMIT = 20_000
"""Characters of a text in which numbers are looked for."""

_CANDIDATE = re.compile(
    r"(?<![\w@/.,:=+#-])(?:\+|\(\+?)?\d(?:[ \u00a0().\-\u2010-\u2013/]{0,3}\d){5,16}(?![\w@])"
)
_TIGHT_END = re.compile(
    r"\s*+(?:[%\u20ac$\u00a3\u00a5]|(?:eur|usd|gbp|chf|kg|km|cm|mm|m2|m\u00b2|sqm|qm|uhr|h)\b)", re.IGNORECASE
)
_MARK = re.compile(r"^\s{0,3}[a-z]{1,4}:\s{0,2}(?=[+(\d])", re.IGNORECASE)
"""What exports put before a number: "p:+44", "tel:"."""
_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:\D.*)?|\d{1,2}[.:]\d{2}\s*[-\u2013]\s*\d{1,2}[.:]\d{2}"
)
_EXTENSION = re.compile(
    r"[\s,;]{0,4}+(?:ext|extension|x|durchwahl|poste|int)\b.*|\sx\d{1,6}.*", re.IGNORECASE | re.DOTALL
)
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NO_PHONE = (
    "fax", "telefax", "nr", "no", "number", "nummer", "ref", "order", "id", "invoice", "rechnung",
    "iban", "vat", "ust", "siret", "hrb", "registration", "item", "lead", "ticket", "account", "konto",
    "code", "zip", "plz", "fn", "kvk",
)  # fmt: skip
"""Words that announce a number which nobody can ring."""
_PHONE_WORD = re.compile(
    r"(?:phone|tel\w*|mobil\w*|cell|call|ring|text|whats\w*|number is|fon|handy|gsm|portable|\u96fb\u8a71|"
    r"m\u00f3vil)\W{0,12}\w{0,12}\W{0,5}$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\(?[2-9]\d\d\)?[ .-]{1,2}[2-9]\d\d[ .-]\d{4}")
_AMERICA = frozenset({"US", "CA"})
_OFFSETS = {
    -300: "US", -360: "US", -420: "US", -480: "US", -240: "US", -540: "US", -600: "US",
    60: "GB", 540: "JP",
    600: "AU", 660: "AU", 570: "AU", 630: "AU", 720: "NZ", 780: "NZ", -180: "BR", 330: "IN",
}  # fmt: skip
_BOTH = frozenset({"IT", "SM", "VA", "CI", "CG", "GA"})
"""Countries where a nought belongs to some of the numbers."""
_TLD = {"uk": "GB", "eu": "", "io": "", "co": "", "tv": "", "me": "", "ai": "", "su": "RU"}


@dataclass(frozen=True, slots=True)
class Regions:
    """The countries a number without a country code may belong to, likeliest first."""

    told: tuple[str, ...]
    """By the ends of domains and the sender's clock."""
    spoken: tuple[str, ...] = ()
    """Only by the language."""


def regions(
    domains: list[str],
    offset_minutes: int | None,
    language: str,
    vocabulary: Vocabulary,
    *,
    summer: bool = True,
) -> Regions:
    """Likely countries by the ends of our and their domains, the sender's clock and language.

    `summer`: whether an hour before Greenwich may be British; outside of it only the continent has that.
    """
    told = dict.fromkeys(code for domain in domains if (code := _region_of(domain)))
    spoken = vocabulary.regions.get(language, ())
    clock = _OFFSETS.get(offset_minutes, "") if offset_minutes is not None else ""
    clock = "" if clock == "GB" and not summer else clock
    if clock and (language == "en" or clock in spoken):
        told.setdefault(clock)
    if offset_minutes is None:  # data without a clock: only what English data nearly always means
        return Regions(tuple(told), ("US",) if language == "en" else ())
    return Regions(tuple(told), spoken)


def at_home(found: Regions, country: Country) -> Regions:
    """The same with the firm's country: first where it was told; where the machine makes it likely, after all
    but English, which is written in every country and so tells least."""
    told = (country.told, *found.told) if country.told else found.told
    is_english = found.spoken[:1] == ("US",)
    likely = (country.likely,) if country.likely else ()
    spoken = (*likely, *found.spoken) if is_english else (*found.spoken, *likely)
    return Regions(tuple(dict.fromkeys(told)), tuple(dict.fromkeys(spoken)))


def _region_of(domain: str) -> str:
    top = domain.rpartition(".")[2].lower()
    if len(top) != 2:
        return ""
    return _TLD.get(top, top.upper())


@functools.lru_cache(maxsize=256)
def e164(text: str, regions: Regions) -> str | None:
    """The number in `text` as E.164; its digits as given where no country fits; None when it is no number.

    Numbers that are merely possible count: those reserved for fiction, and new ones, are never "valid".
    """
    text = _EXTENSION.sub("", text.strip()[:60])
    digits = re.sub(r"\D", "", text)
    if not 6 <= len(digits) <= 15 or len(set(digits)) == 1:
        return None
    if "+" in text[:3] or text.startswith("00"):
        found = _parsed(re.sub(r"\(0\)", "", text), None)
        return found or digits
    return _in_a_region(text, digits, regions) or digits


def _in_a_region(text: str, digits: str, regions: Regions) -> str | None:
    """The number in the first country where people write it so; a valid one goes before a possible one."""
    bracketed = text.strip()[:1] == "("  # "(720) 555-0151" is written so nowhere else
    if _AMERICAN.fullmatch(text.strip()) and (bracketed or not set(regions.told) - _AMERICA):
        leaves_no_doubt = bool(bracketed or regions.told) or regions.spoken[:1] == ("US",)
        at_home = [] if leaves_no_doubt else _tried(text, digits, regions.spoken)[0]
        # "339 555 0166" in Italian is no American's
        return next((found for found in at_home if _is_valid(found)), None) or _parsed(text, "US")
    told, told_oddly = _tried(text, digits, regions.told)
    if told:
        return _best(told)
    spoken, spoken_oddly = _tried(text, digits, regions.spoken)
    surely = next((found for found in spoken if _is_valid(found)), None)
    for found in (surely, _best(told_oddly), _best(spoken), _best(spoken_oddly)):
        if found:
            return found
    return _parsed("+" + digits, None) if len(digits) == 11 and digits[0] == "1" else None


def _tried(text: str, digits: str, codes: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What the number is in each country where it is possible: as they write it there, and oddly written.

    One that is valid in a country ends the search: those behind it are less likely.
    """
    usual: list[str] = []
    odd: list[str] = []
    nought = digits[0] == "0"
    for code in codes[:4]:
        if nought and not _has_zero(code):
            continue  # no number begins with one there
        found = _parsed(text, code)
        if not found:
            continue
        if nought != _has_zero(code) and code not in _BOTH:
            odd.append(found)
        elif _is_valid(found):
            return [found], odd
        else:
            usual.append(found)
    return usual, odd


def _best(numbers: list[str]) -> str | None:
    if len(numbers) < 2:
        return next(iter(numbers), None)
    return next((found for found in numbers if _is_valid(found)), numbers[0])


@functools.cache
def _has_zero(code: str) -> bool:
    """Numbers are dialled with a nought before them there, or begin with one."""
    from phonenumbers.phonemetadata import PhoneMetadata  # noqa: PLC0415 - its tables take a while to load

    if code in _BOTH:
        return True
    country = PhoneMetadata.metadata_for_region(code, None)
    return country is not None and country.national_prefix == "0"


def _parsed(text: str, region: str | None) -> str | None:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    if region is None and text.startswith("00"):
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@functools.lru_cache(maxsize=256)
def _is_valid(e164_text: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    return bool(phonenumbers.is_valid_number(phonenumbers.parse(e164_text, None)))


def is_phone(text: str) -> bool:
    """True when the whole of `text` looks like one number, as the value of a field does."""
    bare = _EXTENSION.sub("", text.strip()[:80])
    match = _CANDIDATE.fullmatch(bare) if len(bare) < 40 else None
    return bool(match) and not _DATE.fullmatch(bare)


def first_phone(text: str, regions: Regions) -> str | None:
    """The likeliest number in running text: one that a word announces, else one that begins as numbers do."""
    plain: str | None = None
    for match in _candidates(text[:TEXT_LIMIT]):
        before = text[max(0, match.start() - 40) : match.start()]
        found = e164(match.group(), regions)
        if not found or not found.startswith("+"):
            continue
        if _PHONE_WORD.search(before) or match.group().startswith("+"):
            return found
        plain = plain or found
    return plain


def _candidates(text: str) -> Iterator[re.Match[str]]:
    for match in _CANDIDATE.finditer(text):
        number = match.group()
        before = text[max(0, match.start() - 24) : match.start()]
        if _DATE.fullmatch(number.strip()) or _announces_other(before):
            continue
        if _TIGHT_END.match(text, match.end()) or len(re.sub(r"\D", "", number)) < 7:
            continue
        yield match


def _announces_other(before: str) -> bool:
    told = _NOT_LETTERS.split(before.rstrip(" :.#\t\n\u00a0"))[-1].lower()
    return told in _NO_PHONE or told.startswith(("rechnung", "konto", "refer"))


def labelled_phone(value: str, regions: Regions) -> str | None:
    """The number of a field whose label says that it is one: the first of several."""
    match = _CANDIDATE.search(_EXTENSION.sub("", _MARK.sub("", value[:200])))
    return e164(match.group(), regions) if match else None
