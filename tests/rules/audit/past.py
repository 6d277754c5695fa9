"""Mails of a past, where only what matters is given. Hours count from Monday, 2 November 2026, 9:00 UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from leaddesk.rules.audit.walk import Came, Past, Went, walk
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known
from tests.letters import letter
from tests.made import START

KNOWN = Known(own_addresses=frozenset({"ann@lofts.example"}), own_domains=frozenset({"lofts.example"}))
_uids = count(1)


def hour(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def came(hours: float, raw: bytes) -> Came:
    """A mail of the Inbox as its bytes read."""
    return Came(next(_uids), hour(hours), read(raw, KNOWN))


def head(hours: float, **more: str) -> Came:
    """A letter of which only the headers were fetched."""
    return came(hours, letter("", **more))


def went(hours: float, *to: str, id: str | None = None, automatic: bool = False) -> Went:
    return Went(at=hour(hours), message_id=id, to=to, automatic=automatic)


def walked(*mails: Came | Went) -> Past:
    return walk(
        [mail for mail in mails if isinstance(mail, Came)],
        [mail for mail in mails if isinstance(mail, Went)],
        KNOWN,
    )


def hours_waited(past: Past) -> list[float | None]:
    """For each enquiry in order: hours until a person answered, None for never."""
    return [
        None if each.answered_at is None else (each.answered_at - each.came.at) / timedelta(hours=1)
        for each in past.asked
    ]
