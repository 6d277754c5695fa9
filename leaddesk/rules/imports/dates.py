"""Dates and times as tables write them, in the order of day and month that the whole column shows."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from leaddesk.rules.capture.vocabulary import fold, shipped

_LONGEST = 60
_TIME = (
    r"(?:[ T,]{1,3}(?:at |um )?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?"
    r"\s{0,2}([AaPp]\.?[Mm]\.?)?)?"
)
_ZONE = r"(?:\s{0,2}(?:Uhr\s{0,2})?(Z|UTC|GMT)?\s?([+-]\d{2}:?\d{2})?)"
_NUMBERS = re.compile(rf"(\d{{1,4}})\s?([./-])\s?(\d{{1,2}})\s?[./-]\s?(\d{{1,4}})\.?{_TIME}{_ZONE}")
_WORD = r"([^\W\d_]{3,12})"
_WORDS = re.compile(
    rf"(?:[^\W\d_]{{2,12}}\.?,?\s)?"
    rf"(?:(\d{{1,2}})(?:\.|st|nd|rd|th|er)?[ -](?:de |of )?{_WORD}\.?,?[ -](?:de )?(\d{{2,4}})"
    rf"|{_WORD}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})),?{_TIME}{_ZONE}"
)
_KANJI = re.compile(rf"(\d{{4}})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]?{_TIME}")
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d{1,12}))?")
_EPOCH = re.compile(r"(1\d{9})(\d{3})?")
_SHEET_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_NOON = 12


class Order(enum.Enum):
    """Which of two small numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Moment(NamedTuple):
    """A moment; without `has_time` only its day was told, and noon is put for it."""

    at: datetime
    has_time: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one column. `zone` is where a time without one was written down."""

    order: Order
    zone: tzinfo

    def read(self, text: str) -> Moment | None:
        """The moment that `text` tells, or None.

        >>> Reader(Order.DAY_FIRST, UTC).read("9.11.26 8:14").at.isoformat()
        '2026-11-09T08:14:00+00:00'
        """
        text = text.strip()[:_LONGEST]
        try:
            return self._iso(text) or self._numbers(text) or self._words(text) or self._counted(text)
        except (ValueError, OverflowError):
            return None

    def _iso(self, text: str) -> Moment | None:
        if not (text[:4].isdigit() and text[4:5] == "-"):
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return None
        return self._placed(at, has_time=len(text) > 10)

    def _numbers(self, text: str) -> Moment | None:
        match = _NUMBERS.fullmatch(text)
        if match is None:
            kanji = _KANJI.fullmatch(text)
            return self._at(kanji[1], kanji[2], kanji[3], kanji.groups()[3:]) if kanji else None
        first, mark, second, third, *rest = match.groups()
        if len(first) == 4:
            return self._at(first, second, third, rest)
        if len(first) == 3 or len(third) in (1, 3):
            return None
        day, month = _day_and_month(int(first), int(second), self._order_for(mark))
        return self._at(third, month, day, rest)

    def _order_for(self, mark: str) -> Order:
        return Order.DAY_FIRST if mark == "." else self.order

    def _words(self, text: str) -> Moment | None:
        match = _WORDS.fullmatch(text)
        if match is None:
            return None
        day, word, year = match.groups()[:3] if match[1] else (match[5], match[4], match[6])
        month = shipped().months.get(fold(word))
        return self._at(year, month, day, match.groups()[6:]) if month else None

    def _counted(self, text: str) -> Moment | None:
        """Days as spreadsheets count them, seconds as computers do."""
        serial = _SERIAL.fullmatch(text)
        if serial:
            days = float(f"{serial[1]}.{serial[2] or 0}")
            naive = (_SHEET_EPOCH + timedelta(days=days)).replace(tzinfo=None, microsecond=0)
            return self._placed(naive, has_time=bool(serial[2]))
        epoch = _EPOCH.fullmatch(text)
        return Moment(datetime.fromtimestamp(int(epoch[1]), UTC), True) if epoch else None

    def _at(self, year: str, month: str | int, day: str | int, clock: Sequence[str | None]) -> Moment:
        """`clock` is hour, minute, second, half of the day and, where it can be told, UTC and offset."""
        hour, minute, second, half, utc, offset = (*clock, None, None)[:6]
        at = datetime(_year(year), int(month), int(day))  # noqa: DTZ001 - its zone is put to it below
        if hour is not None and minute is not None:
            at = at.replace(hour=_hour(int(hour), half), minute=int(minute), second=int(second or 0))
        return self._placed(at.replace(tzinfo=_zone(utc, offset)), has_time=hour is not None)

    def _placed(self, at: datetime, *, has_time: bool) -> Moment:
        if not has_time:
            at = at.replace(hour=_NOON, minute=0)
        placed = at if at.tzinfo else at.replace(tzinfo=self.zone)
        return Moment(placed if placed.tzinfo is UTC else placed.astimezone(UTC), has_time)


def looks_like_date(text: str) -> bool:
    """True for a day with year, in any order: never for a bare number, which may be anything."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    if text.replace(".", "").isdigit() and text.count(".") < 2:
        return False
    return any(Reader(order, UTC).read(text) is not None for order in Order)


def order_of(values: Iterable[str], default: Order) -> Order:
    """The order that the column's own dates prove, else `default`."""
    for value in values:
        match = _NUMBERS.fullmatch(value.strip()[:_LONGEST])
        if match is None or len(match[1]) > 2 or match[2] == ".":
            continue
        if int(match[1]) > 12 >= int(match[3]):
            return Order.DAY_FIRST
        if int(match[3]) > 12 >= int(match[1]):
            return Order.MONTH_FIRST
    return default


def _day_and_month(first: int, second: int, order: Order) -> tuple[int, int]:
    """A month above twelve is a day, whatever the others say."""
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return (month, day) if month > 12 >= day else (day, month)


def _year(text: str) -> int:
    return int(text) + (0 if len(text) > 2 else 2000 if int(text) < 70 else 1900)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _zone(utc: str | None, offset: str | None) -> tzinfo | None:
    if offset is None:
        return UTC if utc else None
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
