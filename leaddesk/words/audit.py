"""A mailbox's own past: what an audit found, and those who never had an answer."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.words.views import Review


class Step(enum.StrEnum):
    """What an audit is at, in order."""

    CONNECT = "connect"
    SENT = "sent"
    INBOX = "inbox"
    FORMS = "forms"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step has come: mails done, of how many."""

    step: Step
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """One enquiry of the past that nobody answered, and where its mail lies. `id` is 0 until it is stored."""

    id: int = 0
    account: int
    folder: str
    uidvalidity: int
    uid: int
    message_id: str | None
    received_at: datetime
    name: str
    email: str | None
    phone: str | None
    subject: str
    wants: str
    """One line of what they want: their words where a form told them, else the subject."""
    source: str


@dataclass(frozen=True, slots=True)
class Familiar:
    """Somebody with whom mails went to and fro and who asked for nothing: `mails` in both directions."""

    name: str
    email: str
    mails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the past of one mailbox came to. Enquiries received from `start` to `end`."""

    account: int
    email: str
    start: datetime
    end: datetime
    review: Review
    familiar: tuple[Familiar, ...]
    unanswered: tuple[Unanswered, ...]
    """Those who never had an answer, the newest first."""
