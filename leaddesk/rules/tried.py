"""Attempt, contact and their reply are three things: how often there was each on a lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leaddesk.words.lead import Direction, Reached
from leaddesk.words.views import TimelineItem

_TIMES = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class Tried:
    """Counts over the whole record; what is automatic, or still on its way, is in none."""

    attempts: int
    """Times that a person of ours reached out, by whatever way and whatever came of it."""
    contacts: int
    """Times that both sides spoke."""
    replies: int
    """Words of theirs after their enquiry."""

    @property
    def words(self) -> str:
        """The same on a lead's page; empty while nothing has happened.

        >>> Tried(1, 0, 1).words, Tried(2, 0, 0).words, Tried(0, 0, 0).words
        ('You tried once; they answered once', 'You tried twice; no answer yet', '')
        """
        ours = ", ".join(_often(self.attempts, "tried") + _often(self.contacts, "spoke"))
        theirs = "".join(_often(self.replies, "answered"))
        if theirs:
            return f"You {ours}; they {theirs}" if ours else f"They {theirs}"
        return f"You {ours}{'' if self.contacts else '; no answer yet'}" if ours else ""


def tried(timeline: Iterable[TimelineItem]) -> Tried:
    """What a lead's conversation comes to."""
    touches = [item for item in timeline if item.entry and item.direction is not None and not item.automatic]
    return Tried(
        attempts=sum(item.direction is Direction.OUT for item in touches),
        contacts=sum(item.outcome is Reached.REACHED for item in touches),
        replies=sum(item.direction is Direction.IN and item.enquiry is None for item in touches),
    )


def _often(number: int, did: str) -> list[str]:
    return [f"{did} {_TIMES.get(number, f'{number} times')}"] if number else []
