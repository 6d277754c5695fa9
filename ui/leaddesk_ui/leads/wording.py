"""What the page of everybody says: cells, counts, orders and its sentences."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from leaddesk.words.all_leads import Listed, Only, Sort, SortBy, Tally
from leaddesk.words.states import Outcome, Rung, Turn
from leaddesk_ui.times import span, timer

OUTCOMES: tuple[tuple[Outcome | None, str], ...] = (
    (None, "Everybody"),
    (Outcome.OPEN, "Open"),
    (Outcome.WON, "Won"),
    (Outcome.LOST, "Lost"),
    (Outcome.NO_RESPONSE, "No response"),
    (Outcome.NOT_A_LEAD, "Not a lead"),
)
UNSCHEDULED = "Nothing scheduled"
"""Open leads that nothing brings back by itself."""
_ORDERS = {
    SortBy.NAME: ("A to Z", "Z to A"),
    SortBy.SOURCE: ("by source", "by source, from the end"),
    SortBy.WROTE: ("oldest first", "newest first"),
    SortBy.REPLY: ("quickest reply first", "no reply first"),
    SortBy.TOUCH: ("longest silent first", "last word first"),
    SortBy.STANDS: ("open first", "not a lead first"),
}


def order(sort: Sort) -> str:
    """An order in words: 'newest first'."""
    return _ORDERS[sort.by][sort.down]


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The day, as short as it can be told: today, yesterday, 2 June, 2 June 2025."""
    there, here = at.astimezone(zone), now.astimezone(zone)
    days = (here.date() - there.date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    told = f"{there.day} {there:%b}"
    return told if there.year == here.year else f"{told} {there.year}"


def reply(row: Listed, now: datetime) -> tuple[str, Rung | None]:
    """How long our first reply took; while they wait how long already, and how warm they are."""
    if row.waits:
        waited = max(timedelta(0), now - row.since)
        number, unit = timer(waited)
        return f"{number} {unit}".strip() + f" · {Rung.of(waited).value}", Rung.of(waited)
    if row.replied_after is None:
        return "none", None
    return "at once" if row.replied_after < timedelta(seconds=1) else span(row.replied_after), None


def stands(row: Listed) -> str:
    """Outcome, and whose turn it is or why it ended: 'open · your turn', 'lost: price'."""
    told = row.outcome.value.replace("-", " ")
    if row.outcome is Outcome.OPEN:
        return f"{told} · {'your' if row.turn is Turn.OURS else 'their'} turn"
    return f"{told}: {row.reason}" if row.reason else told


def under(row: Listed) -> str:
    """What stands under the name: the firm, else the address."""
    return row.company if row.company and row.company != row.name else row.email


def spoken(row: Listed, now: datetime, zone: tzinfo) -> str:
    """The whole row for a screen reader."""
    first = f"First reply: {reply(row, now)[0]}"
    touched = f"Last word {day(row.touched, now, zone)}"
    parts = (row.name, row.company, row.wants, row.source, stands(row), first, touched)
    return ". ".join(part for part in parts if part)


def counted(only: Only, tally: Tally | None) -> str:
    """How many are shown, and what they have in common."""
    if tally is None:
        return "Counting …"
    shown = tally.unscheduled if only.unscheduled else tally.of(only.outcome)
    words = only.words.strip()
    if only.is_everybody:
        return _people(tally.leads)
    told = f"{shown:,} of {_people(tally.leads)}"
    has = "has" if shown == 1 else "have"
    return (
        f"{told} {has} “{words}”" + (", closed ones too." if only.outcome is None else ".") if words else told
    )


def _people(count: int) -> str:
    if not count:
        return "No leads"
    return "One lead" if count == 1 else f"{count:,} leads"


def nobody(only: Only, tally: Tally | None) -> tuple[str, str]:
    """Headline and sentence where nobody fits."""
    if tally is not None and not tally.leads:
        return "Nobody has written yet.", "Whoever writes, rings or is imported stands here, and stays."
    if only.unscheduled and not only.words.strip() and only.source is None:
        return "Nobody is forgotten.", "Every open lead has a next date, or waits for you in the queue."
    words = f" has “{only.words.strip()}”" if only.words.strip() else " fits"
    return "Nobody found.", f"No lead of this choice{words}. A number may have any spacing."
