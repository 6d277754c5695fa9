"""Forms by which enquiries come: what their mails look like, and what a person taught us about one."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FormShape:
    """What the mails of one form have in common, whoever filled it in."""

    sender: str
    """Lower-case From address; empty where the form writes as the visitor."""
    subject: str
    """Words of the subject that are the form's own, folded; empty where the visitor chose them all."""
    labels: tuple[str, ...]
    """Folded labels of what visitors fill in, sorted; what the form adds by itself is left out."""


class Marked(enum.StrEnum):
    """What a person can mark in a sample."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    PAGE = "page"


class Stand(enum.StrEnum):
    """Where a marked value stands: behind some words on their row, or in the rows under one."""

    AFTER = "after"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A rule that somebody taught by pointing."""

    field: Marked
    stand: Stand
    words: str
    """The words that the value stands behind or under; empty (UNDER) for the first row of the mail."""
    until: str = ""
    """Where the value ends: a mark on its row, for a message the start of a later row; empty: at the end."""


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form that the reader is told of: one that is registered, or taught, or both."""

    id: int
    shape: FormShape
    registered: bool = False
    pointers: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One form that mails came from."""

    form: int
    title: str
    sender: str
    mails: int
    naming_page: int
    """How many of them name the page that they were sent from."""
    feed: int | None
    """The feed that it was registered as, or None."""
    taught: tuple[Pointer, ...]
    lost: int
    """Mails since it was taught in which what was taught is not found any more."""
    newest: int | None
    """Its newest mail, which is the sample to teach from; None where none has come yet."""

    @property
    def page_words(self) -> str:
        """ "0 of 12 mails name a page"."""
        if self.mails <= 1:
            one = "Its one mail names a page" if self.naming_page else "Its one mail names no page"
            return one if self.mails else "No mail yet"
        return f"{self.naming_page} of {self.mails} mails name a page"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a sample's text that the person marked: from `start` to `end`, in characters."""

    field: Marked
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A mail to point into, with what is read from it now."""

    mail: int
    form: int
    title: str
    text: str
    read: tuple[tuple[Marked, str], ...]
    """What is read now, by field; an empty text where nothing is."""
    taught: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One past mail that would be read otherwise."""

    mail: int
    at: datetime
    field: Marked
    was: str
    will: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What taught pointers make of a form's past mails. Nothing is kept until it is accepted."""

    mail: int
    """The sample."""
    pointers: tuple[Pointer, ...]
    mails: int
    """How many past mails were read anew."""
    alike: int
    """In how many of them nothing changes."""
    lost: int
    """In how many a marked place is not found: there the general reading stands."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class FormLines:
    """What makes one form plug-in tell from where an enquiry comes."""

    plugin: str
    steps: tuple[str, ...]
    form: str
    """Lines for the form itself; empty where they are set by clicking."""
    mail: str
    """Lines for the mail that the form sends."""


@dataclass(frozen=True, slots=True)
class FormOffer:
    """How the form of an enquiry stands: may it be registered here, and which mail to teach from."""

    form: int
    mail: int
    title: str
    to_register: bool
    """True on the first mail of a form that is not registered."""
    has_changed: bool = False
    """What was taught for the form is not found in this mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMail:
    """Which form a mail came from, and how the mail stands with it."""

    form: int
    title: str
    registered: bool
    is_first: bool
    """The first mail that came from it."""
    lost: bool
    """What was taught for the form was not found in it."""
