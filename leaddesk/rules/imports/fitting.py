"""Whether the values of a column can be what its title says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC

from leaddesk.rules.imports import cells
from leaddesk.rules.imports.dates import Order, Reader, looks_like_date
from leaddesk.rules.imports.titles import Meaning
from leaddesk.words.imports import Field

HALF, MOST = 0.5, 0.6
_LONGEST_NAME = 120
_LONGEST_STATUS = 80


class Values:
    """The values of one column, as far as they have been seen; asked what they look like."""

    def __init__(self, values: Sequence[str]) -> None:
        self.filled = [value for value in values if value]

    def __len__(self) -> int:
        return len(self.filled)

    def share(self, is_such: Callable[[str], bool]) -> float:
        """How many of those that are not empty are such; 0 where all are empty."""
        return sum(map(is_such, self.filled)) / len(self.filled) if self.filled else 0.0

    @property
    def length(self) -> float:
        """Characters of the usual value."""
        return sum(map(len, self.filled)) / len(self.filled) if self.filled else 0.0


def fits(meaning: Meaning, values: Values) -> bool:
    """Whether the values can be what the title says; of an empty column the title is believed."""
    if not values:
        return not meaning.in_doubt
    return _CHECKS[meaning.field](values, meaning)


def _are_emails(values: Values, meaning: Meaning) -> bool:
    return values.share(lambda v: "@" in v) >= (MOST if meaning.in_doubt else HALF)


def _are_phones(values: Values, meaning: Meaning) -> bool:
    if meaning.in_doubt:
        return values.share(cells.is_number_like) >= MOST
    return values.share(_may_be_phone) >= HALF


def _may_be_phone(text: str) -> bool:
    return (sum(map(str.isdigit, text)) >= 3 and not looks_like_date(text)) or text.startswith("###")


def _are_names(values: Values, meaning: Meaning) -> bool:
    return values.share(may_be_name) >= HALF


def may_be_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and "\n" not in text
        and not cells.is_address(text)
        and not cells.is_web(text)
        and any(map(str.isalpha, text))
    )


def _are_companies(values: Values, meaning: Meaning) -> bool:
    return values.share(may_be_name) >= (MOST if meaning.in_doubt else HALF)


def _are_dates(values: Values, meaning: Meaning) -> bool:
    reader = Reader(Order.DAY_FIRST, UTC)
    return values.share(lambda v: reader.read(v) is not None) >= MOST


def _are_words(values: Values, meaning: Meaning) -> bool:
    return values.share(lambda v: cells.is_plain_number(v) or looks_like_date(v)) <= HALF


def _are_short(values: Values, meaning: Meaning) -> bool:
    return values.share(lambda v: len(v) <= _LONGEST_STATUS and "\n" not in v) >= HALF and _are_words(
        values, meaning
    )


_CHECKS: Mapping[Field, Callable[[Values, Meaning], bool]] = {
    Field.NAME: _are_names,
    Field.FIRST_NAME: _are_names,
    Field.MIDDLE_NAME: _are_names,
    Field.LAST_NAME: _are_names,
    Field.EMAIL: _are_emails,
    Field.PHONE: _are_phones,
    Field.COMPANY: _are_companies,
    Field.MESSAGE: _are_words,
    Field.NOTE: _are_words,
    Field.RECEIVED_AT: _are_dates,
    Field.SOURCE: _are_words,
    Field.OWNER: _are_short,
    Field.STATUS: _are_short,
}
