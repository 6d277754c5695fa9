"""A house that may acknowledge: a mailbox whose Sent folder has been looked through, and the switch on."""

from __future__ import annotations

from datetime import datetime

from leaddesk.doors.store import Mailbox
from leaddesk.words.account import Account, Server
from leaddesk.words.mail import Mail, MailKey, RawMail, Role
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState
from leaddesk.words.settings import HOLDING_ON
from tests.house import House
from tests.letters import NGOZI, letter

ANN = "ann@lofts.example"


def ready(house: House, *, on: bool = True, smtp: Server | None = None) -> int:
    """The account's number."""
    account = Account(
        email=ANN, name="Lofts by Ann", user="", imap=Server("", 0), smtp=smtp or Server("", 0),
        saves_sent=True, own_domain=True,
    )  # fmt: skip
    house.desk.accounts.add(account, None, test=False)
    number = house.desk.store.accounts.all()[0].id
    looked_through(house, number)
    if on:
        house.desk.config.set(HOLDING_ON, "on")
    return number


def looked_through(house: House, account: int) -> None:
    house.desk.store.mailboxes.put(
        Mailbox(
            account=account, role=Role.SENT, folder="Sent", uidvalidity=1, line_uid=1,
            line_at=house.desk.clock.now(), next_uid=1, quiet_done=True,
        )
    )  # fmt: skip


def asks(sender: str = NGOZI, text: str = "Can you quote for a loft conversion?", **more: str) -> bytes:
    """A personal letter with the Return-Path of its sender."""
    address = sender.rpartition("<")[2].rstrip(">")
    return letter(text, sender=sender, **{"Return_Path": f"<{address}>", **more})


def holdings(house: House, *states: OutgoingState) -> list[Outgoing]:
    mails = house.desk.store.outbox.all_in(states or OutgoingState)
    return [mail for mail in mails if mail.kind is OutgoingKind.HOLDING]


def found_in_sent(house: House, account: int, raw: bytes, at: datetime, uid: int) -> Mail:
    """A mail that the watcher of Sent has stored, and what became of it."""
    kept = house.desk.store.mails.keep(
        RawMail(
            raw=raw, received_at=at, seen_at=at, size=len(raw),
            key=MailKey(account=account, role=Role.SENT, folder="Sent", uidvalidity=1, uid=uid),
        )
    )  # fmt: skip
    assert kept is not None
    house.desk.receive.process(kept)
    return house.mail(kept)


def rule(house: House, lead: int = 1) -> str | None:
    """The rule that refused the lead's newest enquiry; None where a message went into the outbox."""
    enquiry = house.lead(lead).enquiries[-1].id
    return house.desk.store.holding.of_lead([lead])[enquiry].rule
