"""Whom an imported row means: somebody new, somebody known, or perhaps somebody known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from leaddesk.doors.store import Called, Store
from leaddesk.rules.match.by_number import certain_by_number
from leaddesk.rules.match.names import are_near, company_key, contradict, name_key
from leaddesk.words.imports import Contact, Fate
from leaddesk.words.lead import Person

_EMAIL = "email"
_MOST_SHARING = 20
"""People with one number that a name is compared with: more have a switchboard in common."""
_MOST_COMPARED = 50
"""People of one company that a name is compared with."""


class Match(NamedTuple):
    """What becomes of a row. `who` is a lead, or below zero somebody from earlier in the same file."""

    contact: Contact
    fate: Fate
    who: int | None = None
    why: str = ""
    foreign: frozenset[str] = frozenset()
    """Keys of the row that somebody else has."""


class Matcher:
    """Compares the rows of one file with all leads, and with each other."""

    def __init__(self, store: Store, *, take_doubtful: bool) -> None:
        self._store = store
        self._take_doubtful = take_doubtful
        self._news = 0
        self._was_empty: bool | None = None
        self._keys: dict[str, int] = {}
        """Who has it, of the file alone."""
        self._also: dict[str, list[int]] = {}
        """New people of the file who have a key that somebody else has too: a switchboard, a household's."""
        self._people: list[tuple[str, tuple[str, ...]]] = []
        """Name and addresses of each new one."""
        self._there: Mapping[str, Sequence[Called]] = {}
        """Who was here before, by numbers of the rows that are looked at now."""
        self._nameless: dict[tuple[str, str], int] | None = None
        self._colleagues: dict[str, tuple[str, ...]] = {}
        self._knows_colleagues = False

    def match(self, contacts: Sequence[Contact]) -> list[Match]:
        """What becomes of each, in order."""
        known = self._known({key for contact in contacts for _, _, key in contact.keys})
        numbers = _numbers_alone(contacts, known) if known else []
        self._there = self._store.imports.sharing(numbers) if numbers else {}
        return [self._match(contact, known) for contact in contacts]

    def _known(self, keys: set[str]) -> dict[str, int]:
        """Who had these before the file: in a new profile nobody had anything."""
        if self._was_empty is None:
            self._was_empty = not self._store.imports.has_addresses()
        return {} if self._was_empty else self._store.imports.leads_with(sorted(keys - self._keys.keys()))

    def _match(self, contact: Contact, known: dict[str, int]) -> Match:
        if contact.unusable:
            return Match(contact, Fate.UNUSABLE, why=contact.unusable)
        mine, theirs = self._keys, known
        found = {
            key: mine[key] if key in mine else theirs[key]
            for _, _, key in contact.keys
            if key in mine or key in theirs
        }
        if found:
            return self._by_key(contact, found)
        if not contact.keys:
            return self._by_name_alone(contact)
        return self._perhaps_known(contact) or self._new(contact)

    def _by_key(self, contact: Contact, found: Mapping[str, int]) -> Match:
        """By address; else by number, where nothing says that others share the telephone."""
        by_address = (found[key] for kind, _, key in contact.keys if kind == _EMAIL and key in found)
        who = next(by_address, None)
        if who is not None:
            return self._is_known(contact, who, found)
        called = contact.name or contact.company
        person, sharing = Person(name=called, emails=contact.emails), list(self._sharing(found))
        certain = certain_by_number(person, sharing)
        if certain:
            return self._is_known(contact, certain[0], found)
        perhaps = next((other.name for _, other in sharing if not contradict(called, other.name)), None)
        if perhaps is not None and not self._take_doubtful:
            return Match(contact, Fate.DOUBTFUL, why=f"Perhaps {perhaps}, who has the same number.")
        return self._perhaps_known(contact) or self._new(contact, found)

    def _is_known(self, contact: Contact, who: int, found: Mapping[str, int]) -> Match:
        if len(found) < len(contact.keys):  # a third row may name them by an address of the second
            for kind, _, key in contact.keys:
                if kind == _EMAIL and key not in found:
                    self._keys[key] = who
        foreign = frozenset(key for key, other in found.items() if other != who)
        return Match(contact, Fate.KNOWN, who, foreign=foreign)

    def _sharing(self, keys: Iterable[str]) -> Iterator[tuple[int, Person]]:
        """Everybody who has any of these numbers."""
        for key in keys:
            first = [self._keys[key]] if key in self._keys else []
            for number in (*first, *self._also.get(key, ())):
                name, emails = self._people[-number - 1]
                yield number, Person(name=name, emails=emails)
            for called in self._there.get(key, ()):
                emails = tuple(way for kind, way in called.keys if kind == _EMAIL)
                yield called.lead, Person(name=called.name, emails=emails)

    def _by_name_alone(self, contact: Contact) -> Match:
        """Nothing to compare but what they are called: the same file again brings nobody twice."""
        if self._nameless is None:
            everybody = self._store.imports.without_address()
            self._nameless = {_called(each.name, each.company): each.lead for each in everybody}
        called = _called(contact.name or contact.company, contact.company)
        who = self._nameless.get(called)
        if who is not None:
            return Match(contact, Fate.KNOWN, who)
        made = self._perhaps_known(contact) or self._new(contact)
        if made.fate is Fate.NEW:
            self._nameless[called] = -self._news
        return made

    def _perhaps_known(self, contact: Contact) -> Match | None:
        if self._take_doubtful or not contact.name or not contact.company:
            return None
        company, colleagues = self._at(contact.company)
        for name in colleagues[:_MOST_COMPARED]:
            if are_near(contact.name, name):
                why = f"Perhaps {name}, who is known at {contact.company}."
                return Match(contact, Fate.DOUBTFUL, why=why)
        self._colleagues[company] = (*colleagues, contact.name)  # it will be somebody new
        return None

    def _new(self, contact: Contact, found: Mapping[str, int] = MappingProxyType({})) -> Match:
        """`found` are keys of theirs that others have too."""
        self._news += 1
        self._people.append((contact.name or contact.company, contact.emails))
        for _, _, key in contact.keys:
            if key in found:
                if len(also := self._also.setdefault(key, [])) < _MOST_SHARING:
                    also.append(-self._news)
            else:
                self._keys[key] = -self._news
        return Match(contact, Fate.NEW, -self._news)

    def _at(self, company: str) -> tuple[str, tuple[str, ...]]:
        """A company as it is compared, and who is known there."""
        if not self._knows_colleagues:
            self._knows_colleagues = True
            for each in self._store.imports.with_company():
                key = company_key(each.company)
                self._colleagues[key] = (*self._colleagues.get(key, ()), each.name)
        key = company_key(company)
        return key, self._colleagues.get(key, ())


def _numbers_alone(contacts: Iterable[Contact], known: Mapping[str, int]) -> list[str]:
    """Numbers that somebody has, of rows that no address tells."""
    return sorted(
        {
            key
            for contact in contacts
            if not any(key in known for kind, _, key in contact.keys if kind == _EMAIL)
            for kind, _, key in contact.keys
            if kind != _EMAIL and key in known
        }
    )


def _called(name: str, company: str) -> tuple[str, str]:
    return name_key(name), company_key(company)
