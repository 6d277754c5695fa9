"""What the store knows about the answer to a lead: the last word, its thread, the account it goes through."""

from __future__ import annotations

from dataclasses import dataclass

from leaddesk.doors.store import Store
from leaddesk.rules.answer import (
    Letterhead,
    answered,
    last_word,
    own_address,
    subject_of,
    their_address,
)
from leaddesk.rules.capture.addresses import read_mailboxes
from leaddesk.rules.capture.headers import Headers, message_ids, read_headers
from leaddesk.rules.fold import standing_entries
from leaddesk.rules.person import email_key
from leaddesk.words.account import Account
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Enquiry, Lead, Touch
from leaddesk.words.mail import Mail, MailKind
from leaddesk.words.outgoing import OutgoingKind, OutgoingState

_NOT_A_LETTER = (MailKind.AUTOREPLY, MailKind.BOUNCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything an answer starts from. `account` is None where there is none to send through."""

    lead: Lead
    enquiry: Enquiry
    last: Touch | None
    """What they said last."""
    account: Account | None
    sender: str
    """The address of ours that they wrote to; empty without an account."""
    to: str | None
    subject: str
    in_reply_to: str | None
    references: tuple[str, ...]


class Answering:
    """Reads what an answer to a lead starts from."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def to_lead(self, number: int) -> Answer:
        """Raises Refused when there is no such lead."""
        with self._store.session():
            lead = self._store.leads.get(number)
            if lead is None:
                raise Refused(f"There is no lead {number}.", "leaddesk queue shows those that wait.")
            return self._answer(lead, self._store.mails.of_lead(number))

    def _answer(self, lead: Lead, mails: list[Mail]) -> Answer:
        last = last_word(e for e in standing_entries(lead.record) if isinstance(e, Touch))
        said = next((mail for mail in mails if last is not None and mail.id == last.mail), None)
        is_form = _is_form(lead, last, said)
        written_to = self._written_to(said)
        account = self._account(said, written_to)
        enquiry = max(lead.enquiries, key=lambda e: (e.received_at, e.id))
        letters = [*_letters(lead, mails), *self._sent(lead)]
        thread = answered(letters, last.at if last is not None and is_form else None)
        headers = self._headers(thread)
        return Answer(
            lead=lead,
            enquiry=enquiry,
            last=last,
            account=account,
            sender=own_address(account, written_to) if account else "",
            to=self._their_address(lead, mails),
            subject=subject_of(thread, enquiry, is_form=is_form),
            in_reply_to=thread.message_id if thread else None,
            references=message_ids(headers.get("references") or headers.get("in-reply-to")),
        )

    def _their_address(self, lead: Lead, mails: list[Mail]) -> str | None:
        """By the last mail that they wrote themselves: who rings after it has not changed the address."""
        touches = (e for e in standing_entries(lead.record) if isinstance(e, Touch) and e.mail is not None)
        last = last_word(touches)
        wrote = next((mail for mail in mails if last is not None and mail.id == last.mail), None)
        if wrote is None:
            return their_address(lead.person, None)
        return their_address(lead.person, wrote.from_email, self._store.mails.raw(wrote.id))

    def _account(self, said: Mail | None, written_to: tuple[str, ...]) -> Account | None:
        """The account that received it, else one that they wrote to, else the first."""
        accounts = self._store.accounts.all()
        named = {email_key(each) for each in written_to}
        by_mail = (a for a in accounts if said is not None and a.id == said.account)
        by_address = (a for a in accounts if named & set(map(email_key, (a.email, *a.own_addresses))))
        return next(by_mail, None) or next(by_address, None) or next(iter(accounts), None)

    def _written_to(self, said: Mail | None) -> tuple[str, ...]:
        """The addresses in To and Cc of what they wrote."""
        if said is None:
            return ()
        headers, _ = read_headers(self._store.mails.raw(said.id))
        boxes = (box for name in ("to", "cc") for value in headers.all(name) for box in read_mailboxes(value))
        return tuple(box.address for box in boxes if box.address)

    def _sent(self, lead: Lead) -> list[Letterhead]:
        return [
            Letterhead(
                at=mail.sent_at, ours=True, message_id=mail.message_id, subject=mail.subject, outgoing=mail.id
            )
            for mail in self._store.outbox.all_in([OutgoingState.SENT], lead.id)
            if mail.message_id and mail.sent_at and mail.kind is OutgoingKind.REPLY
        ]

    def _headers(self, thread: Letterhead | None) -> Headers:
        if thread is None:
            return Headers([])
        if thread.outgoing is not None:
            return read_headers(self._store.outbox.raw(thread.outgoing))[0]
        return read_headers(self._store.mails.raw(thread.mail or 0))[0]


def _letters(lead: Lead, mails: list[Mail]) -> list[Letterhead]:
    """Mails that persons wrote, theirs and ours; a form's notice has a Message-ID that nobody else knows."""
    return [
        Letterhead(
            at=mail.received_at,
            ours=mail.role.is_sent,
            message_id=mail.message_id,
            subject=mail.subject,
            mail=mail.id,
        )
        for mail in mails
        if mail.message_id
        and mail.kind not in _NOT_A_LETTER
        and (mail.role.is_sent or _is_theirs(lead, mail))
    ]


def _is_theirs(lead: Lead, mail: Mail) -> bool:
    return email_key(mail.from_email or "") in map(email_key, lead.person.emails)


def _is_form(lead: Lead, last: Touch | None, said: Mail | None) -> bool:
    """True when a robot brought their words."""
    if said is not None:
        return not _is_theirs(lead, said)
    return last is not None and last.channel is Channel.FORM
