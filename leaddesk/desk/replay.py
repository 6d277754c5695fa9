"""What a lesson would have done: stored mails are read and judged once more, by the same rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime

from leaddesk.desk.landing import TWICE
from leaddesk.desk.matching import Matching
from leaddesk.desk.sorting import SORTED
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Store
from leaddesk.rules.capture.lessons import keys_of
from leaddesk.rules.match.fate import whose
from leaddesk.words.lead import Outcome, Standing
from leaddesk.words.mail import Known, Mail, MailState, Place, Reading
from leaddesk.words.teaching import Alike, Learned, Taught, Trait

LOOKED_AT = 300
"""So many mails of one address are read once more: a second or two of a slow machine."""
_LEADS_LOOKED_AT = 500
_STANDS_APART = (Place.NOT_A_LEAD, Place.KNOWN)


class Replay:
    """Asks of the past what a lesson asks of the next mail. Reads in the child, which may take seconds."""

    def __init__(self, store: Store, reader: Reader, matching: Matching, known: Callable[[], Known]) -> None:
        self._store = store
        self._reader = reader
        self._matching = matching
        self._known = known

    def read(self, mail: Mail) -> Reading:
        """The mail as it is read without anything that was taught."""
        return self._reader.read(self._store.mails.raw(mail.id), self._with())

    def alike(self, mail: Mail, lesson: Learned, since: datetime) -> tuple[tuple[Alike, ...], bool]:
        """Other mails since then that the lesson judges otherwise; and whether all were looked at."""
        found = self._store.mails.from_sender(_sender(mail), LOOKED_AT + 1, since)
        others = [one for one in found[:LOOKED_AT] if one.id != mail.id and one.state is MailState.READ]
        changed = [one for one in others if self._changes(one, mail, lesson)]
        return tuple(map(self._told, changed)), len(found) <= LOOKED_AT

    def leads_of(self, mail: Mail, trait: Trait, key: str) -> Iterator[Mail]:
        """Other mails that are alike and were leads, the newest first."""
        for one in self._store.mails.from_sender(_sender(mail), _LEADS_LOOKED_AT, of_leads=True):
            if one.id != mail.id and self.was_lead(one) and self._has(one, trait, key):
                yield one

    def was_lead(self, mail: Mail) -> bool:
        """It opened a clock or belongs to a conversation, and nobody said that it was no lead."""
        lead = self._store.leads.get(mail.lead) if mail.lead is not None else None
        if lead is None:
            return False
        opened = {enquiry.id for enquiry in lead.enquiries if enquiry.mail == mail.id}
        states = [state.standing for state in lead.state.enquiries if state.enquiry in opened]
        if states:
            return any(standing is not Standing.NOT_A_LEAD for standing in states)
        return mail.place in (Place.JOINED, Place.REPLY) and lead.state.outcome is not Outcome.NOT_A_LEAD

    def is_sorted_by_person(self, mail: Mail) -> bool:
        """A person said of this one mail that it is no enquiry."""
        return mail.place is Place.NOT_A_LEAD and SORTED in mail.why

    def _has(self, mail: Mail, trait: Trait, key: str) -> bool:
        return trait is Trait.ROBOT or keys_of(self.read(mail)).get(trait) == key

    def _changes(self, one: Mail, by: Mail, lesson: Learned) -> bool:
        """The lesson fits, and what became of the mail would have been another thing."""
        if lesson.taught is Taught.ENQUIRY and (one.place not in _STANDS_APART or self._stays_away(one)):
            return False
        reading = self._reader.read(self._store.mails.raw(one.id), self._with(lesson))
        if reading.taught is not lesson.taught:
            return False
        facts = self._matching.facts(reading, one.received_at)
        leads = [known for known in facts.leads if known.lead != by.lead]
        place = whose(reading, dataclasses.replace(facts, leads=leads)).place
        return place is (Place.ENQUIRY if lesson.taught is Taught.ENQUIRY else Place.NOT_A_LEAD)

    def _stays_away(self, mail: Mail) -> bool:
        return self.is_sorted_by_person(mail) or TWICE in mail.why

    def _with(self, *lessons: Learned) -> Known:
        return dataclasses.replace(self._known(), learned=lessons)

    def _told(self, mail: Mail) -> Alike:
        return Alike(
            mail=mail.id,
            at=mail.received_at,
            name=mail.from_name or mail.from_email or "unknown sender",
            email=mail.from_email,
            subject=mail.subject or mail.snippet,
            place=mail.place or Place.NOT_A_LEAD,
            was_lead=self.was_lead(mail),
        )


def _sender(mail: Mail) -> str:
    return (mail.from_email or "").lower()
