"""Who asked not to be reached, by which way, and what that means for the next attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaddesk.words.lead import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """One wish not to be reached. `channel` None means every way; `entry` is the line that says so."""

    channel: Channel | None
    at: datetime
    by: str | None = None
    """Who wrote it down; None where it was read in their own words."""
    is_sure: bool = True
    """False while nobody has said that their words were meant so."""
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """May somebody be reached by one way? `why` is a sentence where not."""

    may: bool
    why: str = ""
