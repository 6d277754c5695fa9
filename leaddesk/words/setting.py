"""What a setting is, and how its text is read and written. The settings themselves are in `settings`.

A start reads few of them: what only one setting needs is loaded when that one is read.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from leaddesk.words.errors import Usage

T = TypeVar("T")


class Scope(enum.StrEnum):
    """DESK is this person at this machine; TEAM is shared by all desks of one database."""

    DESK = "desk"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: its key, who shares it, how its text is read and written, and words for a person."""

    key: str
    scope: Scope
    default: T
    label: str
    help: str
    read: Callable[[str], T]
    write: Callable[[T], str] = str
    choices: tuple[str, ...] = ()
    """The words to choose from, where there are only a few."""

    def parse(self, text: str) -> T:
        """The value of `text`. Raises Usage with a sentence when it does not fit."""
        try:
            return self.read(text)
        except ValueError as error:
            raise Usage(f"{self.key}: {error}", self.help) from None


def line(text: str) -> str:
    """The text as one value, without white space at its ends."""
    return text.strip()


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number within bounds, both included."""

    def read(text: str) -> int:
        try:
            number = int(text.strip())
        except ValueError:
            raise ValueError(f"a whole number from {low} to {high} is needed") from None
        if not low <= number <= high:
            raise ValueError(f"a whole number from {low} to {high} is needed")
        return number

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """Reads one of a few words."""

    def read(text: str) -> str:
        word = text.strip().lower()
        if word not in words:
            raise ValueError(f"one of {', '.join(words)} is needed")
        return word

    return read


def switch(text: str) -> bool:
    """Reads on or off."""
    word = text.strip().lower()
    if word in ("on", "yes", "true", "1"):
        return True
    if word in ("off", "no", "false", "0"):
        return False
    raise ValueError("on or off is needed")


def switch_word(value: bool) -> str:
    """`on` or `off`."""
    return "on" if value else "off"


def minutes(text: str) -> tuple[int, ...]:
    """Reads minutes that grow, with commas between."""
    try:
        steps = tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError("minutes with commas are needed, as 2, 5, 15, 30") from None
    if any(step < 1 for step in steps) or list(steps) != sorted(set(steps)):
        raise ValueError("the minutes must grow, as 2, 5, 15, 30")
    return steps


def week(text: str) -> str:
    """Opening hours of a week, in the form in which they are kept."""
    from leaddesk.words.hours import read_week, week_words  # noqa: PLC0415 - for this setting alone

    return week_words(read_week(text))


def days(text: str) -> str:
    """Days with commas between, in order."""
    from leaddesk.words.hours import read_days  # noqa: PLC0415 - for this setting alone

    return ",".join(each.isoformat() for each in sorted(read_days(text)))


def region(text: str) -> str:
    """Whose holidays are kept, or none."""
    from leaddesk.words.hours import read_region  # noqa: PLC0415 - for this setting alone

    return read_region(text) or "none"


def plans(text: str) -> str:
    """Which plan enquiries follow, in the form in which that is kept."""
    from leaddesk.words.plan_choice import choice_words, read_choice  # noqa: PLC0415 - for this setting alone

    return choice_words(read_choice(text))


def people(text: str) -> str:
    """The people of the firm with bars between; their own lines are taken too."""
    from leaddesk.words.team import read_people  # noqa: PLC0415 - for this setting alone

    read_people(text)
    parts = (" ".join(part.split()) for part in text.replace("\n", "|").split("|"))
    return " | ".join(filter(None, parts))


def minutes_words(steps: tuple[int, ...]) -> str:
    """As `minutes` reads them."""
    return ", ".join(map(str, steps))


def country(text: str) -> str:
    """A country's two letters, or auto."""
    from leaddesk.words.countries import read_country  # noqa: PLC0415 - for this setting alone

    return read_country(text)


def holding(text: str) -> str:
    """A firm's own words for the holding message."""
    from leaddesk.words.holding_text import read_holding  # noqa: PLC0415 - for this setting alone

    return read_holding(text)
