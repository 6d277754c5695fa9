"""What a sample lead is: the words of a real one, with numbers that count within itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaddesk.words.lead import Enquiry, Entry, Person, Source


@dataclass(frozen=True, slots=True)
class SampleLead:
    """A person, what they asked and what came of it, ready to be stored.

    Everywhere `lead` is 0. The ids of enquiries and entries count from 1 within this lead, and
    `Touch.enquiry` names such an id: the store adds what its own numbers begin with. So
    `fold(lead.enquiries, lead.record)` works as it stands.
    """

    person: Person
    source: Source
    enquiries: tuple[Enquiry, ...]
    """The oldest first; each has its inward touch in the record."""
    record: tuple[Entry, ...]
    """In order of time."""


@dataclass(frozen=True, slots=True)
class SampleMail:
    """A mail of somebody we know, without an enquiry."""

    name: str
    email: str
    subject: str
    text: str
    at: datetime
