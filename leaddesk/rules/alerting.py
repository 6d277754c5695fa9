"""When an alert comes again, how loud, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.rules.when import spoken

MANY = 3
"""More than so many alerts at once become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an alert is about."""

    name: str
    wants: str
    is_new: bool
    """A new enquiry; otherwise their answer."""
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
    what = "New enquiry" if subject.is_new else "They answered"
    if short:
        return Words(what if loudness <= 1 else f"{what}, still waiting", "")
    if loudness > 1:
        return Words(f"{subject.name} still waits, {spoken(now - subject.since)}", subject.wants)
    return Words(f"{subject.name}: {'new enquiry' if subject.is_new else 'answered'}", subject.wants)


def words_for_many(subjects: Sequence[Subject], *, short: bool) -> Words:
    """One alert for many."""
    new = sum(s.is_new for s in subjects)
    parts = []
    if new:
        parts.append(f"{new} new {'enquiry' if new == 1 else 'enquiries'}")
    if len(subjects) > new:
        answered = len(subjects) - new
        parts.append(f"{answered} {'answer' if answered == 1 else 'answers'}")
    names = ", ".join(s.name for s in list(subjects)[:3])
    return Words(" and ".join(parts), "" if short else f"{names} and others wait for you")
