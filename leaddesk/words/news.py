"""News says who, not what: an event carries an id, and whoever cares reads again.

A lost or doubled event is harmless. Events of the services are printed by `leaddesk watch` as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaddesk.words.account import ConnectionState
from leaddesk.words.mail import MailKind
from leaddesk.words.outgoing import OutgoingState


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something happened at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChanged(News):
    """Read the lead again: its row, its place in the queue, its page."""

    lead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArrived(News):
    """A mail was stored and judged."""

    mail: int
    account: int | None
    kind: MailKind
    lead: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryArrived(News):
    """A clock was opened."""

    account: int | None
    lead: int
    enquiry: int
    received_at: datetime
    seen_at: datetime
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyArrived(News):
    """They wrote again; `joined` when it joins an enquiry that is still unanswered."""

    account: int | None
    lead: int
    joined: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChanged(News):
    """Many leads came from a file, or went again: read every list anew."""

    batch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised(News):
    """An alert was shown, or could not be (`shown_by` None). `lead` is None for one alert about many."""

    alert: int
    lead: int | None
    count: int
    loudness: int
    shown_by: str | None
    sound_made: bool = True
    """False where it should be heard and the desktop makes no sound: the window makes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTaken(News):
    """Somebody has it: answered, called, snoozed, or said so."""

    lead: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingChanged(News):
    """An outgoing mail is in a new state."""

    outgoing: int
    lead: int
    account: int
    state: OutgoingState


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionChanged(News):
    """A watched folder's connection is in a new state."""

    account: int | None
    feed: int | None
    folder: str
    state: ConnectionState
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsChanged(News):
    """Accounts or feeds were added, changed or removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(News):
    """A setting has a new value."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleChanged(News):
    """A standing trouble (disk full, keyring locked, no notifier) began or ended: read `desk.troubles`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSyncDone(News):
    """The quiet first sync of an account's folder is done."""

    account: int
    enquiries: int
    answered: int
