"""A mail on its way out, from draft to the server's last word (FAULTS 2.0)."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from leaddesk.words.account import Room
from leaddesk.words.states import OutgoingState


class OutgoingKind(enum.StrEnum):
    """What a mail of the outbox is. Whatever is no reply was approved by nobody and never counts as one."""

    REPLY = "reply"
    HOLDING = "holding"
    COLLEAGUE = "colleague"
    """To a person of ours about a lead; no word to the lead."""


class Resolution(enum.StrEnum):
    """A person's word on an unsure mail."""

    ARRIVED = "arrived"
    AGAIN = "again"
    DROP = "drop"


class Delivery(enum.Enum):
    """What one SMTP transaction proved."""

    SENT = "sent"
    """A complete 250 line after the dot."""
    REFUSED = "refused"
    """A complete 5xx line: never retried as it is."""
    DEFERRED = "deferred"
    """A complete 4xx line: try again later."""
    NOT_REACHED = "not_reached"
    """The server could not be reached or spoke no complete line before committing: nothing was accepted."""
    SIGN_IN = "sign_in"
    """The server wants the person: password refused, or another way to sign in."""
    SWITCHED_OFF = "switched_off"
    """No program may send for this mailbox: only its administrator can change that."""
    UNSURE = "unsure"
    """After committing, without a complete final line."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that goes out with a mail. Its bytes are read, and frozen with the mail, at approval."""

    name: str
    path: str
    """Where it lies; what is there at approval goes out."""
    size: int
    """Bytes."""
    digest: str = ""
    """SHA-256 of what was approved, in hex; empty for a draft."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one SMTP transaction; `answer` is the server's last complete line, or None."""

    delivery: Delivery
    answer: str | None
    why: str
    """One sentence for the person."""
    counted: bool = True
    """False when the try says nothing about the mail itself (no network, busy server, sign-in)."""
    room: Room | None = None
    """What the server said that it takes, where it was asked."""
    is_limit: bool = False
    """The server takes no more from this account for now: a DEFERRED that says nothing about the mail."""
    server_time: datetime | None = None
    """The time that its greeting told, where it told one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One row of the outbox, without its frozen bytes."""

    id: int
    lead: int
    enquiry: int | None
    account: int
    state: OutgoingState
    message_id: str | None
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str
    body_hash: str | None
    approved_by: str | None
    approved_at: datetime | None
    not_before: datetime | None
    attempts: int
    next_try: datetime | None
    answer: str | None
    why: str
    committing_at: datetime | None
    sent_at: datetime | None
    updated_at: datetime
    copied_to_sent: bool | None
    """None: not decided yet; False: the provider keeps the copy; True: we appended it."""
    files: tuple[OutFile, ...] = ()
    answers: int | None = None
    """Their mail that it answers."""
    kind: OutgoingKind = OutgoingKind.REPLY

    @property
    def recipients(self) -> tuple[str, ...]:
        return (*self.to, *self.cc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the composer shows: one draft for a lead."""

    lead: int
    outgoing: int | None
    """The draft's row, once something was saved."""
    account: int
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str
    from_address: str
    files: tuple[OutFile, ...] = ()
    told: str = field(default="", compare=False)
    """What keeping it did to its approval, in a sentence; empty where it was none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An outgoing mail in the sender's hands: frozen bytes and envelope."""

    outgoing: int
    account: int
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    kind: OutgoingKind = OutgoingKind.REPLY


@dataclass(frozen=True, slots=True)
class Handover:
    """A mail for the person's own mail program: the link that opens it there, and the text.

    Not `is_whole`: the text did not fit into the link, and the person must paste it.
    """

    url: str
    text: str
    is_whole: bool
