"""Receiving: a mail that is stored becomes an enquiry, a reply, or a mail with a reason why it is neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from leaddesk.desk.found_in_sent import FoundInSent
from leaddesk.desk.landing import Landing
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Store
from leaddesk.rules.capture.attachments import payload
from leaddesk.rules.whose import Fate
from leaddesk.words.account import Account
from leaddesk.words.errors import Refused
from leaddesk.words.mail import Known, Mail, MailState, Place, RawMail, Reading, Role

_BY_PERSON = "You made it an enquiry."
_SORTED = "You sorted it away."


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a mail that was given by hand came to."""

    reading: Reading
    mail: int
    lead: int | None
    enquiry: int | None


class Receive:
    """Reads stored mails (in the bounded child) and puts them where they belong."""

    def __init__(
        self, store: Store, clock: Clock, reader: Reader, landing: Landing, sent: FoundInSent
    ) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._landing = landing
        self._sent = sent

    # -- services

    def read_waiting(self, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Reads every mail that is stored raw, in the order in which they were received; returns how many."""
        done = 0
        while batch := self._store.mails.unread():
            for mail in batch:
                if is_stopping():
                    return done
                self.process(mail)
                done += 1
        return done

    def process(self, mail: int) -> Reading:
        """Reads one stored mail and settles it in one transaction. Doing it again changes nothing."""
        stored = self._mail(mail)
        reading = self._reader.read(self._store.mails.raw(mail), self.known())
        if stored.state is MailState.NEW:
            if stored.role is Role.SENT:
                self._sent.settle(stored, reading)
            else:
                self._landing.settle(stored, reading)
        return reading

    # -- by hand

    def capture(self, raw: bytes, received_at: datetime | None = None) -> Captured:
        """Takes `raw` in as if it had landed; without a time, its Date header tells when, else now."""
        now = self._clock.now()
        reading = self._reader.read(raw, self.known())
        told = received_at or reading.sent_at or now
        kept = self._store.mails.keep(
            RawMail(raw=raw, received_at=min(told, now), seen_at=now, size=len(raw))
        )
        if kept is None:  # only mails with a key can be there already
            raise Refused("This mail is here already.")
        self.process(kept)
        return self._captured(kept, reading)

    def parse(self, raw: bytes, own: Iterable[str] = (), form_sources: Iterable[str] = ()) -> Reading:
        """What would be read; stores nothing."""
        return self._reader.read(raw, with_own(self.known(), own, form_sources))

    def rescue(self, mail: int) -> int:
        """A mail that was put away, or a known person's, becomes an enquiry; returns the lead."""
        stored = self._mail(mail)
        if stored.place not in (Place.NOT_A_LEAD, Place.KNOWN) or stored.state is MailState.VANISHED:
            raise Refused("This mail cannot be made an enquiry.")
        reading = self._reader.read(self._store.mails.raw(mail), self.known())
        lead = self._landing.lead_of(stored, reading)
        return self._landing.land(stored, reading, Fate(Place.ENQUIRY, lead, _BY_PERSON), alert=False)

    def sort_away(self, mail: int) -> None:
        """A known person's mail is put among those that are no leads."""
        stored = self._mail(mail)
        if stored.place is not Place.KNOWN:
            raise Refused("Only mails from people you know are sorted away here.")
        self._store.mails.move(mail, Place.NOT_A_LEAD, [_SORTED], None)

    def raw(self, mail: int) -> bytes:
        """The bytes as they landed."""
        self._mail(mail)
        return self._store.mails.raw(mail)

    def attachment(self, mail: int, index: int) -> tuple[str, bytes]:
        """A received file: its cleaned name and its bytes. Never opened by the program itself."""
        name, _, content = payload(self.raw(mail), index)
        return name, content

    def known(self) -> Known:
        """What the rules are told about ourselves."""
        return known_of(self._store.accounts.all())

    def _captured(self, mail: int, reading: Reading) -> Captured:
        stored = self._mail(mail)
        enquiry = None
        if stored.place is Place.ENQUIRY and stored.lead is not None:
            lead = self._store.leads.get(stored.lead)
            enquiry = next((e.id for e in lead.enquiries if e.mail == mail), None) if lead else None
        return Captured(reading=reading, mail=mail, lead=stored.lead, enquiry=enquiry)

    def _mail(self, mail: int) -> Mail:
        stored = self._store.mails.get(mail)
        if stored is None:
            raise Refused(f"There is no mail {mail}.")
        return stored


def known_of(accounts: Iterable[Account]) -> Known:
    """Our own addresses, and the domains that are ours whole."""
    accounts = list(accounts)
    addresses = {a.casefold() for account in accounts for a in (account.email, *account.own_addresses)}
    domains = {account.email.rpartition("@")[2].casefold() for account in accounts if account.own_domain}
    return Known(own_addresses=frozenset(addresses), own_domains=frozenset(domains))


def with_own(known: Known, own: Iterable[str], form_sources: Iterable[str]) -> Known:
    """`known` with further own addresses, own domains (words without @) and registered forms' senders."""
    words = {word.strip().casefold() for word in own if word.strip()}
    addresses = {word for word in words if "@" in word.strip("@")}
    domains = {word.removeprefix("@") for word in words - addresses}
    return Known(
        own_addresses=known.own_addresses | addresses,
        own_domains=known.own_domains | domains,
        form_sources=known.form_sources | {source.strip().casefold() for source in form_sources},
    )
