"""Who plays in the demo: the firm, its customers and what they write (resources/demo/customers.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Firm:
    """The invented firm that the demo's mailbox belongs to."""

    name: str
    site: str
    robot: str
    """The address that its website's form plug-ins send from."""
    portal: str
    portal_robot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who answers when the firm writes to them."""

    name: str
    email: str
    language: str
    answers: tuple[str, ...]
    """To our first mail, our second ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Person):
    """Somebody who writes an enquiry while the demo runs."""

    way: str
    """form, html-form, contact, portal or personal"""
    subject: str
    message: str
    phone: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    referrer: str = ""
    utm: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and the words of forms and mail programs by language."""

    firm: Firm
    labels: Mapping[str, Mapping[str, str]]
    wrote: Mapping[str, str]
    customers: tuple[Customer, ...]
    neighbours: tuple[Person, ...]
    """The people of the sample leads."""
    stranger: Person
    """Anybody else; name and email are told by the mail."""

    def person(self, email: str, name: str) -> Person:
        """Whoever has this address, or a stranger of this name."""
        wanted = email.lower()
        for known in (*self.customers, *self.neighbours):
            if known.email == wanted:
                return known
        other = self.stranger
        return Person(name=name or email, email=email, language=other.language, answers=other.answers)


def read_cast(text: str) -> Cast:
    """The cast of a customers.toml. Raises KeyError or TOMLDecodeError when the shipped file is broken."""
    table = tomllib.loads(text)
    return Cast(
        firm=Firm(**table["firm"]),
        labels=table["labels"],
        wrote=table["wrote"],
        customers=tuple(map(_customer, table["customer"])),
        neighbours=tuple(map(_person, table["neighbour"])),
        stranger=_person({"name": "", "email": "", **table["stranger"]}),
    )


def _person(row: Mapping[str, Any]) -> Person:
    return Person(**{**row, "answers": tuple(row["answers"])})


def _customer(row: Mapping[str, Any]) -> Customer:
    return Customer(**{**row, "answers": tuple(row["answers"]), "message": row["message"].strip()})
