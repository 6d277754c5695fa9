"""A person's word on which mails are leads: the list of those that are none follows the record."""

from __future__ import annotations

from leaddesk.desk.people import People
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.fold import standing_entries
from leaddesk.words.lead import Decision, Enquiry, Lead, Standing, Verb
from leaddesk.words.mail import Mail, Place

BY_PERSON = "You made it an enquiry."
SORTED = "You sorted it away."


class Sorting:
    """Mails go to "Not leads" and come back as their enquiries are judged out and in."""

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    def follow(self, number: int) -> None:
        """After a decision about the lead, or its undo: its enquiries' mails stand where they belong."""
        lead = self._store.leads.get(number)
        states = {each.enquiry: each.standing for each in lead.state.enquiries} if lead else {}
        for enquiry in lead.enquiries if lead else ():
            mail = self._store.mails.get(enquiry.mail) if enquiry.mail is not None else None
            if mail is None or mail.place not in (Place.ENQUIRY, Place.NOT_A_LEAD):
                continue
            is_out = states[enquiry.id] is Standing.NOT_A_LEAD
            if is_out and mail.place is Place.ENQUIRY:
                self._store.mails.move(mail.id, Place.NOT_A_LEAD, [SORTED], enquiry.lead)
            elif not is_out and mail.place is Place.NOT_A_LEAD:
                self._store.mails.move(mail.id, Place.ENQUIRY, [BY_PERSON], enquiry.lead)

    def sort_away(self, mail: Mail) -> None:
        """X on one mail: its enquiry is judged out; a known person's mail is only put away."""
        lead, enquiry = self._enquiry_of(mail)
        if lead is None or enquiry is None:
            self._store.mails.move(mail.id, Place.NOT_A_LEAD, [SORTED], mail.lead)
            return
        now = self._clock.now()
        with self._store.transaction():
            self._store.leads.record(
                Decision(lead=lead.id, at=now, by=self._people.me(), verb=Verb.JUDGED_OUT, enquiry=enquiry.id)
            )
            self._store.alerts.take_unless_waiting(lead.id, now)
            self.follow(lead.id)

    def bring_back(self, mail: Mail) -> int | None:
        """A mail that had been an enquiry is one again; None where it never was."""
        lead, enquiry = self._enquiry_of(mail)
        if lead is None or enquiry is None:
            return None
        judged = [
            entry
            for entry in standing_entries(lead.record)
            if isinstance(entry, Decision)
            and entry.verb is Verb.JUDGED_OUT
            and entry.enquiry in (None, enquiry.id)
        ]
        with self._store.transaction():
            for entry in judged:
                self._store.leads.take_back(entry, self._people.me(), self._clock.now())
            self.follow(lead.id)
        return lead.id

    def _enquiry_of(self, mail: Mail) -> tuple[Lead | None, Enquiry | None]:
        lead = self._store.leads.get(mail.lead) if mail.lead is not None else None
        return lead, next((e for e in lead.enquiries if e.mail == mail.id), None) if lead else None
