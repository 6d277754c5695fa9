"""Many leads at once are the same rows as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from leaddesk.doors.store import Store
from leaddesk.doors.store.bulk import Counts, NewLead
from leaddesk.words.lead import Decision, Enquiry, Entry, Outcome, Reached, Retraction, Source, Touch, Verb
from tests.made import answered, asked, at, called, decided, enquiry, person, took_back, wrote

SOURCE = Source("Website: pricing page")
KEYS = (("email", "n@b.example", "n@b.example"), ("phone", "07700 900123", "+447700900123"))


def _lead(name: str, enquiries: Sequence[Enquiry], record: Sequence[Entry]) -> NewLead:
    return NewLead(
        person=person(name), source=SOURCE, enquiries=tuple(enquiries), record=tuple(record), keys=KEYS
    )


LEADS = [
    _lead("New", [enquiry(1, 0)], [asked(1, 0, text="What is a dormer?")]),
    _lead("Answered", [enquiry(1, 0)], [asked(1, 0, text="What is a dormer?"), answered(2, 6, text="It is")]),
    _lead(
        "Taken back",
        [enquiry(1, 0)],
        [
            asked(1, 0, text="What is a dormer?"),
            called(2, 5, Reached.NO_ANSWER),
            decided(3, 9, Verb.CLOSED, outcome=Outcome.LOST, reason="far"),
            took_back(4, 10, 3),
        ],
    ),
    _lead(
        "Twice",
        [enquiry(1, 30), enquiry(2, 0)],
        [
            asked(1, 30, text="What is a dormer?"),
            asked(2, 0, enquiry=2, text="What is a dormer?"),
            decided(3, 40, Verb.JUDGED_OUT, enquiry=2),
            wrote(4, 50, text="Hello?"),
        ],
    ),
]


def _one_by_one(store: Store, new: NewLead) -> None:
    first, *further = new.enquiries
    lead, number = store.leads.open(new.person, new.source, first, new.keys)
    base = number - 1
    for each in further:
        store.leads.open_enquiry(replace(each, lead=lead))
    entry_base = max(entry.id for entry in _got(store, lead)) - len(new.enquiries)
    for entry in new.record[len(new.enquiries) :]:
        store.leads.record(_pointing(replace(entry, lead=lead), base, entry_base))


def _pointing(entry: Entry, enquiries: int, entries: int) -> Entry:
    if isinstance(entry, Retraction):
        return replace(entry, takes_back=entry.takes_back + entries)
    if isinstance(entry, Decision) and entry.enquiry is not None:
        return replace(entry, enquiry=entry.enquiry + enquiries)
    return entry


def _got(store: Store, lead: int) -> tuple[Entry, ...]:
    found = store.leads.get(lead)
    assert found is not None
    return found.record


_POINTS_TO = (("lead", "lead"), ("enquiry", "enquiry"), ("takes_back", "entry"))


def _rows(store: Store, first: int) -> dict[str, list[dict[str, Any]]]:
    """All rows of the leads from `first` on, with numbers that count from there."""
    t = store.database.tables
    tables = {
        "lead": t.lead,
        "address": t.address,
        "enquiry": t.enquiry,
        "entry": t.entry,
        "text": t.lead_text,
    }
    rows: dict[str, list[dict[str, Any]]] = {}
    with store.session():
        for name, table in tables.items():
            found: Any = table.select().order_by(table._meta.primary_key).dicts()
            rows[name] = [row for row in found if row.get("lead", row.get("id")) >= first]
    lowest = {name: min(row.get("id") or row["lead"] for row in each) - 1 for name, each in rows.items()}
    for name, each in rows.items():
        for row in each:
            row.pop("token", None)
            for column, points_to in (*_POINTS_TO, ("id", name)):
                if row.get(column) is not None:
                    row[column] -= lowest[points_to]
    return rows


def test_bulk_gives_the_same_rows_as_one_by_one(store: Store) -> None:
    for new in LEADS:
        _one_by_one(store, new)
    apart = _rows(store, 1)

    counts = store.bulk.insert(LEADS)

    assert counts == Counts(leads=4, enquiries=5, entries=11)
    assert _rows(store, 5) == apart


def test_rows_that_were_counted_in_bulk_count_on(store: Store) -> None:
    store.bulk.insert(LEADS)

    lead, number = store.leads.open(person(), SOURCE, enquiry(), [])
    entry = store.leads.record(wrote(0, 5, lead=lead))

    assert (lead, number, entry) == (5, 6, 13)


def test_more_than_one_batch_is_inserted_whole(store: Store) -> None:
    counts = store.bulk.insert(LEADS[1] for _ in range(1203))

    assert counts == Counts(leads=1203, enquiries=1203, entries=2406)
    assert [lead.id for lead in store.leads.opened_by(at(0))] == list(range(1, 1204))
    last = store.leads.get(1203)
    assert last is not None
    assert all(isinstance(entry, Touch) and entry.lead == 1203 for entry in last.record)


def test_nothing_in_bulk_is_nothing(store: Store) -> None:
    assert store.bulk.insert([]) == Counts(0, 0, 0)
