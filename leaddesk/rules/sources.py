"""Sources that tell nothing, and what a person or a newsletter's sign-up says instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from leaddesk.rules.fold import standing_entries
from leaddesk.words.lead import Certainty, Decision, Entry, Source, Verb

WAY_ONLY = frozenset({"mailbox", "portal_link"})
"""Evidence that tells by which way an enquiry came, and not from where."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def tells_nothing(source: Source) -> bool:
    """True where nobody said, and nothing shows, where they found us: only by which way they wrote.

    >>> tells_nothing(Source("Email to info@b.example", Certainty.DERIVED, {"mailbox": "info@b.example"}))
    True
    >>> tells_nothing(Source("Website: prices", Certainty.STATED, {"page_url": "https://b.example/prices"}))
    False
    """
    unsure = source.certainty in (Certainty.UNKNOWN, Certainty.DERIVED)
    return unsure and set(source.evidence) <= WAY_ONLY


def said(text: str) -> Source:
    """The source as a person entered it, who asked or knew."""
    return Source(text, Certainty.ASKED, {"entered": "by hand"})


def said_in(record: Iterable[Entry]) -> str | None:
    """Where a person said that the lead came from: the last word that stands."""
    decided = (e for e in reversed(standing_entries(record)) if isinstance(e, Decision))
    return next((e.reason for e in decided if e.verb is Verb.SOURCED), None)


def was_said(record: Iterable[Entry]) -> bool:
    """True where a person ever said it, taken back or not."""
    return any(isinstance(e, Decision) and e.verb is Verb.SOURCED for e in record)


def with_first_touch(source: Source, joined: date) -> Source:
    """The source of somebody who had joined the newsletter before; it is the source where nothing else is.

    >>> with_first_touch(Source(), date(2026, 10, 3)).text
    'Newsletter: joined 3 Oct 2026'
    """
    day = f"{joined.day} {_MONTHS[joined.month - 1]} {joined.year}"
    evidence = {**source.evidence, "first_touch": f"joined the newsletter on {day}"}
    if tells_nothing(source):
        return Source(f"Newsletter: joined {day}", Certainty.DERIVED, evidence)
    return Source(source.text, source.certainty, evidence)
