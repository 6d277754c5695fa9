"""The rows of imported people, made for prepared statements: what `leads.open` makes one by one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple

from leaddesk.doors.store.fields import from_micros, to_micros
from leaddesk.doors.store.lead_row import state_columns
from leaddesk.doors.store.rows import one_line
from leaddesk.rules.find import filed_under, phone_forms, text_of
from leaddesk.rules.fold import fold
from leaddesk.words.imports import Closing
from leaddesk.words.lead import (
    Channel,
    Decision,
    Direction,
    Enquiry,
    Entry,
    How,
    Outcome,
    Source,
    Touch,
    Verb,
)

LEAD = (
    "id", "token", "name", "company", "source_text", "source_certainty", "source_evidence", "wants",
    "opened_at", "turn", "what", "outcome", "reason", "since", "snoozed_until", "got_at", "last_in_at",
    "last_out_at", "outbox", "sorted_as",
)  # fmt: skip
ADDRESS = ("lead", "kind", "value", "key")
ENQUIRY = (
    "id", "token", "lead", "channel", "received_at", "submitted_at", "seen_at", "message", "subject",
    "fields", "source_text", "source_certainty", "source_evidence", "mail", "quiet", "standing",
    "first_response_at", "counted",
)  # fmt: skip
ENTRY = (
    "id", "token", "lead", "kind", "at", "by", "direction", "channel", "automatic", "outcome", "how", "text",
    "enquiry", "mail", "outgoing", "verb", "until", "takes_back",
)  # fmt: skip
TEXT = ("rowid", "body")
_SOME_TIME = from_micros(0)
_OTHER, _IN, _ENTERED, _CLOSED = (
    Channel.OTHER.value, Direction.IN.value, How.ENTERED.value, Verb.CLOSED.value
)  # fmt: skip


class NewPerson(NamedTuple):
    """Somebody whom a file told of. `closing` is None for an enquiry that waits."""

    name: str
    company: str
    keys: tuple[tuple[str, str, str], ...]
    source: Source
    message: str
    fields: Mapping[str, str]
    received_at: datetime
    is_counted: bool
    closing: Closing | None

    @property
    def entries(self) -> int:
        """Lines that the record begins with."""
        return 1 if self.closing is None else 2


@dataclass
class ImportRows:
    """Values in the order of the columns above, ready for a prepared statement each."""

    at: datetime
    leads: list[tuple[Any, ...]] = field(default_factory=list)
    addresses: list[tuple[Any, ...]] = field(default_factory=list)
    enquiries: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    sources: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def add(self, people: Sequence[NewPerson], ids: Iterable[tuple[int, int, list[int]]]) -> None:
        """Rows for each of `people`; `ids` are those of its lead, enquiry and entries."""
        tokens, seen = _tokens(4 * len(people)), to_micros(self.at)
        for person, (lead, enquiry, entries) in zip(people, ids, strict=True):
            closing, message, source = person.closing, person.message, self._source(person.source)
            standing = _FOLDED[closing.outcome if closing is not None else None]
            received, reason = to_micros(person.received_at), closing.reason if closing is not None else ""
            self.leads.append(
                (
                    lead, next(tokens), person.name, person.company, *source, one_line(message), received,
                    *standing.turn_what_outcome, reason, received, None, None, received, None, "",
                    filed_under(person.name),
                )
            )  # fmt: skip
            self.addresses += [(lead, kind, value, key) for kind, value, key in person.keys]
            self.enquiries.append(
                (
                    enquiry, next(tokens), lead, _OTHER, received, None, seen, message, "",
                    _json(person.fields), *source, None, 1, standing.enquiry, None, int(person.is_counted),
                )
            )  # fmt: skip
            self.entries.append(
                (
                    entries[0], next(tokens), lead, "touch", received, None, _IN, _OTHER, 0, None, _ENTERED,
                    message, enquiry, None, None, None, None, None,
                )
            )  # fmt: skip
            if closing is not None:
                self.entries.append(
                    (
                        entries[1], next(tokens), lead, "decision", seen, None, None, None, 0,
                        closing.outcome.value, None, reason, None, None, None, _CLOSED, None, None,
                    )
                )  # fmt: skip
            self.texts.append((lead, _text(person, reason)))

    def _source(self, source: Source) -> tuple[str, str, str]:
        """All sources of one import have the same evidence."""
        known = self.sources.get(source.text)
        if known is None:
            known = source.text, source.certainty.value, _json(source.evidence)
            self.sources[source.text] = known
        return known


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the fold makes of an imported lead: the same for all that are put down alike."""

    turn_what_outcome: tuple[str, str, str]
    enquiry: str


def record_of(closing: Closing | None, message: str, at: datetime) -> list[Entry]:
    """The record that an imported lead begins with; numbers count from 1."""
    asked = Touch(
        id=1, lead=1, at=at, direction=Direction.IN, channel=Channel.OTHER, how=How.ENTERED, text=message,
        enquiry=1,
    )  # fmt: skip
    if closing is None:
        return [asked]
    put_down = Decision(id=2, lead=1, at=at, verb=Verb.CLOSED, outcome=closing.outcome, reason=closing.reason)
    return [asked, put_down]


def _fold_all() -> dict[Outcome | None, _Standing]:
    """The fold itself says how each kind of imported lead stands."""
    enquiry = Enquiry(
        id=1, lead=1, channel=Channel.OTHER, received_at=_SOME_TIME, seen_at=_SOME_TIME, message=""
    )
    folded: dict[Outcome | None, _Standing] = {}
    for outcome in (None, *Outcome):
        closing = Closing(outcome, "") if outcome is not None else None
        state = fold([enquiry], record_of(closing, "", _SOME_TIME))
        columns = state_columns(state, _SOME_TIME)
        told = (columns["turn"], columns["what"], columns["outcome"])
        folded[outcome] = _Standing(told, state.enquiries[0].standing.value)
    return folded


_FOLDED = _fold_all()


def _json(value: Mapping[str, str]) -> str:
    """As `JsonField` writes it (a test compares them), without an encoder for each."""
    return "{" + ",".join([f"{_quoted(key)}:{_quoted(text)}" for key, text in value.items()]) + "}"


def _tokens(count: int) -> Iterator[str]:
    """As many tokens as `new_token` would make, from one question to the system."""
    drawn = os.urandom(16 * count).hex()
    return (drawn[start : start + 32] for start in range(0, len(drawn), 32))


def _text(person: NewPerson, reason: str) -> str:
    """What `search_text` gives for a lead with this record (a test compares them)."""
    ways: list[str] = []
    for kind, value, key in person.keys:
        if kind == "email":
            ways.append(value)
        else:
            ways += phone_forms(value)
            if key != value:
                ways += phone_forms(key)
    return text_of((person.name, person.company, *ways, person.message, *person.fields.values(), reason))
