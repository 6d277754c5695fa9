"""What a person puts in by hand: a text that was pasted, files that were dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaddesk.words.lead import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a pasted text seems to say. Nothing of it is stored until a person says so; empty is unknown."""

    name: str = ""
    number: str = ""
    email: str = ""
    company: str = ""
    message: str = ""
    source: str = ""
    """Where they came from, in plain words, where the text tells it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A dropped file that nothing was made of, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What became of files that were dropped on the window."""

    enquiries: tuple[tuple[int, int], ...] = ()
    """(mail, lead) of each mail that is an enquiry now."""
    others: int = 0
    """Mails that joined a conversation, or are no leads."""
    tables: tuple[str, ...] = ()
    """Paths of files of people: they are looked at before anything is taken from them."""
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An enquiry as a person wrote it down."""

    name: str
    number: str
    email: str
    message: str
    channel: Channel
    at: datetime
    """When they rang, came or wrote."""
    source: str = ""
    """Empty where nothing but the channel is known."""
    company: str = ""
