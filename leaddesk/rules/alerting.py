"""When an alert comes again, how loud, and what it says."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.rules.when import spoken

MANY = 3
"""More than so many alerts at once become one."""


class About(enum.Enum):
    """Why somebody is told: in words by themselves, and counted among many."""

    NEW = ("New enquiry", "new enquiry", "new enquiries")
    ANSWERED = ("They answered", "answer", "answers")
    WOKEN = ("You wanted to see this again", "reminder", "reminders")
    CALL = ("A call is due", "call to make", "calls to make")
    STEP = ("A step of the plan is due", "step that is due", "steps that are due")
    UNSURE = ("Your answer may not have arrived", "answer that may be lost", "answers that may be lost")
    REFUSED = ("Your answer was not sent", "answer that was not sent", "answers that were not sent")

    @property
    def alone(self) -> str:
        return self.value[0]

    @property
    def is_theirs(self) -> bool:
        """They wrote, and wait for us; the others are reminders of our own."""
        return self in (About.NEW, About.ANSWERED)

    def counted(self, number: int) -> str:
        return f"{number} {self.value[1 if number == 1 else 2]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an alert is about."""

    name: str
    wants: str
    about: About
    since: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """Title and body of a notification; cleaned and clipped by the notifier."""

    title: str
    body: str


def next_showing(raised_at: datetime, shown: int, repeats: Sequence[int], now: datetime) -> datetime | None:
    """When an alert that has been shown `shown` times comes again; None after the last repeat.

    `repeats` are minutes after it was raised. Those that passed while nobody ran are not made up for.
    """
    steps = [raised_at + timedelta(minutes=m) for m in repeats[max(0, shown - 1) :]]
    return next((step for step in steps if step > now), None)


def words_for_one(subject: Subject, loudness: int, now: datetime, *, short: bool) -> Words:
    """What one alert says; `short` names nobody (settings: what a notification shows)."""
    what = subject.about.alone
    if short:
        return Words(what if loudness <= 1 else f"{what}, still waiting", "")
    if loudness > 1 and subject.about.is_theirs:
        return Words(f"{subject.name} still waits, {spoken(now - subject.since)}", subject.wants)
    said = "answered" if subject.about is About.ANSWERED else what[0].lower() + what[1:]
    return Words(f"{subject.name}: {said}", subject.wants)


def words_for_many(subjects: Sequence[Subject], *, short: bool) -> Words:
    """One alert for many."""
    counts = Counter(subject.about for subject in subjects)
    *first, last = (about.counted(counts[about]) for about in About if counts[about])
    title = f"{', '.join(first)} and {last}" if first else last
    names = ", ".join(s.name for s in list(subjects)[:3])
    return Words(title, "" if short else f"{names} and others wait for you")
