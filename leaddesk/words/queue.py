"""What the queue shows: the first that a person sees, so these words stand apart and load quickly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.words.states import Outcome, Rung, Turn, What


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One row of the queue. The face ticks `since` against the clock; everything else is settled."""

    place: int
    lead: int
    name: str
    what: What
    turn: Turn
    outcome: Outcome
    since: datetime
    due_at: datetime | None
    source: str
    wants: str
    """One line of what they want."""
    why: str
    """One sentence why the row stands here."""
    trouble: bool = False
    """Our answer may not have arrived, or was refused."""
    whose: str = ""
    """Whose lead it is; empty where there is nobody to choose from."""
    is_step: bool = False
    """A step of its plan has fallen due: `what` says by which way, and they did not write."""

    def waited(self, now: datetime) -> timedelta:
        return max(timedelta(0), now - self.since)

    def rung(self, now: datetime) -> Rung:
        return Rung.of(self.waited(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody we wrote to before, without an enquiry here: shown in grey, never alerted."""

    mail: int
    name: str
    email: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueOffer:
    """Somebody who asked long ago and was never answered: offered, three a day, until taken or let go."""

    rescue: int
    name: str
    email: str | None
    since: datetime
    """When they asked."""
    source: str
    wants: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """First-response figures of a span. `median` is None while more than half are unanswered."""

    enquiries: int
    answered: int
    waiting: int
    never: int
    median: timedelta | None
    within_5min: int
    within_1h: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """The whole left side: rows that fit, counts, people we know, figures."""

    rows: tuple[QueueRow, ...]
    total: int
    """Rows in the queue, shown or not."""
    new: int
    due: int
    """Those in the queue that are not new: replies, calls, steps."""
    going: int
    """Leads whose answer is on its way."""
    known: tuple[KnownPerson, ...]
    known_total: int
    not_leads: int
    """Mails put away as no lead in the last 30 days."""
    today: Strip
    week: Strip
    leads: int
    """All leads of the profile."""
    junk: int = 0
    """Mails of the last 30 days in the provider's junk folder that look like enquiries."""
    rescue: tuple[RescueOffer, ...] = ()
    """Those of the past who are offered today."""
    rescue_total: int = 0
    """All of them, offered today or later."""
