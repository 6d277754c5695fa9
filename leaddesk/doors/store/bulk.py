"""Many leads at once, for sample profiles: rows are folded first and inserted in batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import peewee as pw

from leaddesk.doors.store.database import Database
from leaddesk.doors.store.lead_row import findable, last_words, state_columns
from leaddesk.doors.store.rows import entry_columns, new_token, source_columns
from leaddesk.doors.store.search import Search
from leaddesk.rules.find import filed_under, search_text
from leaddesk.rules.fold import fold
from leaddesk.words.lead import Decision, Enquiry, Entry, Person, Retraction, Source, Touch

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLead:
    """A lead with its whole past. Ids in `enquiries` and `record` are 1, 2, 3 … within this lead."""

    person: Person
    source: Source
    enquiries: tuple[Enquiry, ...]
    record: tuple[Entry, ...]
    keys: tuple[tuple[str, str, str], ...] = ()
    """(kind, value, key) of each address, each once."""


@dataclass(frozen=True, slots=True)
class Counts:
    leads: int
    enquiries: int
    entries: int


class Bulk:
    """Inserts leads by the hundred."""

    def __init__(self, database: Database, search: Search) -> None:
        self._db = database
        self._t = database.tables
        self._search = search

    def insert(self, leads: Iterable[NewLead]) -> Counts:
        """Inserts them all, a transaction each few hundred; returns what was inserted."""
        total = Counts(0, 0, 0)
        source = iter(leads)
        while batch := list(islice(source, _BATCH)):
            with self._db.transaction():
                enquiries, entries = self._insert_batch(batch)
            total = Counts(total.leads + len(batch), total.enquiries + enquiries, total.entries + entries)
        return total

    def totals(self) -> Counts:
        """What the whole database holds."""
        with self._db.session():
            return Counts(
                *(table.select().count() for table in (self._t.lead, self._t.enquiry, self._t.entry))
            )

    def _insert_batch(self, batch: Sequence[NewLead]) -> tuple[int, int]:
        lead_id, enquiry_id, entry_id = (
            self._next(table) for table in (self._t.lead, self._t.enquiry, self._t.entry)
        )
        rows = _Rows([], [], [], [], [])
        for new in batch:
            rows.add(new, lead_id, enquiry_id, entry_id)
            lead_id, enquiry_id, entry_id = (
                lead_id + 1,
                enquiry_id + len(new.enquiries),
                entry_id + len(new.record),
            )
        for table, values in (
            (self._t.lead, rows.leads), (self._t.address, rows.addresses),
            (self._t.enquiry, rows.enquiries), (self._t.entry, rows.entries),
        ):  # fmt: skip
            self._insert(table, values)
        self._insert(self._t.lead_text, [{"lead": lead, "body": text} for lead, text in rows.texts])
        self._count_on()
        return len(rows.enquiries), len(rows.entries)

    def _insert(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        """One prepared statement for all rows: peewee's own takes most of the time for its SQL."""
        if not rows:
            return
        fields = [table._meta.fields[name] for name in rows[0]]
        columns = ", ".join(f'"{field.column_name}"' for field in fields)
        marks = ", ".join([self._db.peewee.param] * len(fields))
        sql = f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({marks})'  # noqa: S608 - our names
        values = ([field.db_value(row[field.name]) for field in fields] for row in rows)
        with pw.__exception_wrapper__:  # type: ignore[attr-defined]  # missing in its stubs
            self._db.peewee.cursor().executemany(sql, values)

    def _count_on(self) -> None:
        """PostgreSQL's own counters do not see ids that were given."""
        if self._db.is_sqlite:
            return
        for table in ("lead", "enquiry", "entry"):
            counter = pw.fn.pg_get_serial_sequence(table, "id")
            newest = pw.Select(columns=[pw.fn.max(pw.SQL("id"))]).from_(pw.Table(table))
            pw.Select(columns=[pw.fn.setval(counter, newest)]).bind(self._db.peewee).execute()

    def _next(self, table: Any) -> int:
        row = table.select(table.id).order_by(table.id.desc()).first()
        return (row.id if row else 0) + 1


@dataclass(frozen=True)
class _Rows:
    """What one batch inserts."""

    leads: list[dict[str, Any]]
    addresses: list[dict[str, Any]]
    enquiries: list[dict[str, Any]]
    entries: list[dict[str, Any]]
    texts: list[tuple[int, str]]

    def add(self, new: NewLead, lead: int, enquiry_base: int, entry_base: int) -> None:
        """Numbers the lead's past and folds it."""
        enquiries = [replace(e, id=enquiry_base + e.id - 1, lead=lead) for e in new.enquiries]
        record = [_numbered(e, lead, enquiry_base, entry_base) for e in new.record]
        state = fold(enquiries, record)
        self.leads.append(
            {
                "id": lead, "token": new_token(), "name": new.person.name, "company": new.person.company,
                **source_columns(new.source), "wants": last_words(enquiries, record, state),
                "opened_at": min(e.received_at for e in enquiries), "outbox": "",
                "sorted_as": filed_under(new.person.name), **state_columns(state, state.since),
            }
        )  # fmt: skip
        self.addresses.extend({"lead": lead, "kind": k, "value": v, "key": key} for k, v, key in new.keys)
        by_id = {folded.enquiry: folded for folded in state.enquiries}
        for enquiry in enquiries:
            folded = by_id[enquiry.id]
            response = folded.first_response
            self.enquiries.append(
                {
                    "id": enquiry.id, "token": new_token(), "lead": lead, "channel": enquiry.channel.value,
                    "received_at": enquiry.received_at, "submitted_at": enquiry.submitted_at,
                    "seen_at": enquiry.seen_at, "message": enquiry.message, "subject": enquiry.subject,
                    "fields": dict(enquiry.fields), **source_columns(enquiry.source), "mail": None,
                    "quiet": enquiry.quiet, "counted": enquiry.counted, "standing": folded.standing.value,
                    "first_response_at": response.at if response else None,
                }
            )  # fmt: skip
        self.entries.extend({"id": entry.id, **entry_columns(entry)} for entry in record)
        person = findable(new.person.name, new.person.company, new.keys)
        self.texts.append((lead, search_text(person, enquiries, record)))


def _numbered(entry: Entry, lead: int, enquiry_base: int, entry_base: int) -> Entry:
    moved = replace(entry, id=entry_base + entry.id - 1, lead=lead)
    if isinstance(moved, Retraction):
        return replace(moved, takes_back=entry_base + moved.takes_back - 1)
    if isinstance(moved, Touch | Decision) and moved.enquiry is not None:
        return replace(moved, enquiry=enquiry_base + moved.enquiry - 1)
    return moved
