"""Whom a mail means: asks the store what the rules of matching must know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leaddesk.desk.place import firm_country
from leaddesk.doors.store import Store
from leaddesk.rules.match.by_number import certain_by_number
from leaddesk.rules.match.fate import Facts, KnownLead
from leaddesk.rules.match.numbers import at_home, home_of, spellings
from leaddesk.rules.person import address_keys, email_key, name_or_address
from leaddesk.words.lead import Lead, Person, Standing, Turn
from leaddesk.words.mail import MailKind, Reading

_ASKED = 200
"""The newest addresses, whose numbers tell where a number without a country is dialled."""


class Matching:
    """Questions about the people of mails, and of what is entered by hand."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def facts(self, reading: Reading, received_at: datetime) -> Facts:
        """What is known of this mail's people and thread."""
        emails, person = _emails(reading), person_of(reading)
        ids = (*reading.references, *reading.about)
        with self._store.session():
            leads = self._certain(emails, person)
            named = self._store.mailboxes.named_ids(ids)
            contacts = {n for n in (*(lead.id for lead in leads), *named.values()) if self._is_contact(n)}
            return Facts(
                named={each: None if lead in contacts else lead for each, lead in named.items()},
                leads=[_known(lead) for lead in leads if lead.id not in contacts],
                is_correspondent=any(self._wrote_before(key, received_at) for key in emails),
                contact=next((lead.id for lead in leads if lead.id in contacts), None),
            )

    def lead_of(self, reading: Reading, received_at: datetime) -> int | None:
        """The lead that this mail's person is, if any."""
        facts = self.facts(reading, received_at)
        return facts.leads[0].lead if facts.leads else facts.contact

    def lead_for(self, person: Person) -> int | None:
        """The lead that somebody who is entered by hand certainly is."""
        emails = [email_key(email) for email in person.emails]
        with self._store.session():
            return next((lead.id for lead in self._certain(emails, person)), None)

    def owner(self, reading: Reading, lead: int | None) -> int | None:
        """Of leads that are joined the one from whose own address or number the mail comes."""
        if lead is None:
            return None
        return self._store.leads.owner(lead, [*_emails(reading), *self.numbers(person_of(reading))])

    def _certain(self, emails: Sequence[str], person: Person) -> list[Lead]:
        """By address; then by number, where nothing says that others share the telephone."""
        found = self._leads(emails)
        by_number = self._leads(self.numbers(person))
        known = {lead.id for lead in found}
        others = [(lead, lead.person) for lead in by_number if lead.id not in known]
        return found + certain_by_number(person, others)

    def _leads(self, keys: Sequence[str]) -> list[Lead]:
        read = map(self._store.leads.get, self._store.leads.with_address(keys) if keys else ())
        return [lead for lead in read if lead is not None]

    def numbers(self, person: Person) -> list[str]:
        """All keys under which the person's numbers may be kept."""
        keys = [key for kind, _, key in address_keys(person) if kind == "phone"]
        if not all(key.startswith("+") for key in keys):
            firm = firm_country(self._store)
            home = firm.told or home_of(self._store.imports.newest_numbers(_ASKED)) or firm.likely or None
            keys += [at_home(key, home) for key in keys]
        return list(dict.fromkeys(each for key in keys for each in spellings(key)))

    def _is_contact(self, lead: int | None) -> bool:
        return lead is not None and self._store.imports.is_mere_contact(lead)

    def _wrote_before(self, key: str, received_at: datetime) -> bool:
        """Before this mail by the server's time: our answer to it makes nobody a known person."""
        known = self._store.mailboxes.correspondent(key)
        return known is not None and known.first_at < received_at


def person_of(reading: Reading) -> Person:
    """Who wrote, as far as the mail tells."""
    emails = (reading.email,) if reading.email else ()
    phones = (reading.phone,) if reading.phone else ()
    name = reading.name or ("" if reading.form_notice else reading.from_name)
    return Person(
        name=name_or_address(name, emails, phones),
        company=reading.company or "",
        emails=emails,
        phones=phones,
    )


def _known(lead: Lead) -> KnownLead:
    waiting = any(e.standing is Standing.WAITING for e in lead.state.enquiries)
    return KnownLead(lead.id, lead.state.outcome, waiting, is_asked=lead.state.turn is Turn.THEIRS)


def _emails(reading: Reading) -> list[str]:
    """Addresses to look the person up by: never that of a form's robot."""
    told = [reading.email or "", "" if reading.form_notice else reading.from_email or ""]
    if reading.kind is MailKind.BOUNCE:
        told.append(reading.recipient or "")
    return list(dict.fromkeys(email_key(each) for each in told if each.strip()))
