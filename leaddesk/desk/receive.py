"""Receiving: a mail that is stored becomes an enquiry, a reply, or a mail with a reason why it is neither."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from leaddesk.desk.found_in_sent import FoundInSent
from leaddesk.desk.landing import Landing
from leaddesk.desk.matching import Matching
from leaddesk.desk.place import firm_country
from leaddesk.desk.sorting import BY_PERSON, Sorting
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader, ReaderClosed
from leaddesk.doors.store import Store
from leaddesk.rules.capture.attachments import NotWhole, cut_words, payload
from leaddesk.rules.capture.peek import unreadable
from leaddesk.rules.match.fate import Fate
from leaddesk.words.account import Account
from leaddesk.words.errors import LeadDeskError, Refused
from leaddesk.words.mail import Known, Mail, MailState, Place, RawMail, Reading
from leaddesk.words.teaching import Learned

log = logging.getLogger(__name__)
_FAILED = "LeadDesk failed over this mail; the log has the details."


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a mail that was given by hand came to."""

    reading: Reading
    mail: int
    lead: int | None
    enquiry: int | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail that is about to be rescued, and how it reads."""

    mail: Mail
    reading: Reading


class Receive:
    """Reads stored mails (in the bounded child) and puts them where they belong."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        reader: Reader,
        matching: Matching,
        landing: Landing,
        sent: FoundInSent,
        sorting: Sorting,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reader = reader
        self._matching = matching
        self._landing = landing
        self._sent = sent
        self._sorting = sorting
        self._step = step
        """Told where it is; the fault harness listens."""
        self._given_up: set[int] = set()
        """Mails that could not be judged at all in this run: they stay raw."""

    # -- services

    def read_waiting(self, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Reads every mail that is stored raw, in the order in which they were received; returns how many."""
        done = 0
        with self._store.session():
            while batch := [mail for mail in self._store.mails.unread() if mail not in self._given_up]:
                for mail in batch:
                    if is_stopping():
                        return done
                    self._process_safely(mail)
                    done += 1
        return done

    def process(self, mail: int) -> Reading:
        """Reads one stored mail and settles it in one transaction. Doing it again changes nothing."""
        self._step("reading")
        reading = self._reader.read(self._store.mails.raw(mail), self.known())
        self._step("read")
        self._settle(mail, reading)
        self._step("judged")
        return reading

    def _settle(self, mail: int, reading: Reading) -> None:
        """Facts, judgement and deeds in one transaction: two processes may be at the same mail."""
        with self._store.transaction():
            if not self._store.mails.take(mail):
                return
            stored = self._mail(mail)
            if stored.role.is_sent:
                self._sent.settle(stored, reading)
            else:
                self._landing.settle(stored, reading)

    def _process_safely(self, mail: int) -> None:
        """A mail over which we fail keeps nobody waiting: it is told as one that cannot be read."""
        try:
            self.process(mail)
        except (LeadDeskError, ReaderClosed):
            raise
        except Exception:
            log.exception("mail %s could not be settled", mail)
            self._settle_as_unreadable(mail)

    def _settle_as_unreadable(self, mail: int) -> None:
        try:
            self._settle(mail, unreadable(self._store.mails.raw(mail), _FAILED))
        except LeadDeskError:
            raise
        except Exception:
            log.exception("mail %s stays as it landed", mail)
            self._given_up.add(mail)

    # -- by hand

    def capture(self, raw: bytes, received_at: datetime | None = None, *, quiet: bool = False) -> Captured:
        """Takes `raw` in as if it had landed; without a time, its Date header tells when, else now.

        Nobody is alerted of it when it is `quiet`.
        """
        now = self._clock.now()
        reading = self._reader.read(raw, self.known())
        told = received_at or reading.sent_at or now
        kept = self._store.mails.keep(
            RawMail(raw=raw, received_at=min(told, now), seen_at=now, size=len(raw), quiet=quiet)
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
        return self.bring_in(self.ready(mail))

    def ready(self, mail: int, lesson: Learned | None = None) -> Ready:
        """What `bring_in` needs: read beforehand, as reading takes a while. `lesson` is about to be kept."""
        stored = self._mail(mail)
        if (
            stored.place not in (Place.NOT_A_LEAD, Place.KNOWN, Place.JUNK)
            or stored.state is MailState.VANISHED
        ):
            raise Refused("This mail cannot be made an enquiry.")
        known = self.known()
        if lesson is not None:
            known = replace(known, learned=(*known.learned, lesson))
        return Ready(stored, self._reader.read(self._store.mails.raw(mail), known))

    def bring_in(self, ready: Ready) -> int:
        """Rescues what is ready, in one transaction; returns the lead. Raises Refused."""
        stored, reading = ready.mail, ready.reading
        with self._store.transaction():
            if not self._store.mails.stands(stored.id, stored.place or Place.NOT_A_LEAD):
                raise Refused("Somebody has settled this mail already.")
            back = self._sorting.bring_back(stored)
            if back is not None:
                return back
            lead = self._matching.lead_of(reading, stored.received_at)
            return self._landing.land(stored, reading, Fate(Place.ENQUIRY, lead, BY_PERSON), alert=False)

    def sort_away(self, mail: int) -> None:
        """A known person's mail, or one that was made an enquiry, is put among those that are no leads."""
        stored = self._mail(mail)
        if stored.place not in (Place.KNOWN, Place.ENQUIRY):
            raise Refused("This mail cannot be sorted away.")
        self._sorting.sort_away(stored)

    def raw(self, mail: int) -> bytes:
        """The bytes as they landed."""
        self._mail(mail)
        return self._store.mails.raw(mail)

    def attachment(self, mail: int, index: int) -> tuple[str, bytes]:
        """A received file: its cleaned name and its bytes. Never opened by the program itself.

        Raises Refused for a file of which only the start is here.
        """
        raw = self.raw(mail)
        cut = cut_words(self._mail(mail).size, len(raw))
        try:
            name, _, content = payload(raw, index, is_cut=bool(cut))
        except NotWhole:
            raise Refused(
                f"This file is not whole: the mail has {cut}.", "Save it from the mailbox itself."
            ) from None
        return name, content

    def known(self) -> Known:
        """What the rules are told about ourselves."""
        learned = self._store.lessons.learned(self._clock.zone())
        forms = self._store.forms.known()
        known, country = known_of(self._store.accounts.all()), firm_country(self._store)
        return replace(known, learned=learned, forms=forms, country=country)

    def _captured(self, mail: int, reading: Reading) -> Captured:
        stored = self._mail(mail)
        lead = self._store.leads.get(stored.lead) if stored.lead is not None else None
        enquiry = None
        if stored.place is Place.ENQUIRY and lead is not None:
            enquiry = next((e.id for e in lead.enquiries if e.mail == mail), None)
        return Captured(reading=reading, mail=mail, lead=lead.id if lead else None, enquiry=enquiry)

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
    return replace(
        known,
        own_addresses=known.own_addresses | addresses,
        own_domains=known.own_domains | domains,
        form_sources=known.form_sources | {source.strip().casefold() for source in form_sources},
    )
