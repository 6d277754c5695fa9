"""The holding message: may it be sent, what would have been sent, and how the switch stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The judgement over one enquiry, as it stands beside it.

    `rule` is None where a message may go to `to`; else it names the first rule that refuses: A1 to A17 and
    Forms as in RFC 3834 and our own list, or one of off, kind, known, site, desk, account.
    """

    to: str | None
    rule: str | None
    why: str
    """One sentence for the person."""
    promised_at: datetime | None = None
    """By when an answer was promised in it."""

    @property
    def may_go(self) -> bool:
        return self.rule is None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingMessage:
    """The words of one holding message."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingText:
    """The text in one language, with its fields; and the sentence that stands in it whatever it says."""

    language: str
    name: str
    text: str
    honest: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldBe:
    """What would have gone out to one enquiry of the last days; `message` is None where nothing would."""

    enquiry: int
    lead: int
    name: str
    received_at: datetime
    held: Held
    message: HoldingMessage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingStand:
    """How the switch stands. `cannot` says plainly why nothing can be acknowledged now, or is empty."""

    is_on: bool
    cannot: str
    mend: str
    elsewhere: str
    """A text for the autoresponder of the mail provider."""
    promises: int
    """Promises of an hour whose time has come, of the last 30 days; `kept` of them were."""
    kept: int
