"""Whether two leads are perhaps one person, and what speaks for it. A subject or a name alone is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from leaddesk.rules.answer import without_reply_marks
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.match.names import are_near, company_key, contradict, parts_of
from leaddesk.rules.match.numbers import same_number
from leaddesk.rules.person import email_key, phone_key
from leaddesk.words.lead import Lead, Person, Touch

_LONG_BOX = 7
"""Letters of an address before its @ which nobody else is likely to have chosen."""
_LONG_ANSWER = 9
_LONG_WORD = 3
"""What a search finds by its index."""
_PIECES = re.compile(r"[._-]")
_BOX_OF_MANY = frozenset(
    {"contact", "kontakt", "bestellung", "bookings", "enquiries", "office", "postmaster"}
)


@dataclass(frozen=True, slots=True)
class Traces:
    """What a lead leaves to be compared."""

    person: Person
    subjects: frozenset[str] = frozenset()
    """Of their mails, without Re: and folded."""
    answers: frozenset[str] = frozenset()
    """What they filled in, folded: a street, a customer number."""


def traces_of(lead: Lead) -> Traces:
    """What can be compared of a lead."""
    bare = (without_reply_marks(enquiry.subject).casefold() for enquiry in lead.enquiries)
    given = (" ".join(text.casefold().split()) for e in lead.enquiries for text in e.fields.values())
    return Traces(
        person=lead.person,
        subjects=frozenset(subject for subject in bare if subject),
        answers=frozenset(text for text in given if _LONG_ANSWER <= len(text) <= 80 and _is_telling(text)),
    )


def looked_for(person: Person) -> tuple[str, ...]:
    """Words under which somebody who may be the same person is found: of name, address and domain."""
    parts = [part for part in parts_of(person.name) if len(part) >= _LONG_WORD]
    boxes = (email_key(email).rpartition("@")[0].partition("+")[0] for email in person.emails)
    of_boxes = (max(_PIECES.split(box), key=len) for box in boxes)
    words = [max(parts, key=len)] if parts else []
    words += [piece for piece in of_boxes if len(piece) >= _LONG_WORD and piece not in _BOX_OF_MANY]
    return tuple(dict.fromkeys([*words, *_domains(person)]))


def may_be(one: Person, other: Person) -> bool:
    """False where a glance shows that they are not: only others are worth reading."""
    return (
        not contradict(one.name, other.name)
        or _is_family(one.name, other.name)
        or bool(_shared_number(one, other))
        or bool(_shared(map(email_key, one.emails), map(email_key, other.emails)))
    )


def why_same(one: Traces, other: Traces) -> str:
    """What speaks for one person, in a sentence; empty where it is not enough to ask."""
    first, second = one.person, other.person
    if shared := _shared(map(email_key, first.emails), map(email_key, second.emails)):
        return f"Both use {shared}."
    if number := _shared_number(first, second):
        called = ", by another name" if contradict(first.name, second.name) else ""
        return f"Both use {number}{called}."
    if _are_named_alike(first.name, second.name):
        return _same_surroundings(one, other)
    if _is_family(first.name, second.name) and (subject := _shared(one.subjects, other.subjects)):
        return f"The same family name, and both wrote about “{subject}”."
    box = _shared(_boxes(first), _boxes(second))
    if box and not contradict(first.name, second.name):
        return f"Both write as “{box}”, from two providers."
    return ""


def _same_surroundings(one: Traces, other: Traces) -> str:
    """For two with near names: what they share besides."""
    first, second = one.person, other.person
    company = company_key(first.company)
    if company and company == company_key(second.company):
        return f"The same name, both of {first.company}."
    if domain := _shared(_domains(first), _domains(second)):
        return f"The same name, both at {domain}."
    if answer := _shared(one.answers, other.answers):
        return f"The same name, and both gave “{answer}”."
    if subject := _shared(one.subjects, other.subjects):
        return f"The same name, and both wrote about “{subject}”."
    return ""


def _shared(one: Iterable[str], other: Iterable[str]) -> str:
    """The first of what both have, by the alphabet; empty where there is none."""
    return min(set(one) & set(other), default="")


def _shared_number(one: Person, other: Person) -> str:
    theirs = [key for phone in other.phones if (key := phone_key(phone))]
    mine = ((phone, key) for phone in one.phones if (key := phone_key(phone)))
    return next((phone for phone, key in mine if any(same_number(key, each) for each in theirs)), "")


def _are_named_alike(one: str, other: str) -> bool:
    first, second = parts_of(one), parts_of(other)
    return bool(first and second) and are_near(" ".join(first), " ".join(second))


def _is_family(one: str, other: str) -> bool:
    first, second = parts_of(one), parts_of(other)
    return len(first) > 1 and len(second) > 1 and first[-1] == second[-1]


def _domains(person: Person) -> list[str]:
    """Domains of their own: not a provider's where anybody may have an address."""
    domains = (email_key(email).rpartition("@")[2] for email in person.emails)
    return [domain for domain in domains if domain and not is_freemail(domain)]


def _boxes(person: Person) -> list[str]:
    """What stands before the @, where it is somebody's name rather than an office's."""
    boxes = (email_key(email).rpartition("@")[0].partition("+")[0] for email in person.emails)
    plain = ((box, box.replace(".", "").replace("_", "").replace("-", "")) for box in boxes)
    return [bare for box, bare in plain if len(bare) >= _LONG_BOX and bare not in _BOX_OF_MANY and box]


def _is_telling(text: str) -> bool:
    """A street with its number, a customer number: no two people fill in the same by chance."""
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def told_apart(lead: Lead, than: Person, zone: tzinfo) -> str:
    """What tells a lead from somebody of the same name: a way to reach it alone, and its last day."""
    mine = {*map(email_key, than.emails), *filter(None, map(phone_key, than.phones))}
    person = lead.person
    ways = [(way, email_key(way)) for way in person.emails]
    ways += [(way, phone_key(way) or way) for way in person.phones]
    own = [way for way, key in ways if key not in mine] or [way for way, _ in ways]
    last = max((entry.at for entry in lead.record if isinstance(entry, Touch)), default=lead.state.since)
    day = last.astimezone(zone)
    return f"{own[0] if own else 'Without an address'}, last on {day.day} {day:%b %Y}"
