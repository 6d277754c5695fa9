"""Limits that a mail server names: whether an answer tells of one, and when it ends (FAULTS S17).

A limit is of the whole account: no other mail of it is tried before its end. LeadDesk has no limits of its
own making; only a refusal names one.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_WORDS = re.compile(
    r"\b(daily|hourly|sending|outgoing|outbound|relay|submission|per (day|hour|minute))\b"
    r".*\b(limit|quota|rate)"
    r"|\brate.?limit|\btoo (many|much) (messages?|e-?mails?|mail)\b|\bthrottl"
    r"|\blimit\b.*\b(reached|exceeded)|\b(reached|exceeded)\b.*\blimit\b|submissionquotaexceeded",
    re.IGNORECASE,
)
_THEIR_BOX = re.compile(r"[45]\.2\.[12]\b")
"""Said of the recipient's mailbox: full, or written to too often by others."""
_TOO_MANY_RECIPIENTS = re.compile(r"[45]\.5\.3\b")
_FINAL_BUT_A_LIMIT = re.compile(r"5\.(4\.5|1\.90|7\.233)\b|\bsubmissionquotaexceeded", re.IGNORECASE)
"""Gmail's and Microsoft's word for the day's limit, although their code says "never"."""
_SPAN = re.compile(
    r"\b(?:in|after|within|for|wait)\s+(?:about\s+|another\s+)?(\d{1,5})\s*(s|m|h|d)[a-z]*\b", re.IGNORECASE
)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=2)


def is_limit(code: int, status: str, text: str) -> bool:
    """Whether a whole answer says that the account may send no more for a while.

    >>> is_limit(550, "5.4.5", "550 5.4.5 Daily user sending limit exceeded")
    True
    >>> is_limit(452, "4.2.2", "452 4.2.2 The mailbox is over its quota limit")
    False
    """
    if _THEIR_BOX.match(status) or _TOO_MANY_RECIPIENTS.match(status):
        return False
    is_later = 400 <= code <= 499 or (500 <= code <= 599 and _FINAL_BUT_A_LIMIT.search(text))
    return bool(is_later and _WORDS.search(text))


def limit_ends(answer: str, at: datetime) -> datetime | None:
    """When the server that answered so at `at` wants to be asked again; None where it names no time.

    >>> from datetime import UTC
    >>> at = datetime(2026, 3, 2, 7, 25, tzinfo=UTC)
    >>> limit_ends("450 4.7.1 too much mail, try again in 45 minutes", at)
    datetime.datetime(2026, 3, 2, 8, 10, tzinfo=datetime.timezone.utc)
    """
    found = _SPAN.search(answer)
    if found is None:
        return None
    span = timedelta(**{_UNITS[found[2].lower()]: int(found[1])})
    return at + min(span, _LONGEST) if span else None


def limit_words(answer: str) -> str:
    """What is told first: the day's limit, the hour's, or just a limit.

    >>> limit_words("550 5.4.5 Daily user sending limit exceeded")
    'Daily limit reached'
    """
    text = answer.lower()
    kind = "Daily" if re.search(r"\b(daily|per day)\b", text) else ""
    kind = kind or ("Hourly" if re.search(r"\b(hourly|per hour)\b", text) else "Sending")
    return f"{kind} limit reached"
