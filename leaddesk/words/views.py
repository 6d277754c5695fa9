"""What a page shows: values that the desk has already judged and put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.words.queue import KnownPerson, QueueRow, QueueView, Strip
from leaddesk.words.states import Outcome, Standing, Turn, What

if TYPE_CHECKING:
    from leaddesk.words.cadence import Course
    from leaddesk.words.forms import FormOffer
    from leaddesk.words.holding import Held
    from leaddesk.words.lead import Channel, Direction, FirstResponse, How, Reached, Source
    from leaddesk.words.mail import Attachment
    from leaddesk.words.outgoing import OutgoingState
    from leaddesk.words.reach import OptOut
    from leaddesk.words.review import Mistake
    from leaddesk.words.same import Joined

__all__ = [
    "EnquiryView",
    "Found",
    "KnownPerson",
    "LeadView",
    "PutAway",
    "QueueRow",
    "QueueView",
    "Review",
    "SourceFigures",
    "Sourceless",
    "Strip",
    "TimelineItem",
    "Trouble",
    "Undone",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One thing in the conversation, oldest first."""

    entry: int
    at: datetime
    direction: Direction | None
    """None for a decision or a note."""
    channel: Channel | None
    automatic: bool
    headline: str
    """'You, 6 min after they wrote', 'Ngozi answered', 'Closed: lost, too far away'."""
    text: str
    outcome: Reached | None = None
    how: How | None = None
    by: str | None = None
    mail: int | None = None
    attachments: tuple[Attachment, ...] = ()
    outgoing: int | None = None
    outgoing_state: OutgoingState | None = None
    outgoing_why: str = ""
    outgoing_at: datetime | None = None
    """Before when it does not go out, while it waits."""
    enquiry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryView:
    """One enquiry with its own clock."""

    enquiry: int
    received_at: datetime
    submitted_at: datetime | None
    seen_at: datetime
    message: str
    subject: str
    fields: tuple[tuple[str, str], ...]
    source: Source
    standing: Standing
    first_response: FirstResponse | None
    mail: int | None
    held: Held | None = None
    """Whether a holding message might go; None where nobody asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """The right side: who, since when, from where, what was said."""

    lead: int
    name: str
    company: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    source: Source
    turn: Turn
    what: What
    outcome: Outcome
    reason: str
    since: datetime
    snoozed_until: datetime | None
    has_it: bool
    """Somebody said 'I've got it'."""
    enquiries: tuple[EnquiryView, ...]
    timeline: tuple[TimelineItem, ...]
    reply_to: str | None
    """The address that a reply goes to, or None when there is none."""
    can_reply: bool
    portal: str | None = None
    """Where a portal that told no address lets one answer; None where an address is known."""
    form: FormOffer | None = None
    """The form that the newest enquiry came from."""
    joined: tuple[Joined, ...] = ()
    """Leads that were joined with this one and are read through it."""
    course: Course | None = None
    """Where it stands in its plan."""
    plan: str = ""
    """The same as one quiet line; empty without a plan."""
    opt_outs: tuple[OptOut, ...] = ()
    """Wishes of theirs not to be contacted."""
    spaced: tuple[str, ...] = ()
    """The numbers as people read them."""
    whose: str = ""
    """Whose lead it is; empty where there is nobody to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One lead that a search found; `snippet` starts near what was found."""

    lead: int
    name: str
    snippet: str
    outcome: Outcome
    since: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourceless:
    """One lead of which nothing tells where they found us; `way` is all that is known."""

    lead: int
    name: str
    at: datetime
    wants: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAway:
    """One mail that is no lead, with its reason."""

    mail: int
    at: datetime
    name: str
    email: str | None
    subject: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that needs a person: a red sentence, what is safe, a button."""

    key: str
    """Stable name: disk, keyring, sign-in:ID, offline:ID, notifier, clock, unsure:ID ..."""
    since: datetime
    sentence: str
    safe: str
    """What is safe, and what happens by itself."""
    action: str
    """Word of the button, or empty."""
    urgent: bool = True
    """False for a quiet banner (no notifications here)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """Review, one source."""

    source: str
    enquiries: int
    answered: int
    median: timedelta | None
    won: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Figures over enquiries received from `start` to `end`, local days, both inclusive (CLI.md, Figures)."""

    enquiries: int
    answered: int
    never: int
    waiting: int
    median: timedelta | None
    answered_median: timedelta | None
    p90: timedelta | None
    censored_median: timedelta | None
    within_5min: int
    within_30min: int
    within_1h: int
    within_24h: int
    open_hours_median: timedelta | None
    open_hours_p90: timedelta | None
    by_source: tuple[SourceFigures, ...]
    mistakes: Mapping[Mistake, tuple[int, ...]] | None = None
    """Leads by the mistake that was made with them; None where leads are not known (a mailbox's past)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo took back."""

    did: str
    lead: int
    name: str = field(default="", compare=False)
    """What the lead is called, or both where it was about two; empty where it was about none."""
