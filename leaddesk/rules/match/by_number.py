"""Whether somebody who shares a telephone number with a lead certainly is that lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from leaddesk.rules.match.names import are_near, contradict, parts_of
from leaddesk.rules.person import email_key
from leaddesk.words.lead import Person

K = TypeVar("K")


def certain_by_number(person: Person, sharing: Iterable[tuple[K, Person]]) -> list[K]:
    """Those of all who have the number that somebody certainly is, in the order given.

    Who goes by the same name goes before a family or a firm as which nothing contradicts it.

    >>> family, tom = Person(name="Familie Beck"), Person(name="Tom Beck")
    >>> certain_by_number(Person(name="Beck, Tom"), [(7, family), (3, tom)])
    [3]
    """
    certain = [(key, lead) for key, lead in sharing if is_certain_by_number(person, lead)]
    named = [key for key, lead in certain if _agree(person.name, lead.name)]
    return named or [key for key, _ in certain]


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
