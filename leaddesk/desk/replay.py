"""What a lesson would have done: stored mails are read and judged once more, by the same rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from leaddesk.desk.landing import TWICE
from leaddesk.desk.matching import Matching
from leaddesk.desk.sorting import SORTED
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import Store
from leaddesk.rules.capture.lessons import fitting, keys_of, no_enquiry
from leaddesk.rules.match.fate import Facts, whose
from leaddesk.words.lead import Outcome
from leaddesk.words.mail import Known, Mail, MailState, Place, Reading
from leaddesk.words.teaching import Alike, Learned, Taught, Trait

LOOKED_AT = 300
"""So many mails of one address are read once more: a second or two of a slow machine."""
_LEADS_LOOKED_AT = 500
_OTHERS_LOOKED_AT = 50
_STANDS_APART = (Place.NOT_A_LEAD, Place.KNOWN)


class Old:
    """A mail of the past as it is read without anything that was taught; what is known of its people."""

    def __init__(self, mail: Mail, reading: Reading, ask: Callable[[Reading, datetime], Facts]) -> None:
        self.mail = mail
        self.reading = reading
        self._ask = ask

    @cached_property
    def facts(self) -> Facts:
        """Asked for once, and only where a lesson fits."""
        return self._ask(self.reading, self.mail.received_at)


@dataclass(frozen=True, slots=True)
class Past:
    """Mails of one address, each read once."""

    mails: tuple[Old, ...]
    """The newest first."""
    is_whole: bool
    """False where there were more than were looked at."""


class Replay:
    """Asks of the past what a lesson asks of the next mail. Reads in the child, which may take seconds."""

    def __init__(self, store: Store, reader: Reader, matching: Matching, known: Callable[[], Known]) -> None:
        self._store = store
        self._reader = reader
        self._matching = matching
        self._known = known

    def read(self, mail: Mail) -> Reading:
        """The mail as it is read without anything that was taught."""
        return self._read(mail, self._bare())

    def past(self, mail: Mail, since: datetime) -> Past:
        """Other mails from its address since then."""
        found = self._store.mails.from_sender(_sender(mail), LOOKED_AT + 1, since)
        others = [one for one in found[:LOOKED_AT] if one.id != mail.id and one.state is MailState.READ]
        known = self._bare()
        ask = self._matching.facts
        return Past(tuple(Old(one, self._read(one, known), ask) for one in others), len(found) <= LOOKED_AT)

    def alike(self, past: Past, mail: Mail, lesson: Learned) -> tuple[Alike, ...]:
        """Those of the past that the lesson judges otherwise, had this mail been judged by it."""
        return tuple(self._told(old.mail) for old in past.mails if self._changes(old, mail, lesson))

    def leads_of(self, mail: Mail, trait: Trait, key: str) -> Iterator[Mail]:
        """Other mails that are alike and were leads, the newest first."""
        known = self._bare()
        for one in self._store.mails.from_sender(_sender(mail), _LEADS_LOOKED_AT, of_leads=True):
            is_alike = one.id != mail.id and self.was_lead(one)
            if is_alike and (trait is Trait.ROBOT or keys_of(self._read(one, known)).get(trait) == key):
                yield one

    def has_put_away_others(self, mail: Mail, form_key: str) -> bool:
        """Mails of the same address that are none of this form's stand among those that are no leads."""
        known = self._bare()
        newest = self._store.mails.from_sender(_sender(mail), _OTHERS_LOOKED_AT)
        away = (one for one in newest if one.id != mail.id and one.place is Place.NOT_A_LEAD)
        return any(keys_of(self._read(one, known)).get(Trait.FORM) != form_key for one in away)

    def was_lead(self, mail: Mail) -> bool:
        """It opened a clock or belongs to a conversation, and nobody said that it was no lead.

        An enquiry that is judged out moves its mail among those that are no leads (desk.sorting).
        """
        if mail.place not in (Place.JOINED, Place.REPLY) or mail.lead is None:
            return mail.place is Place.ENQUIRY
        lead = self._store.leads.head(mail.lead)
        return lead is not None and lead.outcome is not Outcome.NOT_A_LEAD

    def is_sorted_by_person(self, mail: Mail) -> bool:
        """A person said of this one mail that it is no enquiry."""
        return mail.place is Place.NOT_A_LEAD and SORTED in mail.why

    def _changes(self, old: Old, by: Mail, lesson: Learned) -> bool:
        """The lesson fits, and what became of the mail would have been another thing."""
        if fitting(old.reading, (lesson,)) is None:
            return False
        if lesson.taught is Taught.NO_ENQUIRY:
            return _place(no_enquiry(old.reading, lesson), old.facts, by, lesson) is Place.NOT_A_LEAD
        if old.mail.place not in _STANDS_APART or self._stays_away(old.mail):
            return False
        reading = self._read(old.mail, dataclasses.replace(self._known(), learned=(lesson,)))
        facts = self._matching.facts(reading, old.mail.received_at)
        return _place(reading, facts, by, lesson) is Place.ENQUIRY

    def _stays_away(self, mail: Mail) -> bool:
        return self.is_sorted_by_person(mail) or TWICE in mail.why

    def _bare(self) -> Known:
        return dataclasses.replace(self._known(), learned=())

    def _read(self, mail: Mail, known: Known) -> Reading:
        return self._reader.read(self._store.mails.raw(mail.id), known)

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


def _place(reading: Reading, facts: Facts, by: Mail, lesson: Learned) -> Place | None:
    """Where it would have landed; None where the lesson has no say. The mail that teaches is out already."""
    if reading.taught is not lesson.taught:
        return None
    leads = [known for known in facts.leads if known.lead != by.lead]
    return whose(reading, dataclasses.replace(facts, leads=leads)).place


def _sender(mail: Mail) -> str:
    return (mail.from_email or "").lower()
