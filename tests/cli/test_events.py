"""News of the services as events of `leaddesk watch`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leaddesk.cli.events import event_of, event_words
from leaddesk.words.account import ConnectionState
from leaddesk.words.mail import MailKind
from leaddesk.words.news import (
    AccountsChanged,
    AlertRaised,
    AlertTaken,
    ConnectionChanged,
    EnquiryArrived,
    LeadChanged,
    MailArrived,
    News,
    OutgoingChanged,
    ReplyArrived,
    TroubleChanged,
)
from leaddesk.words.outgoing import OutgoingState

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
NO_IDS = {"account": None, "lead": None, "enquiry": None, "outgoing": None}


@pytest.mark.parametrize(
    ("news", "facts"),
    [
        (
            ConnectionChanged(
                at=AT, account=1, feed=None, folder="INBOX", state=ConnectionState.OFFLINE, why="x"
            ),
            {
                "event": "connection",
                "account": 1,
                "feed": None,
                "folder": "INBOX",
                "state": "offline",
                "why": "x",
            },
        ),
        (
            MailArrived(at=AT, mail=4, account=1, kind=MailKind.NEWSLETTER),
            {"event": "mail", "account": 1, "mail": 4, "kind": "newsletter"},
        ),
        (
            EnquiryArrived(at=AT, account=1, lead=2, enquiry=3, received_at=AT, seen_at=AT, quiet=True),
            {
                **{
                    "event": "enquiry",
                    "account": 1,
                    "lead": 2,
                    "enquiry": 3,
                    "received_at": AT,
                    "seen_at": AT,
                },
                "quiet": True,
            },
        ),
        (
            ReplyArrived(at=AT, account=1, lead=2, joined=True),
            {"event": "reply", "account": 1, "lead": 2, "joined": True, "quiet": False},
        ),
        (
            AlertRaised(at=AT, alert=1, lead=None, count=6, loudness=2, shown_by="dunst"),
            {"event": "alert", "count": 6, "loudness": 2, "shown_by": "dunst"},
        ),
    ],
)
def test_an_event_has_its_facts_and_every_id(news: News, facts: dict[str, object]) -> None:
    assert event_of(news) == {"at": AT, **NO_IDS, **facts}


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (OutgoingState.CLAIMED, "sending"),
        (OutgoingState.SENT, "sent"),
        (OutgoingState.REFUSED, "refused"),
        (OutgoingState.DEFERRED, "deferred"),
        (OutgoingState.UNSURE, "unsure"),
        (OutgoingState.CANCELLED, "cancelled"),
        (OutgoingState.DRAFT, None),
        (OutgoingState.APPROVED, None),
        (OutgoingState.QUEUED, None),
        (OutgoingState.COMMITTING, None),
    ],
)
def test_the_steps_of_a_mail_that_are_told(state: OutgoingState, event: str | None) -> None:
    told = event_of(OutgoingChanged(at=AT, outgoing=5, lead=2, account=1, state=state))
    wanted = {"event": event, "at": AT, **NO_IDS, "account": 1, "lead": 2, "outgoing": 5}
    assert told == (wanted if event else None)


@pytest.mark.parametrize(
    "news",
    [LeadChanged(at=AT, lead=1), AlertTaken(at=AT, lead=1), AccountsChanged(at=AT), TroubleChanged(at=AT)],
)
def test_what_only_the_window_wants_to_know_is_no_event(news: News) -> None:
    assert event_of(news) is None


@pytest.mark.parametrize(
    ("news", "words"),
    [
        (
            EnquiryArrived(at=AT, account=1, lead=2, enquiry=3, received_at=AT, seen_at=AT, quiet=True),
            "09:00:00  enquiry     Ngozi Eze, lead 2, from before the first sync",
        ),
        (
            ConnectionChanged(at=AT, account=1, feed=None, folder="INBOX", state=ConnectionState.ONLINE),
            "09:00:00  connection  INBOX, online",
        ),
        (
            OutgoingChanged(at=AT, outgoing=5, lead=2, account=1, state=OutgoingState.SENT),
            "09:00:00  sent        Ngozi Eze, lead 2, outgoing 5",
        ),
        (
            AlertRaised(at=AT, alert=1, lead=2, count=1, loudness=1, shown_by=None),
            "09:00:00  alert       Ngozi Eze, lead 2, not shown here",
        ),
        (ReplyArrived(at=AT, account=1, lead=2), "09:00:00  reply       Ngozi Eze, lead 2"),
    ],
)
def test_people_read_a_line(news: News, words: str) -> None:
    event = event_of(news)
    assert event is not None
    assert event_words(event, "Ngozi Eze" if event["lead"] else None, "09:00:00") == words
