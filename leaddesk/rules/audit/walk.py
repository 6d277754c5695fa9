"""The past walked in the order of the server's times: who asked, and when a person first answered.

Each mail is judged by the rule that judges live mail (`match.fate`), with what the walk has seen by then in
the place of the store. The past has no earlier past: a mail that names only Message-IDs that are in neither
folder answers something older, and is no enquiry (DESIGN, first sync).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leaddesk.rules.capture import robots
from leaddesk.rules.match.fate import Facts, KnownLead, whose
from leaddesk.rules.person import email_key, phone_key
from leaddesk.words.audit import Familiar
from leaddesk.words.lead import Outcome
from leaddesk.words.mail import Known, MailKind, Place, Reading


@dataclass(frozen=True, slots=True)
class Came:
    """One mail of the Inbox: its number there, the server's time, and what was read of it."""

    uid: int
    at: datetime
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """One mail of Sent. `automatic` where a machine wrote it: that answers nobody."""

    at: datetime
    message_id: str | None
    to: tuple[str, ...]
    """Lower-case addresses of To and Cc."""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One enquiry. `person` counts those who asked; two enquiries of one are two clocks."""

    came: Came
    person: int
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Past:
    """What the walk found, in the order of time."""

    asked: tuple[Asked, ...]
    familiar: tuple[Familiar, ...]
    """Those with whom mails went to and fro and who asked for nothing, the most frequent first."""


@dataclass(slots=True)
class _Person:
    number: int
    waiting: list[int] = field(default_factory=list)
    """Places of their unanswered enquiries."""
    is_asked: bool = False


def walk(came: Iterable[Came], went: Iterable[Went], known: Known) -> Past:
    """The past of one mailbox. A server tells whole seconds: of two equal times, what came is the first."""
    steps: list[tuple[datetime, int, int, Came | Went]] = [(mail.at, 0, mail.uid, mail) for mail in came]
    steps += [(mail.at, 1, place, mail) for place, mail in enumerate(went)]
    walking = _Walk(known)
    for *_, mail in sorted(steps, key=lambda step: step[:3]):
        if isinstance(mail, Came):
            walking.take_in(mail)
        elif not mail.automatic:
            walking.take_out(mail)
    return walking.past()


class _Walk:
    """Everything that was seen up to one moment."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._asked: list[Came] = []
        self._whose: list[int] = []
        self._answered: dict[int, datetime] = {}
        self._people: dict[int, _Person] = {}
        self._by_key: dict[str, _Person] = {}
        self._named: dict[str, int | None] = {}
        self._written_to: set[str] = set()
        self._their_ids: set[str] = set()
        self._seen: set[tuple[str | None, ...]] = set()
        self._mails: Counter[str] = Counter()
        self._names: dict[str, str] = {}

    # -- what came

    def take_in(self, mail: Came) -> None:
        reading = mail.reading
        if self._is_copy(reading) or reading.test_token is not None:
            return
        self._note_sender(reading)
        if not self._answers_something_older(reading):
            self._judge(mail)
        if reading.message_id:
            self._their_ids.add(reading.message_id)

    def _judge(self, mail: Came) -> None:
        keys = keys_of(mail.reading)
        fate = whose(mail.reading, self._facts(mail.reading, keys))
        person = self._people[fate.lead] if fate.lead is not None else None
        if fate.place is Place.ENQUIRY:
            self._open(mail, person or self._new_person(), keys)
        elif fate.place in (Place.REPLY, Place.JOINED) and person is not None:
            person.is_asked = False
            self._reached_by(person, keys)

    def _facts(self, reading: Reading, keys: Sequence[str]) -> Facts:
        ids = (*reading.references, *reading.about)
        people = {person.number: person for key in keys if (person := self._by_key.get(key))}
        leads = [KnownLead(p.number, Outcome.OPEN, bool(p.waiting), p.is_asked) for p in people.values()]
        return Facts(
            named={each: self._named[each] for each in ids if each in self._named},
            leads=leads[::-1],
            is_correspondent=any(key in self._written_to for key in keys),
        )

    def _answers_something_older(self, reading: Reading) -> bool:
        if reading.kind is not MailKind.REPLY or not reading.references or reading.form_notice:
            return False
        return not any(each in self._named or each in self._their_ids for each in reading.references)

    def _is_copy(self, reading: Reading) -> bool:
        """An alias and a list bring one mail twice; a robot's mails may all have one Message-ID."""
        if reading.message_id is None:
            return False
        mark = (reading.message_id, reading.from_email, reading.email, reading.subject, reading.message)
        if mark in self._seen:
            return True
        self._seen.add(mark)
        return False

    def _open(self, mail: Came, person: _Person, keys: Iterable[str]) -> None:
        person.waiting.append(len(self._asked))
        person.is_asked = False
        self._asked.append(mail)
        self._whose.append(person.number)
        self._reached_by(person, keys)

    def _new_person(self) -> _Person:
        person = _Person(len(self._people) + 1)
        self._people[person.number] = person
        return person

    def _reached_by(self, person: _Person, keys: Iterable[str]) -> None:
        for key in keys:
            self._by_key.setdefault(key, person)

    def _note_sender(self, reading: Reading) -> None:
        key = email_key(reading.from_email or "")
        if key and reading.kind in (MailKind.ENQUIRY, MailKind.REPLY) and not reading.form_notice:
            self._mails[key] += 1
            self._names[key] = reading.from_name or self._names.get(key, "")

    # -- what went

    def take_out(self, mail: Went) -> None:
        """Answers every enquiry that waits of those it went to; a forward to others goes to none of them."""
        people = {person.number: person for key in mail.to if (person := self._by_key.get(key))}
        for person in people.values():
            self._answered.update((place, mail.at) for place in person.waiting)
            person.waiting.clear()
            person.is_asked = True
        for key in mail.to:
            self._written_to.add(key)
            self._mails[key] += 1
        if mail.message_id:
            self._named[mail.message_id] = next(iter(people), None)

    # -- the end

    def past(self) -> Past:
        asked = (
            Asked(came, number, self._answered.get(place))
            for place, (came, number) in enumerate(zip(self._asked, self._whose, strict=True))
        )
        return Past(tuple(asked), self._familiar())

    def _familiar(self) -> tuple[Familiar, ...]:
        both = [
            Familiar(self._names[key], key, count)
            for key, count in self._mails.most_common()
            if key in self._written_to and key in self._names and key not in self._by_key
        ]
        return tuple(each for each in both if not self._is_nobody(each.email))

    def _is_nobody(self, address: str) -> bool:
        """A program's address, or one of ours."""
        domain = robots.domain_of(address)
        ours = address in self._known.own_addresses or domain in self._known.own_domains
        return ours or robots.is_robot(address)


def keys_of(reading: Reading) -> list[str]:
    """What an answer to this mail would go to: never the address of a form's robot."""
    told = [reading.email]
    if not reading.form_notice:
        told += [reading.from_email, reading.reply_to]
    keys = [email_key(address) for address in told if address]
    phone = phone_key(reading.phone) if reading.phone else None
    return list(dict.fromkeys([*keys, *([phone] if phone else [])]))
