"""A mail account: where it is, how it signs in, what was found when it was tried."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from leaddesk.words.states import ConnectionState


class Security(enum.StrEnum):
    """How a connection is protected. PLAIN is for loopback only."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


class SignIn(enum.StrEnum):
    """How the mailbox lets a program in; stored from the start."""

    PASSWORD = "password"  # noqa: S105 - a kind of sign-in, not a secret
    APP_PASSWORD = "app-password"  # noqa: S105
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Server:
    """Host, port and security of one server."""

    host: str
    port: int
    security: Security = Security.TLS


@dataclass(frozen=True, slots=True)
class Room:
    """What the server for sending said last: the most it takes, and whether it takes any address."""

    bytes: int | None = None
    """The largest mail, as it goes over the wire; None where the server names none."""
    foreign: bool | None = None
    """Whether letters beyond ASCII may stand before the @ (SMTPUTF8); None where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """LeadDesk as the owner registered it at an authority (resources/authorities.toml). None is shipped."""

    authority: str
    id: str
    tenant: str = ""
    """The firm's directory at the authority; empty for the authority's own default."""
    secret: str = ""
    """Google gives desktop programs one and says that it is none: it is no password and opens nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mailbox that we watch and answer through. The password is not here: it is in the vault."""

    id: int = 0
    email: str
    name: str = ""
    signature: str = ""
    user: str
    smtp_user: str | None = None
    imap: Server
    smtp: Server
    sign_in: SignIn = SignIn.PASSWORD
    ca_file: str | None = None
    folder: str = "INBOX"
    sent_folder: str | None = None
    own_addresses: tuple[str, ...] = ()
    own_domain: bool = False
    """True when every address at the account's domain is a colleague's."""
    keyring: str | None = None
    """Name of the backend that holds the password, or None."""
    keep_in_memory: bool = False
    saves_sent: bool | None = None
    """Proved by the test mail: does the provider keep Sent copies itself?"""
    client: Client | None = None
    """Where the person signs in, for SignIn.BROWSER."""
    signer: str = ""
    """Who signs in with the browser where it is another than `user`: the box is a shared one."""
    signer_sent: str | None = None
    """The signer's own folder of sent mail, where the shared box's answers land too, or instead."""
    signed_in_at: datetime | None = None
    """When the person last signed in with the browser."""
    smtp_off: bool = False
    """The provider lets no program send: answers open in the person's own mail program."""
    room: Room = field(default_factory=Room)

    @property
    def copies_go_to_signer(self) -> bool:
        """Proved by the test mail: what goes out from the shared box is kept in the signer's Sent."""
        return self.signer_sent is not None and self.saves_sent is True

    @property
    def is_watched(self) -> bool:
        """False for an account that only sends: its mail comes in by a feed (the demo's does)."""
        return bool(self.imap.host)


@dataclass(frozen=True, slots=True)
class Provider:
    """What is known of a mail provider (resources/providers)."""

    name: str
    domains: tuple[str, ...]
    imap: Server | None
    smtp: Server | None
    sign_in: SignIn
    freemail: bool
    note: str = ""
    """What the person must do first, one sentence."""
    steps: tuple[str, ...] = ()
    page: str = ""
    """The provider's own page for it."""
    short_user: bool = False
    """True where the user name is the part of the address before the @."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Servers proposed for an address: known from data, or the usual names to be tried in order."""

    email: str
    provider: Provider | None
    imap: tuple[Server, ...]
    smtp: tuple[Server, ...]
    sign_in: SignIn
    user: str


class Step(enum.StrEnum):
    """The steps of a connection test, in order."""

    REACH = "reach"
    TLS = "tls"
    LOGIN = "login"
    FOLDER = "folder"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class TestStep:
    """One step of the test as it ended. `detail` is a sentence; `mend` says what to do when it failed."""

    step: Step
    server: str
    """imap or smtp"""
    ok: bool
    detail: str
    mend: str = ""
    bearable: bool = False
    """True where it failed and the mailbox can be used all the same."""

    __test__ = False  # not a test class for pytest


@dataclass(frozen=True, slots=True)
class Connection:
    """A watched folder or feed as the person may see it."""

    account: int | None
    feed: int | None
    folder: str
    state: ConnectionState
    since: datetime
    """When this state began."""
    proof_at: datetime | None
    """The last proof of life from the server."""
    why: str = ""
    next_try: datetime | None = None
    polling: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A place we take enquiries from besides a mail account."""

    id: int
    kind: str
    """maildir, folder or form"""
    path: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class AccountReport:
    """What adding or testing an account came to."""

    account: Account
    tests: tuple[TestStep, ...] = field(default_factory=tuple)

    @property
    def ok(self) -> bool:
        return all(t.ok or t.bearable for t in self.tests)
