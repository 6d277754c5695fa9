"""When a firm is open: its week, and the days on which it is shut; written as text in the settings.

>>> week_words(read_week("Mon-Fri 09:00-17:30; Sat 10:00-13:00"))
'Mon-Fri 09:00-17:30; Sat 10:00-13:00'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

MIDNIGHT = 24 * 60
"""The end of a day, in minutes since its beginning."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(r"([a-z]+) ?(?:- ?([a-z]+) ?)? (.+)")
_TIMES = re.compile(r"(\d{1,2})[:.](\d{2}) ?- ?(\d{1,2})[:.](\d{2})")
_EXAMPLE = "Write it as 'Mon-Fri 09:00-17:30; Sat 10:00-13:00'."


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day, in minutes since midnight by the wall clock; the end is exclusive, at most 1,440."""

    start: int
    end: int


Week = tuple[tuple[Span, ...], ...]
"""Seven days from Monday; each with its spans in order, none that meet another."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A firm's hours. `region` is a name of the holidays package ("DE", "DE-BE"), or "" for none."""

    week: Week
    closed: frozenset[date] = frozenset()
    region: str = ""


def read_week(text: str) -> Week:
    """The week that `text` tells. Raises ValueError with a sentence where it tells none.

    Parts are divided by ';', several spans of a day by ','; days may wrap ("Sat-Mon"), and a span may end at
    24:00. Without any part the firm is always shut.
    """
    days: list[list[Span]] = [[] for _ in _DAYS]
    for part in filter(None, (each.strip() for each in text.lower().split(";"))):
        found = _PART.fullmatch(" ".join(part.split()))
        if not found:
            raise ValueError(f"'{part}' is no day with its hours. {_EXAMPLE}")
        spans = [_span(each.strip()) for each in found[3].split(",")]
        for day in _days(found[1], found[2] or found[1]):
            days[day].extend(spans)
    return tuple(_in_order(spans) for spans in days)


def _days(first: str, last: str) -> Iterator[int]:
    start, end = _day(first), _day(last)
    for step in range((end - start) % 7 + 1):
        yield (start + step) % 7


def _day(word: str) -> int:
    number = next((n for n, name in enumerate(_DAYS) if word[:3] == name), None)
    if number is None:
        raise ValueError(f"'{word}' is no day of the week. {_EXAMPLE}")
    return number


def _span(text: str) -> Span:
    found = _TIMES.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' are no hours. {_EXAMPLE}")
    hour, minute, to_hour, to_minute = map(int, found.groups())
    span = Span(hour * 60 + minute, to_hour * 60 + to_minute)
    if minute > 59 or to_minute > 59 or span.end > MIDNIGHT:
        raise ValueError(f"'{text}' is no time of the day; the last is 24:00.")
    if span.start >= span.end:
        raise ValueError(f"'{text}' ends before it begins; what goes past midnight is two days.")
    return span


def _in_order(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that meet or overlap are one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def week_words(week: Week) -> str:
    """The week as `read_week` reads it."""
    parts = []
    for spans, group in groupby(range(7), key=lambda day: week[day]):
        days = list(group)
        if spans:
            names = _DAYS[days[0]].title() + (f"-{_DAYS[days[-1]].title()}" if len(days) > 1 else "")
            parts.append(f"{names} {', '.join(f'{_clock(s.start)}-{_clock(s.end)}' for s in spans)}")
    return "; ".join(parts)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_days(text: str) -> frozenset[date]:
    """Days with commas between, as "2026-12-25,2026-12-26". Raises ValueError with a sentence."""
    days = set()
    for part in filter(None, (each.strip() for each in text.split(","))):
        try:
            days.add(date.fromisoformat(part))
        except ValueError:
            raise ValueError(f"'{part}' is no day. Write it as 2026-12-25.") from None
    return frozenset(days)


def read_region(text: str) -> str:
    """A name of the holidays package ("DE", "DE-BE"), or "" for "none". Raises ValueError with a sentence."""
    region = text.strip().upper()
    if region in ("", "NONE"):
        return ""
    try:
        calendar(region)
    except (NotImplementedError, AttributeError):
        raise ValueError(
            f"no holidays are known for '{region}'. A country's two letters are needed, with its part where"
            " that differs: DE-BE, GB-ENG, US-CA."
        ) from None
    return region


def regions() -> tuple[tuple[str, str, str], ...]:
    """Every region whose holidays are known: its name here, its country's letters, its part's words."""
    from holidays import country_holidays, list_supported_countries  # noqa: PLC0415

    found = []
    for country, parts in sorted(list_supported_countries(include_aliases=False).items()):
        found.append((country, country, ""))
        known = country_holidays(country).subdivisions_aliases if parts else {}
        words = {code: name for name, code in reversed(known.items())}
        found.extend((f"{country}-{part}", country, words.get(part, part)) for part in parts)
    return tuple(found)


@cache
def calendar(region: str) -> HolidayBase:
    """The public holidays of a region: a day's name by its date. Raises NotImplementedError for no region.

    Loaded only where a firm keeps holidays: the package is large.
    """
    from holidays import country_holidays  # noqa: PLC0415

    country, _, part = region.partition("-")
    return country_holidays(country, subdiv=part or None)
