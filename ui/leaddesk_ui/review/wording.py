"""The words of the review, and which enquiries stand behind each figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from leaddesk.words.lead import Channel
from leaddesk.words.review import Asked, Mistake, Slip, Week
from leaddesk.words.states import Outcome, Rung, Standing
from leaddesk.words.views import Review
from leaddesk_ui.keys import Action
from leaddesk_ui.times import at_words, span

Fits = Callable[[Asked], bool]
TITLES = {
    Mistake.ONE_TRY: "Gave up after one try",
    Mistake.SLOW_FOR_POLISH: "Slow for polish",
    Mistake.ONE_CHANNEL: "One channel only",
    Mistake.NO_SOURCE: "Source unknown or ignored",
    Mistake.NO_STOP: "No stopping point",
}
NONE_LEFT = {
    Mistake.ONE_TRY: "Everybody was tried again, or answered.",
    Mistake.SLOW_FOR_POLISH: "No draft lay longer than ten minutes.",
    Mistake.ONE_CHANNEL: "Mails and calls went together.",
    Mistake.NO_SOURCE: "Every lead says where it found you.",
    Mistake.NO_STOP: "Each open lead has a next step or an end.",
}
_MINUTE = timedelta(minutes=1)
_RUNGS = (
    (Rung.NOW, "up to 5 min"),
    (Rung.WARM, "30 min"),
    (Rung.COOLING, "1 h"),
    (Rung.COOL, "24 h"),
    (Rung.COLD, "later"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the ladder: its word, its count, how it is painted, who is in it."""

    word: str
    count: int
    kind: str
    """A rung's word, waiting or never."""
    fits: Fits


def days(first: date, last: date, today: date) -> str:
    """A week in words: "7 to 13 December", "30 November to 6 December", "5 to 11 June 2025"."""
    month = f" {first:%B}" if first.month != last.month else ""
    year = f" {last.year}" if last.year != today.year else ""
    return f"{first.day}{month} to {last.day} {last:%B}{year}"


def headline(review: Review) -> tuple[str, str, Rung | None]:
    """The sentence of the page, its number, and how warm that is."""
    if not review.enquiries:
        return "Nobody asked in this week.", "", None
    if review.median is None:
        return "More than half of those who asked", "have not heard from a person yet.", None
    return (
        "Half of those who asked heard from a person",
        f"within {minutes_words(review.median)}.",
        Rung.of(review.median),
    )


def minutes_words(length: timedelta) -> str:
    """A span as the headline says it: "11 minutes"."""
    minutes = int(length.total_seconds()) // 60
    if length < _MINUTE:
        return "a minute"
    if length < timedelta(hours=1):
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return span(length)


def beside(review: Review, before: Review) -> str:
    """What stands under the headline: the week before, the answered alone, the opening hours."""
    said = [_before(before)]
    if review.answered_median is not None and review.p90 is not None:
        said.append(f"Of the answered alone {span(review.answered_median)}, nine in ten {span(review.p90)}.")
    if review.open_hours_median is not None:
        opened = review.open_hours_median
        said.append(f"In opening hours {span(opened) if opened >= _MINUTE else 'under a minute'}.")
    return " ".join(said)


def _before(before: Review) -> str:
    if not before.enquiries:
        return "Nobody asked in the week before."
    return f"The week before it was {'not yet' if before.median is None else span(before.median)}."


def counts(review: Review) -> tuple[tuple[str, Fits], ...]:
    """The four figures over the ladder, each with who is behind it."""
    return (
        (f"{review.enquiries:,} asked", lambda _: True),
        (f"{review.answered:,} answered", lambda one: one.standing is Standing.ANSWERED),
        (f"{review.waiting:,} waiting", lambda one: one.standing is Standing.WAITING),
        (f"{review.never:,} never answered", lambda one: one.standing is Standing.NEVER),
    )


def within(review: Review, before: Review) -> str:
    """How many had an answer in half an hour, and how many of the week before."""
    said = f"within 30 min {review.within_30min:,} of {review.enquiries:,}"
    if before.enquiries:
        said += f", was {before.within_30min:,} of {before.enquiries:,}"
    return said


def parts(review: Review) -> tuple[Part, ...]:
    """The ladder over all enquiries; parts without anybody are left out."""
    bounds = (0, review.within_5min, review.within_30min, review.within_1h, review.within_24h)
    steps = [*bounds, review.answered]
    made = [
        Part(word, steps[n + 1] - steps[n], rung.value, _on_rung(rung))
        for n, (rung, word) in enumerate(_RUNGS)
    ]
    made += [
        Part("waiting", review.waiting, "waiting", lambda one: one.standing is Standing.WAITING),
        Part("never", review.never, "never", lambda one: one.standing is Standing.NEVER),
    ]
    return tuple(part for part in made if part.count > 0)


def _on_rung(rung: Rung) -> Fits:
    return lambda one: one.after is not None and Rung.of(one.after) is rung


def was(count: int, before: int) -> str:
    """A count beside the one of the week before."""
    return f"{count:,}, was {before:,}"


def short(length: timedelta) -> str:
    """A span in a cell: "3 h 10", "26 h", "4 d"."""
    seconds = int(length.total_seconds())
    if seconds < 3600:
        return span(length)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours < 10 and minutes:
        return f"{hours} h {minutes}"
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"


def line_of(one: Asked, now: datetime, zone: tzinfo) -> tuple[str, str]:
    """How one enquiry went, and when it came, from where and how the lead stands."""
    if one.after is not None:
        went = f"answered after {span(one.after)}"
    else:
        went = "waiting" if one.standing is Standing.WAITING else "never answered"
    ending = {Outcome.WON: "won", Outcome.LOST: "lost", Outcome.NO_RESPONSE: "no response"}
    stands = f" · {ending[one.outcome]}" if one.outcome in ending else ""
    return went, f"{at_words(one.received_at, now, zone)} · {one.source}{stands}"


def named(slips: tuple[Slip, ...]) -> str:
    """Who is meant: two by name, or one with what shows it."""
    first = slips[0]
    if len(slips) == 1:
        return f"{first.name}: {first.why}"
    more = len(slips) - 2
    return f"{first.name}, {slips[1].name}" + (f", {more:,} more" if more else "")


def mending(mistake: Mistake, slip: Slip) -> tuple[str, Action | None]:
    """The button's words for one lead, and what it does once the lead is open; None only opens it."""
    name = _short_name(slip.name)
    if mistake is Mistake.NO_SOURCE:
        return "Say where", Action.SOURCES
    if mistake is Mistake.NO_STOP:
        return "Name an end", Action.CLOSE
    if slip.way is Channel.CALL:
        return f"Call {name}", Action.CALLED
    if slip.way is Channel.EMAIL:
        return f"Answer {name}" if mistake is Mistake.SLOW_FOR_POLISH else f"Write {name}", Action.REPLY
    return f"Open {name}", None


def _short_name(name: str) -> str:
    """The first name; the whole where it is short or an address."""
    first = name.split(maxsplit=1)[0] if name.split() else "lead"
    return first if len(first) <= 16 else f"{first[:15]}…"


def mistakes_before(week: Week, mistake: Mistake) -> int:
    """How many made it in the week before."""
    return len((week.before.mistakes or {}).get(mistake, ()))


def unscheduled(count: int) -> str:
    """How many open leads nothing brings back, whichever week they are of."""
    return f"{count:,} open with nothing scheduled"
