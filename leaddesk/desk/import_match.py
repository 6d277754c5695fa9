"""Whom an imported row means: somebody new, somebody known, or perhaps somebody known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leaddesk.doors.store import Store
from leaddesk.rules.match.names import are_near, company_key, name_key
from leaddesk.words.imports import Contact, Fate

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
        self._nameless: dict[tuple[str, str], int] | None = None
        self._colleagues: dict[str, tuple[str, ...]] = {}
        self._knows_colleagues = False

    def match(self, contacts: Sequence[Contact]) -> list[Match]:
        """What becomes of each, in order."""
        known = self._known({key for contact in contacts for _, _, key in contact.keys})
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
            who = next(iter(found.values()))
            foreign = frozenset(key for key, other in found.items() if other != who)
            return Match(contact, Fate.KNOWN, who, foreign=foreign)
        if not contact.keys:
            return self._by_name_alone(contact)
        return self._perhaps_known(contact) or self._new(contact)

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

    def _new(self, contact: Contact) -> Match:
        self._news += 1
        for _, _, key in contact.keys:
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


def _called(name: str, company: str) -> tuple[str, str]:
    return name_key(name), company_key(company)
