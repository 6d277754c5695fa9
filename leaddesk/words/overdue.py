"""What waits since long ago: it goes by itself no more, and a person says what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaddesk.words.due import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueItem:
    """One lead with something overdue."""

    lead: int
    name: str
    since: datetime
    """When it should have happened."""
    way: Way
    text: str = ""
    """The words of a mail that was approved; empty for a step of a plan."""
    outgoing: int | None = None
    """The mail of the outbox; None for a step of a plan."""
    is_first: bool = False
    """They still wait for their first reply: no plan's step, but that is due."""
