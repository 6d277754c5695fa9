"""Telephone numbers of a table as they are compared, those that a spreadsheet has shortened mended."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from leaddesk.rules.capture.phones import Regions, e164
from leaddesk.rules.imports.cells import Phone
from leaddesk.rules.person import phone_key

_SHORTEST = 7
_WITH_COUNTRY = 11
"""Digits from which a bare number may hold its country's code."""
_LOOKED_AT = 30
_NOTHING = re.compile(r"(?!)")
_MARKS = str.maketrans("", "", " \u00a0()-./\u2010\u2011\u2012\u2013")


class Number(NamedTuple):
    """A number as it is kept and as it is compared; `is_spoiled` where it did not come as people write it."""

    value: str
    key: str
    is_spoiled: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the numbers of a country are built, where that is simple: else `lengths` are empty."""

    code: str
    trunk: str
    """What is dialled before a number inside the country: 0 in most, nothing in some."""
    lengths: frozenset[int]
    outward: re.Pattern[str]
    """What is dialled for another country."""

    def abroad(self, digits: str) -> str | None:
        """E.164 of a number with its country's code, or None where it takes more to tell."""
        own = digits[len(self.code) :]
        if len(own) not in self.lengths or own[0] == "0" or (self.trunk and own.startswith(self.trunk)):
            return None
        return f"+{digits}"

    def at_home(self, digits: str) -> str | None:
        """E.164 of a number as it is dialled inside the country, or None where it takes more to tell."""
        if (self.trunk and not digits.startswith(self.trunk)) or self.outward.match(digits):
            return None
        own = digits[len(self.trunk) :]
        if len(own) not in self.lengths or own[0] == "0" or (not self.trunk and own.startswith(self.code)):
            return None
        return f"+{self.code}{own}"


class Numbers:
    """Reads the numbers of one file, most of them without asking a library for long.

    `sample` are some of them: in which of the likely countries they make sense is decided for all together.
    """

    def __init__(self, regions: Regions, sample: Iterable[str] = ()) -> None:
        self._home = _home_of(regions, [text for text in sample if text][:_LOOKED_AT])
        self._regions = Regions((self._home, *regions.told), regions.spoken) if self._home else regions
        self._plan = plan_of_region(self._home)

    def usual(self, text: str) -> Number | None:
        """What `read` gives for a number in the usual form, told in one look; else None."""
        if text[:1] in ("0", "+") and " / " not in text:  # two numbers, perhaps
            found = self._quick(text)
            if found is not None:
                return Number(found, found, False)
        return None

    def read(self, phone: Phone) -> Number | None:
        """The number, or None where it is none."""
        text = phone.text
        if text.isdigit() and text.isascii() and text[0] != "0" and len(text) >= _SHORTEST:
            return self._bare(text, phone.is_spoiled)
        return self._kept(text, phone.is_spoiled)

    def _kept(self, text: str, is_spoiled: bool) -> Number | None:
        found = self._quick(text) or e164(text, self._regions)
        if found is None:
            return None
        if found[0] == "+" and not _is_local(found):
            return Number(found, found, is_spoiled)
        key = phone_key(found if found[0] != "+" else text.lstrip("+"))
        return Number(text, key, is_spoiled) if key is not None else None

    def _quick(self, text: str) -> str | None:
        """E.164 of the usual number of a usual country: the same that the library gives (a property test)."""
        digits = text.translate(_MARKS)
        if digits[:1] == "+":
            digits = digits[1:]
            if not (digits.isdigit() and digits.isascii()) or "(0)" in text:
                return None
            plan = _plan_of_number(digits)
            return plan.abroad(digits) if plan else None
        if not (digits.isdigit() and digits.isascii()) or len(digits) < _SHORTEST:
            return None
        return self._plan.at_home(digits)

    def _bare(self, text: str, is_spoiled: bool) -> Number | None:
        """Digits without a zero or plus at their front: both get lost where numbers are kept as amounts."""
        if len(text) >= _WITH_COUNTRY and text[0] != "1":  # eleven that begin with 1 are what America writes
            found = self._quick(f"+{text}") or e164(f"+{text}", self._regions)
            if found == f"+{text}":
                return Number(found, found, True)
        if self._plan.trunk == "0" and len(text) < _WITH_COUNTRY:
            mended = self._quick(f"0{text}") or e164(f"0{text}", self._regions)
            if mended is not None and mended[0] == "+":
                return Number(mended, mended, True)
        return self._kept(text, is_spoiled)


def _home_of(regions: Regions, sample: list[str]) -> str:
    """The country in which most of the sample are numbers: of equal ones the likelier."""
    candidates = list(dict.fromkeys((*regions.told, *regions.spoken)))[:6]
    inland = [text for text in sample if text.lstrip("( ")[:1] not in ("+", "")]
    if len(candidates) < 2 or not inland:
        return candidates[0] if candidates else ""
    return max(candidates, key=lambda code: (_valid(inland, code), -candidates.index(code)))


def _valid(numbers: Iterable[str], region: str) -> int:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load

    count = 0
    for text in numbers:
        try:
            count += phonenumbers.is_valid_number(phonenumbers.parse(text[:40], region))
        except phonenumbers.NumberParseException:
            continue
    return count


@functools.cache
def plan_of_region(region: str) -> _Plan:
    """How a country's numbers are built."""
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 - its tables take a while to load

    metadata = PhoneMetadata.metadata_for_region(region, None) if region else None
    if metadata is None or metadata.general_desc is None:
        return _Plan("", "", frozenset(), _NOTHING)
    trunk = metadata.national_prefix or ""
    is_simple = (
        metadata.national_prefix_for_parsing or ""
    ) == trunk and not metadata.national_prefix_transform_rule
    lengths = frozenset(metadata.general_desc.possible_length) if is_simple else frozenset()
    outward = re.compile(metadata.international_prefix) if metadata.international_prefix else _NOTHING
    return _Plan(str(metadata.country_code), trunk, lengths, outward)


@functools.cache
def _plan_of_code(code: str) -> _Plan | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE  # noqa: PLC0415 - its tables take a while to load

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    return plan_of_region(regions[0]) if regions else None


def _is_local(number: str) -> bool:
    """True for what can be dialled only next door: without its area it is nobody's in the country."""
    plan = _plan_of_number(number[1:])
    return plan is not None and len(number) - 1 - len(plan.code) not in plan.lengths


def _plan_of_number(digits: str) -> _Plan | None:
    """The plan of the country whose code the digits begin with."""
    for size in (1, 2, 3):
        plan = _plan_of_code(digits[:size]) if len(digits) > size and digits[0] != "0" else None
        if plan is not None:
            return plan if plan.lengths else None
    return None
