"""Judgement about mails on their way: when to try again, what is too old to go by itself, when to ask."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from leaddesk.rules.compose import body_hash
from leaddesk.rules.when import clock_words
from leaddesk.words.outgoing import Outgoing

STALE_AFTER = timedelta(hours=48)
"""A mail that could not go out for so long may no longer fit: a person looks at it first (FAULTS S29)."""
STALE = "This waited for more than two days, so it was not sent by itself. Send it again if it still fits."
CHANGED = "The text was changed after it was approved, so it was not sent."

OPENED_ELSEWHERE = "Opened in your mail program."
"""Why a mail was taken back: the person sends it themselves, and it is found again in Sent."""

_GROWTH = (1, 3, 6, 12)
_LOOKS = 2
_LOOKING_ENDS = timedelta(minutes=5)


def pause_after(tries: int, first: timedelta) -> timedelta:
    """How long to wait when the server put a mail off for the time number `tries`, counted from 0.

    >>> [pause_after(n, timedelta(minutes=5)).seconds // 60 for n in range(5)]
    [5, 15, 30, 60, 60]
    """
    return first * _GROWTH[min(tries, len(_GROWTH) - 1)]


def due_at(mail: Outgoing) -> datetime:
    """When a queued or deferred mail may be tried next."""
    return mail.next_try or mail.not_before or mail.updated_at


def waits_words(mail: Outgoing, now: datetime, zone: tzinfo) -> str:
    """What holds an answer up that is on its way."""
    if mail.not_before is not None and mail.not_before > now:
        return f"Your answer waits: it goes out {clock_words(mail.not_before, now, zone)}"
    return f"Your answer waits: {mail.why or 'it could not be sent yet'}"


def must_not_go(mail: Outgoing, now: datetime) -> str | None:
    """Why a mail that is due must wait for a person all the same, or None.

    Nothing goes out that a person did not approve as it is (I4), and nothing stale.
    """
    if hash_of(mail) != mail.body_hash:
        return CHANGED
    if mail.not_before is not None and now - mail.not_before > STALE_AFTER:
        return STALE
    return None


def hash_of(mail: Outgoing) -> str:
    """What a person approved, as far as the row tells it."""
    files = ((each.name, each.digest) for each in mail.files)
    return body_hash(mail.subject, mail.body, (*mail.to, *mail.cc), files)


def is_evidence(mail: Outgoing, grace: timedelta, now: datetime) -> bool:
    """Whether not finding an unsure mail in Sent says anything yet: a slow server may still take it."""
    return now - _began(mail) >= grace


def must_ask(mail: Outgoing, looks: int, *, saves_sent: bool, grace: timedelta, now: datetime) -> bool:
    """Whether a person must be asked about an unsure mail.

    Where the provider is proved to keep Sent copies, two looks after the grace come first, if they are
    possible; elsewhere an empty Sent folder says nothing, and there is nothing to wait for.
    """
    over = now - _began(mail) - grace
    if over < timedelta():
        return False
    return not saves_sent or looks >= _LOOKS or over >= _LOOKING_ENDS


def _began(mail: Outgoing) -> datetime:
    return mail.committing_at or mail.updated_at
