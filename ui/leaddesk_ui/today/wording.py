"""What a row of the queue says in short: its state, its source, and the whole of it for a screen reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from leaddesk.words.queue import QueueRow, QueueView, RescueOffer, Strip
from leaddesk.words.states import What
from leaddesk_ui.times import span, waited_words

_STATES = {
    What.NEW: "new",
    What.REPLY: "replied",
    What.CALL: "call due",
    What.TEXT: "text due",
    What.TASK: "task due",
    What.DECIDE: "decide",
}
_PLAIN_SOURCES = frozenset(
    {"Website", "Phone", "Email", "Mail", "Referral", "Newsletter", "Form", "Visit", "Call"}
)
_BRIEF = re.compile(r"[:·,]|(?<=^Email) to ")
"""Where the short name of a source ends: 'Email to info@…' and 'Email, entered by hand' are Email."""
_FEW = 20
"""Below this many, a share is told as a count: percentages of small numbers mislead."""


def tag(row: QueueRow) -> str:
    """State, source, and whose it is where there are several people: 'new · website · Ben'."""
    source = _BRIEF.split(row.source, maxsplit=1)[0].strip()
    if source in _PLAIN_SOURCES:
        source = source.lower()
    told = (state(row), "" if source == "Unknown" else source, row.whose)
    return " · ".join(part for part in told if part)


def state(row: QueueRow) -> str:
    """What it waits for: a mail that is due by the plan is no answer of theirs."""
    return "mail due" if row.is_step and row.what is What.REPLY else _STATES[row.what]


def spoken(row: QueueRow, now: datetime) -> str:
    """The whole row for a screen reader."""
    waits = f"waits {waited_words(row.waited(now))}, {row.rung(now).value}"
    whose = f". {row.whose}’s lead" if row.whose else ""
    return f"{row.name}, {state(row)}, {waits}. {row.wants}. {row.why}{whose}"


def counts(view: QueueView) -> str:
    """The short count beside the title: '3 new · 4 due'."""
    parts = [f"{view.new} new" if view.new else "", f"{view.due} due" if view.due else ""]
    return " · ".join(part for part in parts if part) or "nobody waits"


def share(part: int, whole: int) -> str:
    """A share of the enquiries: a percentage, or a count where there are few."""
    if not whole:
        return "–"
    return f"{part} of {whole}" if whole < _FEW else f"{round(100 * part / whole)}%"


def median(strip: Strip) -> str:
    """The median first reply, 'not yet' while more than half wait or were never answered."""
    if strip.median is not None:
        return span(strip.median)
    return "not yet" if strip.enquiries else "–"


def all_answered(view: QueueView, watched: str) -> tuple[str, str]:
    """Headline and sentence of an empty queue."""
    if not view.leads:
        return "Nobody has written yet.", _join(watched, "Whoever writes first stands here at once.")
    headline = "All answered."
    if view.today.median is not None:
        headline += f" Half of today’s replies took {span(view.today.median)} or less."
    wrote = f"{_people(view.today.enquiries)} wrote today." if view.today.enquiries else ""
    going = f"{_answers(view.going)} on the way." if view.going else ""
    return headline, _join(wrote, going, watched, "Whoever writes next stands here at once.")


def known_line(names: tuple[str, ...], total: int) -> str:
    """Who among the people we know wrote: 'No alert for Mum, Harbour Timber and one more'."""
    shown = list(dict.fromkeys(names))[:2]
    more = total - len(shown)
    tail = "" if more <= 0 else " and one more" if more == 1 else f" and {more} more"
    return f"No alert for {', '.join(shown)}{tail}"


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count} people"


def _answers(count: int) -> str:
    return "One answer is" if count == 1 else f"{count} answers are"


def rescue_line(offered: int, total: int) -> str:
    """How many of those whom the past owes an answer are offered today."""
    if not offered:
        return f"Rescue: enough for today, {total} to come"
    people = "one" if offered == 1 else str(offered)
    return f"Rescue: {people} you could still win" + (f", of {total}" if total > offered else "")


def rescue_names(offers: Sequence[RescueOffer]) -> str:
    """The first of them with the reason, and how many more."""
    if not offers:
        return ""
    first, more = offers[0], len(offers) - 1
    others = f"; and {more} more" if more else ""
    return f"{first.name}: {first.why[:1].lower()}{first.why[1:]}{others}"
