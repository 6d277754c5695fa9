"""Whom a mail means: asks the store what the rules of matching must know."""

from __future__ import annotations

from datetime import datetime

from leaddesk.doors.store import Store
from leaddesk.rules.match.fate import Facts, KnownLead
from leaddesk.rules.person import address_keys, email_key, name_or_address
from leaddesk.words.lead import Person, Standing, Turn
from leaddesk.words.mail import MailKind, Reading


class Matching:
    """Questions about the people of a mail."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def facts(self, reading: Reading, received_at: datetime) -> Facts:
        """What is known of this mail's people and thread."""
        keys = _keys(reading)
        ids = (*reading.references, *reading.about)
        with self._store.session():
            leads = [known for lead in self._store.leads.with_address(keys) if (known := self._known(lead))]
            return Facts(
                named=self._store.mailboxes.named_ids(ids),
                leads=leads,
                is_correspondent=any(self._wrote_before(key, received_at) for key in keys),
            )

    def lead_of(self, reading: Reading, received_at: datetime) -> int | None:
        """The lead that this mail's person is, if any."""
        leads = self.facts(reading, received_at).leads
        return leads[0].lead if leads else None

    def _wrote_before(self, key: str, received_at: datetime) -> bool:
        """Before this mail by the server's time: our answer to it makes nobody a known person."""
        known = self._store.mailboxes.correspondent(key)
        return known is not None and known.first_at < received_at

    def _known(self, number: int) -> KnownLead | None:
        lead = self._store.leads.get(number)
        if lead is None:
            return None
        waiting = any(e.standing is Standing.WAITING for e in lead.state.enquiries)
        return KnownLead(number, lead.state.outcome, waiting, is_asked=lead.state.turn is Turn.THEIRS)


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


def _keys(reading: Reading) -> list[str]:
    """What to look the person up by: never the address of a form's robot."""
    keys = [key for _, _, key in address_keys(person_of(reading))]
    if not reading.form_notice and reading.from_email:
        keys.append(email_key(reading.from_email))
    if reading.kind is MailKind.BOUNCE and reading.recipient:
        keys.append(email_key(reading.recipient))
    return list(dict.fromkeys(keys))
