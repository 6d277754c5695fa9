"""What the past comes to: the figures of the review, and those who never had an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from leaddesk.rules.audit.walk import Asked, Past
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.source_words import in_words
from leaddesk.rules.person import name_or_address
from leaddesk.rules.response import Timed
from leaddesk.words.audit import Unanswered
from leaddesk.words.states import Outcome, Standing

STILL_WAITING = timedelta(hours=72)
"""Whoever asked within this time may still be answered today: the first sync puts them into the queue."""
_WANTS = 160


def timed(past: Past, mailbox: str, now: datetime) -> list[Timed]:
    """The enquiries of the past as the figures take them. Nobody closed any: 'never' goes by their age."""
    return [
        Timed(
            lead=each.person,
            received_at=each.came.at,
            first_response_at=each.answered_at,
            standing=standing(each, now),
            source=in_words(each.came.reading, mailbox).text,
            outcome=Outcome.OPEN,
        )
        for each in past.asked
    ]


def standing(asked: Asked, now: datetime) -> Standing:
    """Answered, still waiting (asked within 72 hours), or never answered."""
    if asked.answered_at is not None:
        return Standing.ANSWERED
    return Standing.WAITING if now - asked.came.at <= STILL_WAITING else Standing.NEVER


def never_answered(past: Past, now: datetime) -> list[Asked]:
    """One enquiry, the newest, of each person who never had an answer; the newest person first.

    Somebody who was answered once since, or who still waits, is none of them.
    """
    newest = {each.person: each for each in past.asked}
    never = [each for each in newest.values() if standing(each, now) is Standing.NEVER]
    return sorted(never, key=lambda each: each.came.at, reverse=True)


def unanswered(asked: Asked, account: int, mailbox: str, folder: str, uidvalidity: int) -> Unanswered:
    """What is kept of it: who, what they want in one line, and where its mail lies."""
    reading = asked.came.reading
    emails = (reading.email,) if reading.email else ()
    phones = (reading.phone,) if reading.phone else ()
    name = reading.name or ("" if reading.form_notice else reading.from_name)
    return Unanswered(
        account=account,
        folder=folder,
        uidvalidity=uidvalidity,
        uid=asked.came.uid,
        message_id=reading.message_id,
        received_at=asked.came.at,
        name=name_or_address(name, emails, phones),
        email=reading.email,
        phone=reading.phone,
        subject=reading.subject,
        wants=one_line(reading.message, _WANTS) or reading.subject,
        source=in_words(reading, mailbox).text,
    )
