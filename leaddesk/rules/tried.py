"""Attempt, contact and their reply are three things: how often there was each on a lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leaddesk.words.lead import Direction, Reached
from leaddesk.words.views import TimelineItem


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

        >>> Tried(2, 0, 1).words, Tried(0, 0, 0).words
        ('2 attempts, no contact, 1 reply', '')
        """
        if not (self.attempts or self.contacts or self.replies):
            return ""
        counted = (
            _counted(self.attempts, "attempt", "attempts"),
            _counted(self.contacts, "contact", "contacts"),
            _counted(self.replies, "reply", "replies"),
        )
        return ", ".join(counted)


def tried(timeline: Iterable[TimelineItem]) -> Tried:
    """What a lead's conversation comes to."""
    touches = [item for item in timeline if item.entry and item.direction is not None and not item.automatic]
    return Tried(
        attempts=sum(item.direction is Direction.OUT for item in touches),
        contacts=sum(item.outcome is Reached.REACHED for item in touches),
        replies=sum(item.direction is Direction.IN and item.enquiry is None for item in touches),
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number < 2 else many}"
