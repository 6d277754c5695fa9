"""Whether somebody who shares a telephone number with a lead certainly is that lead."""

from __future__ import annotations

from leaddesk.rules.match.names import are_near, contradict, parts_of
from leaddesk.rules.person import email_key
from leaddesk.words.lead import Person


def is_certain_by_number(person: Person, lead: Person) -> bool:
    """False where it is only likely: a household and a firm share a telephone, not the addresses.

    Another name says that it is somebody else. Another address does, unless the names agree.

    >>> is_certain_by_number(Person(name="a@b.example", emails=("a@b.example",)),
    ...                      Person(name="Anna Beck", emails=("anna@beck.example",)))
    False
    """
    if contradict(person.name, lead.name):
        return False
    return _agree(person.name, lead.name) or not _write_as_others(person, lead)


def _agree(one: str, other: str) -> bool:
    """One person goes by both. A first or a family name alone is too little: a household shares it."""
    return are_near(" ".join(parts_of(one)), " ".join(parts_of(other)))


def _write_as_others(person: Person, lead: Person) -> bool:
    mine, theirs = ({email_key(email) for email in who.emails} for who in (person, lead))
    return bool(mine and theirs) and not mine & theirs
