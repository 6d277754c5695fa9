"""One import under way: rows matched, new people inserted, gaps filled, all of it counted."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from leaddesk.desk.import_content import Tally
from leaddesk.desk.import_file import ImportFile
from leaddesk.desk.import_match import Match, Matcher
from leaddesk.doors.store import Called, Gaps, NewPerson, Store
from leaddesk.rules.imports.fate import placed
from leaddesk.rules.person import name_or_address
from leaddesk.words.errors import Refused
from leaddesk.words.imports import Contact, Fate, Imported, RowProblem
from leaddesk.words.lead import Certainty, Source

_CHUNK = 5000
"""People that are inserted at once."""
_MOST_PROBLEMS = 1000
Progress = Callable[[int, float], None]
"""Told how many rows are done, and which part of the file, from 0 to 1."""


@dataclass
class _Counts:
    new: int = 0
    waiting: int = 0
    known: int = 0
    doubtful: int = 0
    unusable: int = 0


@dataclass
class Deed:
    """One import under way. `by` is None for a dry run."""

    store: Store
    file: ImportFile
    now: datetime
    by: str | None
    take_doubtful: bool
    counts: _Counts = field(default_factory=_Counts)
    problems: list[RowProblem] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    batch: int | None = None
    leads: list[int] = field(default_factory=list)
    """Of the new ones, in order."""
    sources: dict[str, Source] = field(default_factory=dict)

    def do(self, on_progress: Progress, is_cancelled: Callable[[], bool]) -> None:
        """Raises Refused when it is cancelled, with the caller's transaction to be taken back."""

        def heard(done: int) -> None:
            on_progress(self.tally.rows, min(1.0, done / self.file.size))

        matcher = Matcher(self.store, take_doubtful=self.take_doubtful)
        with _without_collector():
            for chunk in _chunks(self.file.contacts(self.tally, heard)):
                if is_cancelled():
                    raise Refused("The import was cancelled. Nothing was changed.")
                self._settle(matcher.match(chunk))
        if self.batch is not None:
            self.store.imports.finish(self.batch, self.counts.new, self.counts.known)

    def told(self) -> Imported:
        return Imported(
            id=self.batch,
            look=self.file.look,
            rows=self.tally.rows,
            first=self.tally.first,
            last=self.tally.last,
            warnings=self.tally.warnings,
            new=self.counts.new,
            waiting=self.counts.waiting,
            known=self.counts.known,
            doubtful=self.counts.doubtful,
            unusable=self.counts.unusable,
            problems=tuple(self.problems),
        )

    # -- one chunk

    def _settle(self, matches: Sequence[Match]) -> None:
        people = [self._person(match.contact) for match in matches if match.fate is Fate.NEW]
        self.counts.new += len(people)
        self.counts.waiting += sum(person.closing is None for person in people)
        for match in matches:
            if match.fate is not Fate.NEW:
                self._count(match)
        if self.by is None:
            return
        if people:
            self.leads += self.store.imports.insert(self._begun(self.by), people, self.now)
        self._fill([match for match in matches if match.fate is Fate.KNOWN], self.by)

    def _count(self, match: Match) -> None:
        if match.fate is Fate.KNOWN:
            self.counts.known += 1
            return
        if match.fate is Fate.DOUBTFUL:
            self.counts.doubtful += 1
        else:
            self.counts.unusable += 1
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(RowProblem(match.contact.line, match.fate, match.why))

    def _begun(self, by: str) -> int:
        """The batch, begun when there is something to put into it."""
        if self.batch is None:
            self.batch = self.store.imports.begin(self.file.look.file, self.now, by)
        return self.batch

    def _person(self, contact: Contact) -> NewPerson:
        place = placed(contact, self.now)
        return NewPerson(
            name=name_or_address(contact.name or contact.company, contact.emails, contact.phones),
            company=contact.company,
            keys=contact.keys,
            source=self._source(contact.source),
            message=contact.message,
            fields=contact.fields,
            received_at=place.received_at,
            is_counted=place.is_counted,
            closing=place.closing,
        )

    def _source(self, told: str) -> Source:
        if told not in self.sources:
            file = self.file.look.file
            self.sources[told] = Source(told or f"Import: {file}", Certainty.STATED, {"import": file})
        return self.sources[told]

    def _fill(self, known: Sequence[Match], by: str) -> None:
        """What the file knows of known people, and we did not."""
        pairs = [(self._lead_of(match), match) for match in known]
        called = self.store.imports.called(sorted({lead for lead, _ in pairs})) if pairs else {}
        for lead, match in pairs:
            before = called.get(lead)
            gaps = _gaps(before, match) if before is not None else None
            if before is not None and gaps is not None:
                self.store.imports.fill(self._begun(by), gaps, before)
                keys = before.keys | {(kind, key) for kind, _, key in gaps.keys}
                called[lead] = replace(before, name=gaps.name, company=gaps.company, keys=keys)

    def _lead_of(self, match: Match) -> int:
        assert match.who is not None
        return match.who if match.who > 0 else self.leads[-match.who - 1]


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


@contextmanager
def _without_collector() -> Iterator[None]:
    """Many short-lived values, no cycle among them: looking for cycles would cost a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _chunks(contacts: Iterable[Contact]) -> Iterator[list[Contact]]:
    source = iter(contacts)
    return iter(lambda: list(islice(source, _CHUNK)), [])
