"""Two leads that are perhaps one person, and leads that were joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """Another lead who may be the same person, with what speaks for it."""

    lead: int
    name: str
    why: str
    wants: str
    """One line of what they last wrote."""
    since: datetime
    known_by: str = ""
    """What tells the two apart: an address or number that is theirs alone, and their last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A lead whose history is read through another's. `by` is who joined them."""

    lead: int
    name: str
    at: datetime
    by: str | None
    until: datetime
    """Until when they can be taken apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What joining or taking apart came to: the lead that was joined, and the one that goes on (or went)."""

    lead: int
    into: int
