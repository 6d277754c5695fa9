"""What an imported row is to us: an enquiry that waits, or a past that is kept without a clock.

An enquiry waits when the file tells that it is no older than thirty days, or tells no day at all but what
they want. What is older, what a status calls won, lost or none, and a mere contact is kept closed: found by
search and by its number, and an enquiry anew as soon as they write. So no address book buries the queue.

A clock is only as good as its start: only a row with day and time is counted in the figures.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from leaddesk.rules.capture.vocabulary import fold
from leaddesk.rules.imports.titles import shipped
from leaddesk.words.imports import Closing, Contact
from leaddesk.words.lead import Outcome

WAITS = timedelta(days=30)
"""An enquiry that is older is no business of today's."""
_OUTCOMES = {"won": Outcome.WON, "lost": Outcome.LOST, "not_a_lead": Outcome.NOT_A_LEAD}
_NOT = frozenset({"not", "nicht", "non", "no", "ne", "pas", "niet", "nie", "nao", "inte", "ikke", "un"})


class Placed(NamedTuple):
    """When the enquiry came, whether its clock counts, and how it is put down (None: it waits)."""

    received_at: datetime
    is_counted: bool
    closing: Closing | None


def placed(contact: Contact, now: datetime) -> Placed:
    """Where the row stands. A day in the future is no day of an enquiry."""
    told = contact.received_at
    if told is not None and not contact.has_time and now < told < now + timedelta(days=1):
        told = now  # noon was put for a day that is today
    if told is not None and told > now:
        told = None
    closing = _closing(contact, told, now)
    return Placed(told or now, told is not None and contact.has_time and closing is None, closing)


def _closing(contact: Contact, told: datetime | None, now: datetime) -> Closing | None:
    outcome = outcome_of(contact.status) if contact.status else None
    if outcome is not None:
        return Closing(outcome, f"{contact.status}, as the imported file says")
    if told is not None and now - told > WAITS:
        return Closing(Outcome.NO_RESPONSE, "Older than 30 days when it was imported")
    if told is None and not contact.asks:
        return Closing(Outcome.NOT_A_LEAD, "An imported contact, without an enquiry")
    return None


def outcome_of(status: str) -> Outcome | None:
    """What a status says of the end; None while it runs.

    >>> outcome_of("Closed - Won"), outcome_of("Open - Not Contacted")
    (<Outcome.WON: 'won'>, None)
    """
    words = fold(status[:80])
    if not words:
        return None
    lists = shipped().status
    for key, outcome in _OUTCOMES.items():
        if words in lists[key]:
            return outcome
    tokens = words.split()
    if len(tokens) > 4:
        return None
    if _NOT & set(tokens):  # "Closed - Not Converted"
        return Outcome.LOST if tokens[0] in lists["lost"] else None
    return next((outcome for key, outcome in _OUTCOMES.items() if lists[key] & set(tokens)), None)
