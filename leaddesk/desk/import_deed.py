"""One import under way: rows matched, new people inserted, gaps filled, all of it counted."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from leaddesk.desk.import_content import Tally
from leaddesk.desk.import_file import ImportFile
from leaddesk.desk.import_gaps import Filling
from leaddesk.desk.import_match import Match, Matcher
from leaddesk.doors.store import NewPerson, Store
from leaddesk.rules.imports.fate import placed
from leaddesk.rules.person import name_or_address
from leaddesk.words.errors import Refused
from leaddesk.words.imports import Contact, Fate, Imported, RowProblem
from leaddesk.words.lead import Certainty, Source

_CHUNK = 5000
"""People that are inserted at once."""
_MOST_PROBLEMS = 1000
_PREPARED = 0.6
"""The part of the work that is done when everything is prepared."""
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
    """One import under way: prepared without a lock, which takes most of the time, then written in one go.

    Close it; its rows may lie in a file.
    """

    store: Store
    file: ImportFile
    now: datetime
    take_doubtful: bool
    on_progress: Progress
    is_cancelled: Callable[[], bool]
    is_dry: bool = False
    counts: _Counts = field(default_factory=_Counts)
    problems: list[RowProblem] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    batch: int | None = None
    leads: list[int] = field(default_factory=list)
    """Of the new ones, in order, as the stage numbers them."""
    sources: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stage = self.store.imports.stage(self.now)
        self.filling = Filling(self.store)
        self.standing = (0, 0, 0)

    def prepare(self) -> None:
        """Reads the file and settles what becomes of each row. Raises Refused when it is cancelled."""
        share = 1.0 if self.is_dry else _PREPARED

        def heard(done: int) -> None:
            self.on_progress(self.tally.rows, share * min(1.0, done / self.file.size))

        with self.store.session(), _without_collector():
            self.standing = self.store.imports.standing()
            matcher = Matcher(self.store, take_doubtful=self.take_doubtful)
            for chunk in _chunks(self.file.contacts(self.tally, heard)):
                self._heed()
                self._settle(matcher.match(chunk))

    def is_stale(self) -> bool:
        """True when somebody came in since: a row may mean them."""
        with self.store.session():
            return self.store.imports.standing() != self.standing

    def write(self, by: str) -> None:
        """Takes everybody in, in the caller's transaction. Raises Refused when it is cancelled."""

        def heard(people: int) -> None:
            self._heed()
            part = _PREPARED + (1.0 - _PREPARED) * people / self.stage.people
            self.on_progress(self.tally.rows, part)

        def batch() -> int:
            if self.batch is None:
                self.batch = self.store.imports.begin(self.file.look.file, self.now, by)
            return self.batch

        base = 0
        with _without_collector():
            if self.stage.people:
                base = self.store.imports.write(batch(), self.stage, heard).lead
            self.filling.fill(lambda who: self.leads[-who - 1] + base, batch)
        if self.batch is not None:
            self.store.imports.finish(self.batch, self.counts.new, self.counts.known)
        self.on_progress(self.tally.rows, 1.0)

    def close(self) -> None:
        self.stage.close()

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

    def _heed(self) -> None:
        if self.is_cancelled():
            raise Refused("The import was cancelled. Nothing was changed.")

    def _settle(self, matches: Sequence[Match]) -> None:
        people = [self._person(match.contact) for match in matches if match.fate is Fate.NEW]
        self.counts.new += len(people)
        self.counts.waiting += sum(person.closing is None for person in people)
        for match in matches:
            if match.fate is not Fate.NEW:
                self._count(match)
        if not self.is_dry:
            self.leads += self.stage.add(people)
            self.filling.take([match for match in matches if match.fate is Fate.KNOWN])

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
