"""The people of the firm, as one setting tells them: names, addresses, and what each of them covers.

>>> ann, ben = read_people("Ann <ann@lofts.example> at Mon 09:00-17:30 | Ben <ben@lofts.example> for Phone")
>>> ann.name, ben.sources
('Ann', ('phone',))
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.words.hours import Week, read_week

_PERSON = re.compile(
    r"(?P<name>[^<>|]{1,80}?)\s*<\s*(?P<email>[^<>\s|@]{1,64}@[^<>\s|@]{1,255})\s*>"
    r"(?:\s+for\s+(?P<sources>[^|]{1,300}?))?(?:\s+at\s+(?P<hours>[^|]{1,300}))?"
)
_EXAMPLE = "Write it as 'Ann <ann@firm.example> at Mon-Wed 09:00-17:30 | Ben <ben@firm.example> for Phone'."


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of ours. Without `week` they cover all hours, without `sources` every source."""

    name: str
    email: str
    sources: tuple[str, ...] = ()
    """Lower-case beginnings of sources."""
    week: Week | None = None


def read_people(text: str) -> tuple[Colleague, ...]:
    """The people that `text` tells, in order. Raises ValueError with a sentence where it tells none."""
    people = tuple(_person(part.strip()) for part in re.split(r"[|\n]", text) if part.strip())
    names = [each.name.casefold() for each in people]
    if len(set(names)) < len(names):
        raise ValueError("two people have one name; add a letter to one of them.")
    return people


def _person(part: str) -> Colleague:
    found = _PERSON.fullmatch(part)
    if found is None:
        raise ValueError(f"'{part[:60]}' is no person with a mail address. {_EXAMPLE}")
    sources = (each.strip().casefold() for each in (found["sources"] or "").split(","))
    hours = found["hours"]
    return Colleague(
        " ".join(found["name"].split()),
        found["email"],
        tuple(filter(None, sources)),
        read_week(hours) if hours else None,
    )
