"""A mail as it lands and what was read from it. Everything here crosses the reader child's pipe as JSON."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from leaddesk.words.countries import NOWHERE, Country
from leaddesk.words.forms import FormShape, KnownForm
from leaddesk.words.states import Place
from leaddesk.words.teaching import Learned, Taught


class MailKind(enum.StrEnum):
    """What a mail is. OWN is ours or a colleague's; UNREADABLE could not be read in its bounds."""

    ENQUIRY = "enquiry"
    REPLY = "reply"
    AUTOREPLY = "autoreply"
    BOUNCE = "bounce"
    NEWSLETTER = "newsletter"
    TRANSACTIONAL = "transactional"
    MISSED_CALL = "missed_call"
    SPAM = "spam"
    OWN = "own"
    UNREADABLE = "unreadable"


class MailState(enum.StrEnum):
    """Where a stored mail stands. NEW: raw only. VANISHED: announced, but gone before we could read it."""

    NEW = "new"
    READ = "read"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class MailSource:
    """What a mail itself tells of where its enquiry came from (SCHEMA `source`)."""

    form: str | None = None
    page_url: str | None = None
    referrer: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    vendor: str | None = None
    landing_page: str | None = None
    """The first page of the visit."""
    journey: tuple[str, ...] = ()
    """The pages of the visit in order; the last is the one that converted."""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """May the holding message answer this mail? `rule` is the first of A1.. that refuses, or `kind`."""

    send: bool
    to: str | None
    rule: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One received file: its place in the mail, a cleaned name, its type and decoded size in bytes."""

    index: int
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one mail. Text is NFC and bounded, its only control characters line breaks."""

    kind: MailKind
    why: tuple[str, ...]
    """The rules that decided the kind, in words a person understands, the deciding one first."""
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    company: str | None = None
    message: str = ""
    """What the person wrote, without labels, footers and quotes."""
    visible: str = ""
    """The body without quote and signature."""
    text: str = ""
    """The whole body as text."""
    subject: str = ""
    from_name: str = ""
    from_email: str | None = None
    reply_to: str | None = None
    to: tuple[str, ...] = ()
    """Addresses of To and Cc."""
    message_id: str | None = None
    """With its angle brackets."""
    references: tuple[str, ...] = ()
    """Message-IDs of In-Reply-To (first) and References, without doubles."""
    sent_at: datetime | None = None
    """The Date header, where it can be read."""
    attachments: tuple[Attachment, ...] = ()
    source: MailSource = field(default_factory=MailSource)
    fields: Mapping[str, str] = field(default_factory=dict)
    form_notice: bool = False
    """The person was read from Reply-To or labelled lines: a form's robot wrote the mail."""
    recipient: str | None = None
    permanent: bool | None = None
    status: str | None = None
    return_date: date | None = None
    opt_out: bool = False
    about: tuple[str, ...] = ()
    """Message-IDs of ours that a bounce or away note names."""
    test_token: str | None = None
    """Value of our own X-LeadDesk-Test header."""
    submitted_at: datetime | None = None
    acknowledge: Acknowledge | None = None
    by_program: bool = False
    """From is a program's address, or its headers say that a program or a list sent it."""
    form_key: str = ""
    """Which form wrote it, the same for two notices of one form; empty for a letter."""
    taught: Taught | None = None
    """What a person said of mails like this one."""
    read_as: MailKind | None = None
    """The kind that it had before somebody's word made it no enquiry."""
    shape: FormShape | None = None
    """What the next mail of this form will look like; None for what a form service posts."""
    form: int = 0
    """The known form (Known.forms) that it is a mail of, or 0."""
    lost: tuple[str, ...] = ()
    """Fields that were taught for its form and are not found in it: the general reading stands."""
    signed_up: str | None = None
    """Who joined a newsletter, of a notice that tells it."""
    portal_link: str | None = None
    """Where a portal that tells no address lets one answer; https only."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules are told about us before they judge a mail."""

    own_addresses: frozenset[str] = frozenset()
    """Lower-case addresses of our accounts and their further addresses."""
    own_domains: frozenset[str] = frozenset()
    """Lower-case domains that are ours whole (never a freemail provider's)."""
    form_sources: frozenset[str] = frozenset()
    """From addresses of registered forms."""
    learned: tuple[Learned, ...] = ()
    """What a person taught, the oldest first: the last word on mails that are alike counts."""
    forms: tuple[KnownForm, ...] = ()
    """Forms that are registered by their shape, or were taught."""
    country: Country = NOWHERE
    """Where we are: numbers that name no country are read by it."""


class Role(enum.StrEnum):
    """Which of an account's watched folders."""

    INBOX = "inbox"
    SENT = "sent"
    SIGNER_SENT = "signer-sent"
    """The Sent folder of the person who signs in to a shared box: what they send as that box lands there."""
    JUNK = "junk"
    """Where the provider puts what it takes for spam: looked through by the Inbox's watcher, not watched."""

    @property
    def is_sent(self) -> bool:
        return self not in (Role.INBOX, Role.JUNK)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKey:
    """The capture key: UNIQUE(account, folder, uidvalidity, uid). Never the Message-ID."""

    account: int
    role: Role
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMail:
    """Bytes as they landed, to be stored before anything looks into them.

    Exactly one of `key` (mail account) and `feed` with `feed_name` (Maildir, folder) is set,
    or neither (a file given by hand).
    """

    raw: bytes
    received_at: datetime
    """INTERNALDATE, a Maildir file's time, or the Date header of a file given by hand."""
    seen_at: datetime
    size: int
    """RFC822.SIZE as told by the server; larger than len(raw) when only the start was fetched."""
    key: MailKey | None = None
    feed: int | None = None
    feed_name: str | None = None
    quiet: bool = False
    """Part of a first sync or a rescan: no alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A stored mail, without its bytes."""

    id: int
    account: int | None
    feed: int | None
    role: Role
    received_at: datetime
    seen_at: datetime
    size: int
    state: MailState
    kind: MailKind | None
    place: Place | None
    why: tuple[str, ...]
    lead: int | None
    from_name: str
    from_email: str | None
    subject: str
    snippet: str
    message_id: str | None
    quiet: bool
    attachments: tuple[Attachment, ...]
    visible: str
