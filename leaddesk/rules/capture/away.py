"""The day on which somebody is back, read from an away note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

TEXT_LIMIT = 5000
_LOOK_BACK = 70
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?(?![\d/-])")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d{2})-(\d{2})(?!\d)")
_DAYS_OF_MONTH = re.compile(
    r"(?<!\d)\d{1,2}\.?\s?[-\u2013]\s?(\d{1,2})\.(\d{1,2})(?:\.(20\d\d|\d\d)?)?(?![\d/-])"
)
"""The last day of "9-13.11.2026" and "9.-13.11."."""
_JAPANESE = re.compile(r"(?:(20\d\d)\u5e74)?(\d{1,2})\u6708(\d{1,2})\u65e5")
_DAY_MONTH = re.compile(
    r"(?<![\w.])(\d{1,2})(?:st|nd|rd|th|er|\.|\u00ba)?\s{1,2}(?:of\s|de\s|d[\u2019'])?([^\W\d_]{3,12})\.?"
    r"(?:,?\s{1,2}(?:de\s)?(20\d\d))?(?![\w:])",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?<![\w.])([^\W\d_]{3,12})\.?\s{1,2}(?:the\s)?(\d{1,2})(?:st|nd|rd|th)?(?:,?\s{1,2}(20\d\d))?(?![\w:])",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(r"\b(?:the|[a-z]{3,6}day,?) (\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_DAY_ONLY = re.compile(
    r"\b(?:le|am|il|el d\u00eda|el|d\u00eda|op|dnia|dia) (\d{1,2})\b"
    r"(?!\s?[%:h/\u20ac\d-]|[.,]?\d|\.?\s[^\W\d_]{3})",
    re.IGNORECASE,
)
_WEEKDAY_DAY = re.compile(
    r"(?<!\w)([^\W\d_]{4,12}),?\s(?:den\s|the\s|d\.\s)?(\d{1,2})\b(?!\s?[%:h/\u20ac-]|[.,]?\d|\.?\s[^\W\d_]{3,12}\s\d)",
    re.IGNORECASE,
)
"""A day of the week with the day's number: "lunes 23", "Montag, den 16."."""
_WORD = re.compile(r"[^\W\d_]{2,14}")
_FROM_DAY = re.compile(
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|\.|\u00ba)?\s?(?:-|\u2013|to|bis|au|al|a|tot|do|till)\s?$",
    re.IGNORECASE,
)
"""The first day of "from the 3rd to", before its last one."""
_RANGE = re.compile(
    r"\s*(?:-|\u2013|\u2014|to|through|thru|bis|au|al|a|tot|do|until|till|\u301c|~)\s*", re.IGNORECASE
)


_SENTENCE_END = re.compile(r"[.!?\n]\s(?=\s{0,3}[^\s\d])|\u3002")
"""Not the point of "einschl. 5.1.", behind which the day stands."""


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    start: int
    end: int


def return_date(
    text: str, sent: date, vocabulary: Vocabulary, *, month_first: bool, day_first: bool = False
) -> date | None:
    """The first day back, or None. "Until" without "inclusive" is taken as that day itself.

    `month_first`: 11/12 is a day of November; `day_first`: surely one of December, also without a year.
    """
    text = text[:TEXT_LIMIT]
    month_first, is_sure = _order(text, month_first=month_first, day_first=day_first)
    days = _days(text, sent, vocabulary, month_first=month_first, is_sure=is_sure)
    found = sorted(days, key=lambda each: each.start)
    back = [each for each in found if _announced(text, each, vocabulary, "back")]
    if back:
        return back[-1].day
    until = [
        each
        for each in found
        if _announced(text, each, vocabulary, "until") or _ends_range(text, each, found)
    ]
    if not until:
        return None
    last = until[-1]
    return last.day + timedelta(days=1) if _inclusive(text, last, vocabulary) else last.day


def _order(text: str, *, month_first: bool, day_first: bool) -> tuple[bool, bool]:
    """Whether the month stands first, and whether that is sure: 25/11 tells how 2/12 beside it is meant."""
    pairs = [(int(each[1]), int(each[3])) for each in _NUMERIC.finditer(text) if each[2] == "/"]
    if any(first > 12 for first, _ in pairs):
        return False, True
    if any(second > 12 for _, second in pairs):
        return True, True
    return month_first, day_first


def _days(text: str, sent: date, vocabulary: Vocabulary, *, month_first: bool, is_sure: bool) -> list[_Found]:
    found: list[_Found] = []
    for match in _ISO.finditer(text):
        _add(found, match, _date(int(match[1]), int(match[2]), int(match[3])))
    for match in _JAPANESE.finditer(text):
        _add(found, match, _dated(match[1], int(match[2]), int(match[3]), sent))
    for match in _DAYS_OF_MONTH.finditer(text):
        last = _dated(_full(match[3]), int(match[2]), int(match[1]), sent)
        if last:
            found.append(_Found(last, match.start(1), match.end()))
    for match in _NUMERIC.finditer(text):
        _add(found, match, _numeric(match, sent, month_first=month_first, is_sure=is_sure))
    for match in _DAY_MONTH.finditer(text):
        _add(found, match, _named(match[2], match[1], match[3], sent, vocabulary))
    for match in _MONTH_DAY.finditer(text):
        _add(found, match, _named(match[1], match[2], match[3], sent, vocabulary))
    for match in _DAY_ALONE.finditer(text):
        _add(found, match, _next_day_of_month(int(match[1]), sent))
    for match in _WEEKDAY_DAY.finditer(text):
        if fold(match[1]) in vocabulary.weekdays and 1 <= int(match[2]) <= 31:
            _add(found, match, _next_day_of_month(int(match[2]), sent))
    for match in _DAY_ONLY.finditer(text):
        if 1 <= int(match[1]) <= 31:
            _add(found, match, _next_day_of_month(int(match[1]), sent))
    return found or _by_weekday(text, sent, vocabulary)


def _add(found: list[_Found], match: re.Match[str], day: date | None) -> None:
    if day and not any(each.start < match.end() and match.start() < each.end for each in found):
        found.append(_Found(day, match.start(), match.end()))


def _named(month: str, day: str, year: str | None, sent: date, vocabulary: Vocabulary) -> date | None:
    number = vocabulary.months.get(fold(month))
    return _dated(year, number, int(day), sent) if number else None


def _numeric(match: re.Match[str], sent: date, *, month_first: bool, is_sure: bool) -> date | None:
    first, second = int(match[1]), int(match[3])
    if match[2] == "/" and not (match[4] or is_sure) and first <= 12 and second <= 12 and first != second:
        return None  # 5/1 without a year: nobody can tell
    by_month = match[2] == "/" and month_first
    if second > 12 >= first:
        by_month = True
    month, day = (first, second) if by_month else (second, first)
    year = match[4]
    return _dated(_full(year), month, day, sent)


def _full(year: str | None) -> str | None:
    return f"20{year}" if year and len(year) == 2 else year


def _dated(year: str | None, month: int, day: int, sent: date) -> date | None:
    if year:
        return _date(int(year), month, day)
    found = _date(sent.year, month, day)
    if found and found < sent - timedelta(days=60):
        return _date(sent.year + 1, month, day)
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_day_of_month(day: int, sent: date) -> date | None:
    if day >= sent.day:
        return _date(sent.year, sent.month, day)
    following = (sent.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _date(following.year, following.month, day)


def _by_weekday(text: str, sent: date, vocabulary: Vocabulary) -> list[_Found]:
    """ "Back on Monday", "tomorrow": only where no date is told."""
    found: list[_Found] = []
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if len(word) > 3 and word in vocabulary.weekdays:
            ahead = (vocabulary.weekdays[word] - sent.weekday() - 1) % 7 + 1
            found.append(_Found(sent + timedelta(days=ahead), match.start(), match.end()))
        elif word in vocabulary.tomorrow.words:
            found.append(_Found(sent + timedelta(days=1), match.start(), match.end()))
    return found


def _announced(text: str, day: _Found, vocabulary: Vocabulary, kind: str) -> bool:
    """A word of return (or of "until") stands closest before the day, in its sentence."""
    before = _SENTENCE_END.split(text[max(0, day.start - _LOOK_BACK) : day.start])[-1]
    after = text[day.end : day.end + 24]
    folded = fold_text(before)
    if kind == "until":
        return vocabulary.text["until"].found_in(folded) is not None or after.startswith("\u307e\u3067")
    others = vocabulary.text["until"].pattern
    last_until = max((match.end() for match in others.finditer(folded)), default=-1)
    last_back = max((match.end() for match in vocabulary.text["back"].pattern.finditer(folded)), default=-1)
    if last_back > last_until:
        return True
    behind = fold_text(re.split(r"[.!?\n]", after)[0])
    return last_until < 0 and vocabulary.text["back"].found_in(behind) is not None


def _ends_range(text: str, day: _Found, found: list[_Found]) -> bool:
    if _FROM_DAY.search(text[max(0, day.start - 12) : day.start]):
        return True
    return any(
        each.end < day.start and _RANGE.fullmatch(text[each.end : day.start]) is not None for each in found
    )


def _inclusive(text: str, day: _Found, vocabulary: Vocabulary) -> bool:
    around = fold_text(text[max(0, day.start - 24) : day.start] + " " + text[day.end : day.end + 20])
    return vocabulary.text["through"].found_in(around) is not None or "through" in around
