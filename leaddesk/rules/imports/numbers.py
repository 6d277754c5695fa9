"""Telephone numbers of a table as they are compared, those that a spreadsheet has shortened mended."""

from __future__ import annotations

from dataclasses import dataclass

from leaddesk.rules.capture.phones import Regions, e164
from leaddesk.rules.imports.cells import Phone
from leaddesk.rules.person import phone_key

_SHORTEST = 7
_WITH_COUNTRY = 11
"""Digits from which a bare number may hold its country's code."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is kept and as it is compared; `is_spoiled` where it did not come as people write it."""

    value: str
    key: str
    is_spoiled: bool


class Numbers:
    """Reads the numbers of one file."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._home = next(iter((*regions.told, *regions.spoken)), "")
        self._trunk = _trunk_of(self._home)

    def read(self, phone: Phone) -> Number | None:
        """The number, or None where it is none."""
        text = phone.text
        if text.isdigit() and text.isascii() and text[0] != "0" and len(text) >= _SHORTEST:
            return self._bare(text, phone.is_spoiled)
        return self._kept(text, phone.is_spoiled)

    def _kept(self, text: str, is_spoiled: bool) -> Number | None:
        found = e164(text, self._regions)
        key = phone_key(found) if found else None
        if found is None or key is None:
            return None
        return Number(found if found[0] == "+" else text, key, is_spoiled)

    def _bare(self, text: str, is_spoiled: bool) -> Number | None:
        """Digits without a zero or plus at their front: both get lost where numbers are kept as amounts."""
        if len(text) >= _WITH_COUNTRY and self._is_abroad(text):
            return Number(f"+{text}", f"+{text}", True)
        if self._trunk == "0" and len(text) < _WITH_COUNTRY:
            mended = e164(f"0{text}", self._regions)
            if mended is not None and mended[0] == "+":
                return Number(mended, mended, True)
        return self._kept(text, is_spoiled)

    def _is_abroad(self, text: str) -> bool:
        """True when the digits are a number in full; eleven that begin with 1 are what America writes."""
        if text[0] == "1":
            return False
        found = e164(f"+{text}", self._regions)
        return found == f"+{text}"


def _trunk_of(region: str) -> str:
    """What is dialled before a number inside the country: 0 in most, nothing in some."""
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 - its tables take a while to load

    metadata = PhoneMetadata.metadata_for_region(region, None) if region else None
    return str(metadata.national_prefix or "") if metadata is not None else ""
