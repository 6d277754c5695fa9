"""What a person is given while they write: the fitting template, snippets, quiet hints, times to send at."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from leaddesk.words.account import Room
from leaddesk.words.lead import Channel
from leaddesk.words.snippets import Snippet


class Kind(enum.StrEnum):
    """Where an enquiry came from, as far as the first sentence of an answer needs to know."""

    UNKNOWN = "unknown"
    PRICING = "pricing"
    PORTAL = "portal"
    REFERRAL = "referral"
    MISSED_CALL = "missed-call"
    CALL = "call"
    NEWSLETTER = "newsletter"


class Note(enum.StrEnum):
    """The mails and the text that follow a first answer; plans name them by these words."""

    SECOND = "second-note"
    USEFUL = "useful-thing"
    LAST = "last-note"
    NUDGE = "short-nudge"

    @property
    def channel(self) -> Channel:
        """The nudge is a text; the others are mails."""
        return Channel.TEXT if self is Note.NUDGE else Channel.EMAIL


class HintKind(enum.StrEnum):
    """What a first answer should have."""

    NAME = "name"
    QUESTION = "question"
    USEFUL = "useful"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Hint:
    """One of them: whether the answer has it, and in a few words what it is."""

    kind: HintKind
    is_met: bool
    words: str


@dataclass(frozen=True, slots=True)
class SendTime:
    """A time that is offered for sending later, in words and as a moment."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What the composer shows beside a draft."""

    chosen: str = ""
    """Which template was taken, and why."""
    is_first: bool = False
    """A first answer to an enquiry is checked for the things that it should have."""
    first_name: str = ""
    asked: str = ""
    """Their own words, for the check."""
    plain: str = ""
    """The line that would do for now."""
    snippets: tuple[Snippet, ...] = ()
    """With their fields filled in for this person."""
    later: tuple[SendTime, ...] = ()
    room: Room = field(default_factory=Room)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """One template in the settings; `text` is the firm's own, or the one that comes with the program."""

    name: str
    title: str
    what_for: str
    text: str
    is_own: bool
