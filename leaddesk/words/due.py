"""A step of a plan as the queue needs it: what it asks for, and when it falls due. A first paint loads it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class Way(enum.StrEnum):
    """What a step of a plan asks for. DECIDE is the last step of a plan that says when to decide."""

    EMAIL = "email"
    CALL = "call"
    TEXT = "text"
    WHATSAPP = "whatsapp"
    TASK = "task"
    DECIDE = "decide"

    @property
    def is_touch(self) -> bool:
        """True where it reaches for the lead, and so counts towards the most in seven days."""
        return self not in (Way.TASK, Way.DECIDE)

    @property
    def rings(self) -> bool:
        """True where it makes their telephone sound: only at a decent hour where they are."""
        return self in (Way.CALL, Way.TEXT, Way.WHATSAPP)


@dataclass(frozen=True, slots=True)
class DueStep:
    """The next step of a lead's plan, as its row has it."""

    plan: str
    number: int
    of: int
    way: Way
    at: datetime
    day: int
    """The local day on which it falls, counted from the enquiry's."""

    @property
    def closes(self) -> bool:
        """True where nothing is left to do: the plan ends by itself, as no response."""
        return self.number > self.of
