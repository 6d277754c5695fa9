"""Words for tests, where only what matters is given. Minutes count from Monday, 2 November 2026, 9:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from leaddesk.words.account import Account, Server
from leaddesk.words.lead import (
    Channel,
    Decision,
    Direction,
    Enquiry,
    Person,
    Reached,
    Retraction,
    Touch,
    Verb,
)
from leaddesk.words.mail import MailKey, MailKind, RawMail, Reading, Role

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """Minutes after the start; before it where they are negative."""
    return START + timedelta(minutes=minutes)


def enquiry(id: int = 1, minutes: float = 0, **more: Any) -> Enquiry:
    """An enquiry by mail that was seen when it was received."""
    given: dict[str, Any] = {"lead": 1, "channel": Channel.EMAIL, "message": "What is a dormer?"}
    given |= {"received_at": at(minutes), "seen_at": at(minutes), **more}
    return Enquiry(id=id, **given)


def asked(id: int, minutes: float, enquiry: int = 1, **more: Any) -> Touch:
    """The inward touch that opened an enquiry."""
    return wrote(id, minutes, enquiry=enquiry, **more)


def wrote(id: int, minutes: float, **more: Any) -> Touch:
    """A mail of theirs."""
    given: dict[str, Any] = {"lead": 1, "direction": Direction.IN, "channel": Channel.EMAIL, **more}
    return Touch(id=id, at=at(minutes), **given)


def answered(id: int, minutes: float, **more: Any) -> Touch:
    """A mail of ours by a person."""
    given: dict[str, Any] = {"lead": 1, "by": "Ann", "outcome": Reached.SENT, **more}
    return Touch(
        id=id, at=at(minutes), direction=Direction.OUT, channel=given.pop("channel", Channel.EMAIL), **given
    )


def called(id: int, minutes: float, outcome: Reached, **more: Any) -> Touch:
    """A call of ours."""
    return answered(id, minutes, channel=Channel.CALL, outcome=outcome, **more)


def decided(id: int, minutes: float, verb: Verb, **more: Any) -> Decision:
    """A person's decision."""
    given: dict[str, Any] = {"lead": 1, "by": "Ann", **more}
    return Decision(id=id, at=at(minutes), verb=verb, **given)


def took_back(id: int, minutes: float, entry: int) -> Retraction:
    """A person's undo of the entry with that number."""
    return Retraction(id=id, lead=1, at=at(minutes), by="Ann", takes_back=entry)


def person(name: str = "Ngozi Eze", **more: Any) -> Person:
    return Person(name=name, **more)


def account(email: str = "ann@lofts.example", **more: Any) -> Account:
    given: dict[str, Any] = {"user": email, "imap": Server("imap.lofts.example", 993)}
    given |= {"smtp": Server("smtp.lofts.example", 465), **more}
    return Account(email=email, **given)


def mail_key(account: int, uid: int, **more: Any) -> MailKey:
    given: dict[str, Any] = {"role": Role.INBOX, "folder": "INBOX", "uidvalidity": 7, **more}
    return MailKey(account=account, uid=uid, **given)


def raw_mail(raw: bytes = b"Subject: loft\r\n\r\nHello\r\n", minutes: float = 0, **more: Any) -> RawMail:
    given: dict[str, Any] = {"received_at": at(minutes), "seen_at": at(minutes), "size": len(raw), **more}
    return RawMail(raw=raw, **given)


def reading(kind: MailKind = MailKind.ENQUIRY, **more: Any) -> Reading:
    given: dict[str, Any] = {"why": ("a person wrote it",), **more}
    return Reading(kind=kind, **given)
