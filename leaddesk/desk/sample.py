"""A throw-away profile with sample leads: for the demo, the benches and the curious."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import resource
from leaddesk.doors.store import Counts, NewLead, Store, open_store
from leaddesk.rules import sample
from leaddesk.rules.person import address_keys
from leaddesk.words.account import Account, Security, Server
from leaddesk.words.errors import Refused
from leaddesk.words.mail import MailKind, Place, RawMail, Reading
from leaddesk.words.settings import PERSON_NAME
from leaddesk.words.states import What

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_DESK = "sample"
_PERSON = "Ann"
SAMPLE_ADDRESS = "info@hillside-lofts.example.com"


def make_sample(profile: Path, clock: Clock, leads: int = 30, seed: int = 1) -> Counts:
    """A new profile in `profile` with so many leads, the same for the same seed and time of day.

    Raises Refused when there is something in the folder already.
    """
    if profile.exists() and any(profile.iterdir()):
        raise Refused(f"{profile} is not empty.", "Give a folder that does not exist yet.")
    store = open_store(profile, _DESK, clock.now)
    texts = _texts()
    now = clock.now().astimezone(clock.zone())
    counts = store.bulk.insert(_new(each) for each in sample.make(texts, leads, seed, now))
    for mail in sample.known(texts, now):
        _keep_known(store, mail)
    return counts


def take_up_mailbox(desk: Desk, smtp_port: int = 0, email: str = SAMPLE_ADDRESS) -> None:
    """The sample firm's own mailbox: what it sends goes to this computer, and nothing is watched in it."""
    account = Account(
        email=email,
        name="Hillside Lofts",
        signature=f"{_PERSON}\nHillside Lofts",
        user="",
        smtp_user="",
        imap=Server("", 0),
        smtp=Server("127.0.0.1", smtp_port, Security.PLAIN),
        own_domain=True,
        keep_in_memory=True,
        saves_sent=True,
    )
    desk.config.set(PERSON_NAME, _PERSON)
    desk.accounts.add(account, None, test=False)


def begin_plans(desk: Desk) -> None:
    """Who waits for a first answer follows the plan of their source, as all do whose enquiry lands."""
    with desk.store.transaction():
        for row in desk.queue.today().rows:
            lead = desk.store.leads.get(row.lead) if row.what is What.NEW else None
            if lead is not None:
                desk.following.begin(lead.id, lead.enquiries[-1].id, lead.enquiries[-1])


def _texts() -> sample.SampleTexts:
    folder = resource("samples")
    return sample.read_texts({file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.toml")})


def _new(each: sample.SampleLead) -> NewLead:
    return NewLead(
        person=each.person,
        source=each.source,
        enquiries=each.enquiries,
        record=each.record,
        keys=tuple(address_keys(each.person)),
    )


def _keep_known(store: Store, mail: sample.SampleMail) -> None:
    """A mail of somebody we know, as it stands after it was read."""
    headers = f"From: {mail.name} <{mail.email}>\r\nSubject: {mail.subject}\r\n\r\n"
    raw = (headers + mail.text).encode()
    kept = store.mails.keep(RawMail(raw=raw, received_at=mail.at, seen_at=mail.at, size=len(raw), quiet=True))
    if kept is not None:
        reading = Reading(
            kind=MailKind.ENQUIRY,
            why=(),
            message=mail.text,
            visible=mail.text,
            text=mail.text,
            subject=mail.subject,
            from_name=mail.name,
            from_email=mail.email,
        )
        why = ["From somebody we wrote to before, with no enquiry here."]
        store.mails.judged(kept, reading, Place.KNOWN, why, None)
