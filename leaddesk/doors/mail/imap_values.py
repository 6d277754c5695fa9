"""What an IMAP session tells: plain frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class Hint(enum.Enum):
    """Why `ImapSession.wait` came back. A hint says when to look, never what there is."""

    ARRIVED = enum.auto()
    """The server announced mail."""
    REMOVED = enum.auto()
    """The server announced that mail has gone."""
    WOKEN = enum.auto()
    """The wake was set."""
    RENEWED = enum.auto()
    """The time was over, and the server has just proved that it is there."""


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """A folder as EXAMINE tells it. UIDs of another `uidvalidity` mean nothing here."""

    uidvalidity: int
    uidnext: int | None
    exists: int


@dataclass(frozen=True, slots=True)
class MailMeta:
    """One mail without its bytes: INTERNALDATE in UTC (None when unreadable) and size in bytes."""

    uid: int
    internaldate: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail's bytes, complete or its first part; `size` is then larger than `len(raw)`."""

    uid: int
    internaldate: datetime | None
    size: int
    raw: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.raw) >= self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMail:
    """A mail's headers, as far as they tell who wrote to whom about what."""

    uid: int
    internaldate: datetime | None
    message_id: str | None
    """With its angle brackets."""
    references: tuple[str, ...]
    """Message-IDs of In-Reply-To (first) and References, without doubles."""
    from_email: str | None
    to: tuple[str, ...]
    """Addresses of To and Cc, in lower case."""
    subject: str
    automatic: bool
    """Auto-Submitted says that no person wrote it."""
    head: bytes
    """The header lines that were fetched."""
