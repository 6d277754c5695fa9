"""A lead, its enquiries and its record: what happened, in words that never change afterwards."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.words.states import Outcome, Standing, Turn, What

if TYPE_CHECKING:
    from leaddesk.words.cadence import Course


class Channel(enum.StrEnum):
    """How one side reaches the other."""

    EMAIL = "email"
    CALL = "call"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    VISIT = "visit"
    FORM = "form"
    OTHER = "other"


class Direction(enum.StrEnum):
    """IN is by them, OUT is towards them."""

    IN = "in"
    OUT = "out"


class Certainty(enum.StrEnum):
    """How sure a source is."""

    STATED = "stated"
    DERIVED = "derived"
    ASKED = "asked"
    UNKNOWN = "unknown"


class Reached(enum.StrEnum):
    """How an outward touch went."""

    SENT = "sent"
    REACHED = "reached"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"
    BUSY = "busy"

    @property
    def landed(self) -> bool:
        """True when something of ours is with them, so that the next move is theirs."""
        return self in (Reached.SENT, Reached.REACHED, Reached.VOICEMAIL)


class How(enum.StrEnum):
    """Whether a time was measured by a server or entered by a person."""

    MEASURED = "measured"
    ENTERED = "entered"


class Verb(enum.StrEnum):
    """What a decision decides."""

    CLOSED = "closed"
    REOPENED = "reopened"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    GOT = "got"
    NOTED = "noted"
    JUDGED_OUT = "judged-out"
    SOURCED = "sourced"
    """A person said where the lead came from."""
    MERGED = "merged"
    """Joined with another lead, which goes on for both. A link: nothing is rewritten."""
    KEPT_APART = "kept-apart"
    """Not the same person as another lead, whatever speaks for it."""
    ASSIGNED = "assigned"
    """It is the lead of the person that `reason` names."""
    TOLD = "told"
    """Nobody had it: the person of ours that `reason` names was told by mail."""
    OPTED_OUT = "opted-out"
    """They asked not to be reached, by `channel` or at all."""
    SEEMS_OUT = "seems-out"
    """Their words sound so: what was planned is paused until a person says whether they were meant so."""
    CADENCE_STARTED = "cadence-started"
    CADENCE_STOPPED = "cadence-stopped"
    STEPPED = "stepped"
    """The next step of the plan was done in another way, or is passed over."""
    AWAY = "away"
    """Their away note says when they are back (`until`)."""
    BOUNCED = "bounced"
    """An address of theirs (`reason`) takes no mail."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an enquiry came from, in plain words, with what says so."""

    text: str = "Unknown"
    certainty: Certainty = Certainty.UNKNOWN
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the record. Never edited; `by` is a person's name, or None for the program.

    `id` is 0 until the store has written it.
    """

    id: int = 0
    lead: int
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch(Entry):
    """Something that went towards them or came from them."""

    direction: Direction
    channel: Channel
    automatic: bool = False
    outcome: Reached | None = None
    how: How = How.MEASURED
    text: str = ""
    enquiry: int | None = None
    """The enquiry that this inward touch opened a clock for."""
    mail: int | None = None
    outgoing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Entry):
    """Something that a person (or a rule, with `by` None) decided about the lead."""

    verb: Verb
    outcome: Outcome | None = None
    reason: str = ""
    until: datetime | None = None
    enquiry: int | None = None
    """For JUDGED_OUT: the one enquiry that is no lead; None means all of them."""
    other: int | None = None
    """For MERGED the lead that goes on for both, for KEPT_APART who somebody else is."""
    channel: Channel | None = None
    """For OPTED_OUT and SEEMS_OUT; None means every way."""
    plan: str = ""
    """For CADENCE_STARTED the plan as it was then, in one line (`rules.cadence.line`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction(Entry):
    """Takes one earlier entry back: undo."""

    takes_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """The message that opened a clock."""

    id: int = 0
    lead: int
    channel: Channel
    received_at: datetime
    submitted_at: datetime | None = None
    seen_at: datetime
    message: str
    subject: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    mail: int | None = None
    quiet: bool = False
    counted: bool = True
    """False where nobody knows when it really came: it waits like others and is in no figures."""


@dataclass(frozen=True, slots=True)
class FirstResponse:
    """The first outward touch by a person after received_at."""

    at: datetime
    after: timedelta
    channel: Channel
    by: str | None
    how: How
    entry: int


@dataclass(frozen=True, slots=True)
class EnquiryState:
    """One enquiry after the fold."""

    enquiry: int
    standing: Standing
    first_response: FirstResponse | None


@dataclass(frozen=True, slots=True)
class LeadState:
    """What `rules.fold` makes of a lead's record; stored on the lead row in the same transaction."""

    turn: Turn
    what: What
    outcome: Outcome
    reason: str
    since: datetime
    """Received_at of the oldest unanswered enquiry, else the time of the last touch that turned it."""
    snoozed_until: datetime | None
    got_at: datetime | None
    last_in_at: datetime | None
    last_out_at: datetime | None
    enquiries: tuple[EnquiryState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a lead is: name, firm and every way to reach them."""

    name: str
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One person or firm that enquired, with its folded state.

    Leads that were joined are read as one: enquiries and record are those of all, each naming its own lead.
    """

    id: int
    person: Person
    source: Source
    wants: str
    """One line of what they last wrote."""
    state: LeadState
    enquiries: tuple[Enquiry, ...]
    record: tuple[Entry, ...]
    """In order of `at`; retracted entries are still in it."""
    joined: tuple[int, ...] = ()
    """Other leads whose history is read through this one."""
    course: Course | None = None
    """Where it stands in its plan; None where none was started."""
    numbers: tuple[str, ...] = ()
    """Their telephone numbers as they are compared: E.164 where the country is known."""

    @property
    def reach(self) -> Person:
        """The person with such numbers: what tells a mobile, and where they are."""
        return replace(self.person, phones=self.numbers)
