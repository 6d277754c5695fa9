"""What a file knows of known people and we did not: found before anything is locked, filled in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from leaddesk.desk.import_match import Match
from leaddesk.doors.store import Called, Gaps, Store
from leaddesk.rules.person import name_or_address

_CHUNK = 5000
"""Leads that are asked for at once."""
Batched = Callable[[], int]
"""The batch that a filled gap belongs to."""


@dataclass
class Filling:
    """The gaps of one import."""

    store: Store
    called: dict[int, Called] = field(default_factory=dict)
    """Known leads with a gap, as they will be called."""
    gaps: list[tuple[Gaps, Called]] = field(default_factory=list)
    twice: list[Match] = field(default_factory=list)
    """Rows of people who are new in the same file: their gaps are known when they are leads."""

    def take(self, known: Sequence[Match]) -> None:
        """Finds the gaps of these rows. Reads only."""
        self.twice += [_slim(match) for match in known if _is_from_file(match)]
        self._find([(match.who or 0, match) for match in known if not _is_from_file(match)])

    def fill(self, lead_of: Callable[[int], int], batch: Batched) -> None:
        """Fills all gaps, in the caller's transaction. `lead_of` names the lead of somebody from the file."""
        rows = iter(self.twice)
        while chunk := list(islice(rows, _CHUNK)):
            self._find([(lead_of(match.who or 0), match) for match in chunk])
        for gaps, before in self.gaps:
            self.store.imports.fill(batch(), gaps, before)

    def _find(self, pairs: Sequence[tuple[int, Match]]) -> None:
        asked = sorted({lead for lead, _ in pairs} - self.called.keys())
        found = self.store.imports.called(asked) if asked else {}
        for lead, match in pairs:
            before = self.called.get(lead) or found.get(lead)
            gaps = _gaps(before, match) if before is not None else None
            if before is not None and gaps is not None:
                self.gaps.append((gaps, before))
                keys = before.keys | {(kind, key) for kind, _, key in gaps.keys}
                self.called[lead] = replace(before, name=gaps.name, company=gaps.company, keys=keys)


def _is_from_file(match: Match) -> bool:
    return match.who is not None and match.who < 0


def _slim(match: Match) -> Match:
    """Without what is never filled: a file may name a hundred thousand people twice."""
    return match._replace(contact=match.contact._replace(message="", fields={}))


def _gaps(before: Called, match: Match) -> Gaps | None:
    contact = match.contact
    new = tuple(
        (kind, value, key)
        for kind, value, key in contact.keys
        if (kind, key) not in before.keys and key not in match.foreign
    )
    name = contact.name if contact.name and _is_no_name(before) else before.name
    company = before.company or contact.company
    if not new and (name, company) == (before.name, before.company):
        return None
    return Gaps(before.lead, new, name, company)


def _is_no_name(called: Called) -> bool:
    """A row that is headed with an address or a number, since nobody knew a name."""
    return (
        "@" in called.name
        or not any(map(str.isalpha, called.name))
        or called.name == name_or_address("", (), ())
    )
