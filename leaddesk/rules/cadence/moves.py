"""Why a step of a plan falls where it does: the day that was shut, the hour, or enough said in a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

from leaddesk.rules.hours import holiday
from leaddesk.words.cadence import Landing, Shift
from leaddesk.words.hours import Hours
from leaddesk.words.plan_view import DayLook

_ONE_DAY = timedelta(days=1)
_MOST_NAMED = 2


def why_moved(landing: Landing, cap: int, hours: Hours, zone: tzinfo) -> str:
    """A sentence; empty for a step that nothing moved."""
    if landing.at is None:
        return "Your opening hours leave no place for it within a year."
    if landing.shifted_by is None or landing.planned is None:
        return ""
    if landing.shifted_by is Shift.CAP:
        return f"They would hear from you more than {_times(cap)} in seven days."
    planned, at = landing.planned.astimezone(zone), landing.at.astimezone(zone)
    days = tuple(_days(planned.date(), at.date()))
    names = [_named(day, name) for day in days if (name := holiday(hours, day)) is not None]
    if names:
        rest = ["more days are closed"] if len(names) > _MOST_NAMED else []
        return _sentence(_and([*names[:_MOST_NAMED], *rest]))
    told = filter(None, (_closing(planned, hours), _weekend(hours, days)))
    return _sentence(", and ".join(told) or _opening(planned, at, hours))


def _closing(planned: datetime, hours: Hours) -> str:
    """Where the step was planned for a day on which the firm is open, but for after its last hour."""
    spans = hours.week[planned.weekday()]
    if holiday(hours, planned.date()) is not None or not spans or _minutes(planned) < spans[-1].end:
        return ""
    return f"you close at {_clock(spans[-1].end)} on {planned:%A}"


def _opening(planned: datetime, at: datetime, hours: Hours) -> str:
    if any(span.start <= _minutes(planned) < span.end for span in hours.week[planned.weekday()]):
        return f"at {_clock(_minutes(planned))} it is no decent hour where they are"
    return f"you open at {_clock(_minutes(at))}"


def _weekend(hours: Hours, days: tuple[date, ...]) -> str:
    shut = dict.fromkeys(f"{day:%A}" for day in days if not hours.week[day.weekday()])
    return f"{_and(list(shut))} {'is' if len(shut) == 1 else 'are'} closed" if shut else ""


def _named(day: date, name: str) -> str:
    when = f"{day:%a} {day.day} {day:%b}"
    return f"{when} is a day on which you are closed" if name == "closed" else f"{when} is {name}"


def day_looks(first: date, last: date, hours: Hours) -> tuple[DayLook, ...]:
    """The days from first to last, inclusive, each with its hours."""
    return tuple(_look(day, hours) for day in (*_days(first, last), last))


def next_closed(hours: Hours, today: date, number: int = 3, within: int = 370) -> tuple[DayLook, ...]:
    """The next days on which the firm is shut though its week has hours for them."""
    days = day_looks(today, today + within * _ONE_DAY, hours)
    return tuple(each for each in days if each.why and hours.week[each.day.weekday()])[:number]


def _look(day: date, hours: Hours) -> DayLook:
    why = holiday(hours, day) or ""
    return DayLook(day, () if why else hours.week[day.weekday()], why)


def _days(first: date, last: date) -> Iterator[date]:
    """Without the last."""
    for number in range((last - first).days):
        yield first + number * _ONE_DAY


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _minutes(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
