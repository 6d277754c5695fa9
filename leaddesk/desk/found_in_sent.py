"""Mails found in Sent: answers that a person wrote elsewhere count, machines' do not, our own are known."""

from __future__ import annotations

from collections.abc import Callable

from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Correspondent, Store
from leaddesk.rules.sent import date_mark, is_by_a_machine
from leaddesk.words.account import Account
from leaddesk.words.lead import Channel, Direction, Reached, Touch
from leaddesk.words.mail import Mail, Place, Reading
from leaddesk.words.outgoing import Outgoing, OutgoingState

_OURS = "Sent by LeadDesk."
_ELSEWHERE = "Written in another mail program."
_MACHINE = "Sent by a machine: it does not count as an answer."


class FoundInSent:
    """Settles what the watcher of Sent has stored."""

    def __init__(self, store: Store, clock: Clock, saves_sent: Callable[[int], None]) -> None:
        self._store = store
        self._clock = clock
        self._saves_sent = saves_sent
        """Told an account whose provider is seen to keep Sent copies itself."""

    def settle(self, mail: Mail, reading: Reading) -> None:
        """Writes the mail down; an answer to a lead becomes a touch at the server's time of the copy."""
        with self._store.transaction():
            own = self._store.outbox.with_message_id(reading.message_id or "")
            if own is not None:
                self._our_own(mail, reading, own)
            elif reading.test_token is not None:
                self._store.mails.judged(mail.id, reading, Place.SENT, [_OURS], None)
            else:
                self._written_elsewhere(mail, reading)

    def earlier_answers(self, lead: int) -> None:
        """The enquiry of `lead` was read after its answer: counts what was found in Sent before."""
        found = self._store.leads.get(lead)
        if found is None or not found.person.emails:
            return
        keys = [email.casefold() for email in found.person.emails]
        told = {entry.mail for entry in found.record if isinstance(entry, Touch)}
        for mail in self._store.mails.sent_to(keys, min(e.received_at for e in found.enquiries)):
            if mail.id not in told:
                self._touch(mail, mail.visible, lead, automatic=_MACHINE in mail.why)

    def _our_own(self, mail: Mail, reading: Reading, own: Outgoing) -> None:
        """Its touch is recorded already, or is now: a copy in Sent is proof that it went out."""
        if own.state in (OutgoingState.UNSURE, OutgoingState.COMMITTING):
            self._store.outbox.sent(own.id, at=mail.received_at, answer=own.answer, why="Found in Sent.")
        if own.copied_to_sent is None:
            self._store.outbox.copied(own.id, by_us=False)
        self._store.mails.judged(mail.id, reading, Place.SENT, [_OURS], own.lead)

    def _written_elsewhere(self, mail: Mail, reading: Reading) -> None:
        automatic = is_by_a_machine(self._store.mails.raw(mail.id)) or self._is_alike_for_many(mail, reading)
        leads = self._store.leads.with_address([address.casefold() for address in reading.to])
        why = [_MACHINE if automatic else _ELSEWHERE, date_mark(mail.received_at, reading.sent_at)]
        self._store.mails.judged(
            mail.id, reading, Place.SENT, [w for w in why if w], leads[0] if leads else None
        )
        if not automatic:
            self._remember(mail, reading, leads[0] if leads else None)
        for lead in leads:
            self._touch(mail, reading.visible or reading.text, lead, automatic=automatic)

    def _touch(self, mail: Mail, text: str, lead: int, *, automatic: bool) -> None:
        self._store.leads.record(
            Touch(
                lead=lead,
                at=mail.received_at,
                by=None if automatic else self._writer(mail),
                direction=Direction.OUT,
                channel=Channel.EMAIL,
                automatic=automatic,
                outcome=Reached.SENT,
                text=text,
                mail=mail.id,
            )
        )
        if not automatic:
            self._store.alerts.take(lead, self._clock.now())

    def _remember(self, mail: Mail, reading: Reading, lead: int | None) -> None:
        at = mail.received_at
        people = (Correspondent(address.casefold(), at) for address in reading.to)
        self._store.mailboxes.remember_correspondents(people)
        if reading.message_id:
            self._store.mailboxes.remember_ids([reading.message_id], at, lead)

    def _is_alike_for_many(self, mail: Mail, reading: Reading) -> bool:
        """The same words to somebody else: the website's own confirmation.

        The first one of its kind was taken for an answer; it is put right here.
        """
        if not reading.visible:
            return False
        alike = self._store.mails.sent_alike(mail.id, reading.subject, reading.visible)
        others = [m for m, recipients in alike if not set(recipients) & {a.casefold() for a in reading.to}]
        for other in others:
            self._take_back(other)
        return bool(others)

    def _take_back(self, other: Mail) -> None:
        if other.lead is None or _MACHINE in other.why:
            return
        lead = self._store.leads.get(other.lead)
        for entry in lead.record if lead else ():
            if isinstance(entry, Touch) and entry.mail == other.id and not entry.automatic:
                self._store.leads.take_back(entry, "", self._clock.now())
                self._touch(other, entry.text, other.lead, automatic=True)
        self._store.mails.move(other.id, Place.SENT, [_MACHINE], other.lead)

    def _writer(self, mail: Mail) -> str | None:
        account: Account | None = self._store.accounts.get(mail.account) if mail.account is not None else None
        return (account.name or account.email) if account else None
