"""Imported people: the rows that one by one would give, on both databases, and all of it taken back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

import apsw
import pytest

from leaddesk.doors.store import DATABASE_NAME, NewPerson, Store, import_undo
from leaddesk.doors.store.imports import Called, Gaps
from leaddesk.words.errors import Refused
from leaddesk.words.imports import Closing
from leaddesk.words.lead import Certainty, Channel, Decision, Enquiry, How, Outcome, Person, Source, Verb
from leaddesk.words.news import ImportChanged, LeadChanged
from tests.made import START, account, answered, at, enquiry, person, wrote
from tests.store.conftest import Home
from tests.store.releases.make import FOLDER

SOURCE = Source("Import: people.csv", Certainty.STATED, {"import": "people.csv"})
EMAIL = ("email", "Uta@Keller.example", "uta@keller.example")
PHONE = ("phone", "+491713920051", "+491713920051")
LOCAL = ("phone", "0171 3920052", "01713920052")
MESSAGE = 'Bitte 2 Räume, "bald"\nTel. 0171 39 200 51 \u2028 \\ \t\x7f'


def new(name: str = "Uta Keller", **more: Any) -> NewPerson:
    given: dict[str, Any] = {
        "name": name, "company": "Praxis", "keys": (EMAIL, PHONE), "source": SOURCE, "message": MESSAGE,
        "fields": {"Stadt": "Köln 50667", 'a "b"': "x\\y\n/z"}, "received_at": at(-60), "is_counted": True,
        "closing": None,
    }  # fmt: skip
    return NewPerson(**given | more)


PEOPLE = (
    new(),
    new("Waiting, not counted", keys=(LOCAL,), is_counted=False, received_at=at(0), fields={}),
    new("Won", keys=(), closing=Closing(Outcome.WON, "gewonnen, as the file says"), is_counted=False),
    new("Lost", keys=(("email", "l@x.example", "l@x.example"),), closing=Closing(Outcome.LOST, "far")),
    new("Contact", keys=(), message="", closing=Closing(Outcome.NOT_A_LEAD, "An imported contact")),
    new("Old", keys=(("email", "o@x.example", "o@x.example"),), closing=Closing(Outcome.NO_RESPONSE, "")),
)


def taken_in(store: Store, batch: int, people: Sequence[NewPerson], at: datetime) -> list[int]:
    """The people through a stage, two at a time; returns their leads."""
    with closing(store.imports.stage(at)) as stage:
        numbers = [n for place in range(0, len(people), 2) for n in stage.add(people[place : place + 2])]
        base = store.imports.write(batch, stage)
    return [number + base.lead for number in numbers]


def run(store: Store, *people: NewPerson, at: datetime = START) -> tuple[int, list[int]]:
    with store.transaction():
        batch = store.imports.begin("people.csv", at, "Ann")
        leads = taken_in(store, batch, people, at)
        store.imports.finish(batch, len(leads), 0)
    return batch, leads


def one_by_one(store: Store, new: NewPerson) -> None:
    """What a person at the window would make of it."""
    asked = Enquiry(
        lead=0, channel=Channel.OTHER, received_at=new.received_at, seen_at=START, message=new.message,
        fields=new.fields, source=new.source, quiet=True, counted=new.is_counted,
    )  # fmt: skip
    named = Person(name=new.name, company=new.company)
    lead, _ = store.leads.open(named, new.source, asked, new.keys)
    if new.closing is not None:
        store.leads.record(
            Decision(
                lead=lead, at=START, verb=Verb.CLOSED, outcome=new.closing.outcome, reason=new.closing.reason
            )
        )


def rows(store: Store, first: int, count: int) -> list[dict[str, list[dict[str, Any]]]]:
    """What each of the leads consists of, but for its numbers and tokens."""
    t = store.database.tables
    told = []
    for lead in range(first, first + count):
        tables = {
            "lead": t.lead.id,
            "address": t.address.lead,
            "enquiry": t.enquiry.lead,
            "entry": t.entry.lead,
        }
        found: dict[str, list[dict[str, Any]]] = {}
        for name, owner in tables.items():
            query: Any = getattr(t, name).select().where(owner == lead).order_by(getattr(t, name).id).dicts()
            found[name] = [{k: v for k, v in row.items() if k not in _NUMBERS} for row in query]
        texts: Any = t.lead_text.select(t.lead_text.body).where(t.lead_text.lead == lead).dicts()
        told.append(found | {"text": list(texts)})
    return told


_NUMBERS = {"id", "token", "lead", "enquiry", "import_batch"}


def test_imported_rows_are_those_that_one_by_one_would_give(store: Store) -> None:
    for each in PEOPLE:
        one_by_one(store, each)
    with store.session():
        apart = rows(store, 1, len(PEOPLE))
    batch, leads = run(store, *PEOPLE)
    assert leads == list(range(len(PEOPLE) + 1, 2 * len(PEOPLE) + 1))
    with store.session():
        together = rows(store, leads[0], len(PEOPLE))
    for one, other in zip(apart, together, strict=True):
        assert [e.pop("how") for e in one["entry"]][:1] == [How.MEASURED.value]
        assert [e.pop("how") for e in other["entry"]][:1] == [How.ENTERED.value]
        assert one == other
    with store.session():
        lead = store.database.tables.lead
        assert {row.import_batch for row in lead.select().where(lead.id >= leads[0])} == {batch}


def test_folding_an_imported_lead_again_changes_nothing(store: Store) -> None:
    _, leads = run(store, *PEOPLE)
    with store.session():
        before = rows(store, leads[0], len(PEOPLE))
    for lead in leads:
        found = store.leads.get(lead)
        assert found is not None
        assert store.leads.refold(lead) == found.state
    with store.session():
        assert rows(store, leads[0], len(PEOPLE)) == before


def test_imported_leads_are_found_and_their_numbers_count_on(store: Store) -> None:
    _, leads = run(store, *PEOPLE)
    assert [lead for lead, _ in store.search.find(["491713920051"], 9)] == [leads[0]]
    assert [lead for lead, _ in store.search.find(["köln", "50667", "keller"], 9)] == [leads[0]]
    lead, number = store.leads.open(person(), SOURCE, enquiry(), [])
    assert (lead, number) == (leads[-1] + 1, len(PEOPLE) + 1)


def test_keys_tell_whom_a_row_means(store: Store) -> None:
    assert not store.imports.has_addresses()
    _, leads = run(store, *PEOPLE[:2])
    assert store.imports.has_addresses()
    assert store.imports.leads_with(["uta@keller.example", "+49", "01713920052"]) == {
        "uta@keller.example": leads[0],
        "01713920052": leads[1],
    }
    assert store.imports.leads_with([]) == {}
    assert store.imports.called([leads[0]])[leads[0]] == Called(
        leads[0], "Uta Keller", "Praxis", frozenset({("email", EMAIL[2]), ("phone", PHONE[2])})
    )


def test_only_what_counts_is_in_the_figures(store: Store) -> None:
    run(store, *(each._replace(is_counted=each.name == "Uta Keller") for each in PEOPLE))
    assert [(timed.lead, timed.received_at) for timed in store.figures.received(at(-120), at(60))] == [
        (1, at(-60))
    ]


def test_an_import_is_told_once_however_many_it_brings(store: Store) -> None:
    heard: list[object] = []
    store.on_commit(heard.extend)
    batch, _ = run(store, *PEOPLE)
    assert heard == [ImportChanged(at=START, batch=batch)]
    assert [b.new for b in store.imports.all()] == [len(PEOPLE)]


# -- taking back


def counts(store: Store) -> dict[str, int]:
    t = store.database.tables
    names = ("lead", "address", "enquiry", "entry", "lead_text", "import_fill")
    with store.session():
        return {name: getattr(t, name).select().count() for name in names}


def test_an_import_that_is_taken_back_leaves_nothing(store: Store) -> None:
    store.leads.open(person(), SOURCE, enquiry(), [("email", "n@b.example", "n@b.example")])
    before = counts(store)
    batch, _ = run(store, *PEOPLE)
    undone = store.imports.undo(batch, at(5))
    assert (undone.removed, undone.kept, undone.emptied) == (len(PEOPLE), 0, 0)
    assert counts(store) == before
    assert store.search.find(["keller"], 9) == []
    assert store.imports.get(batch).undone_at == at(5)


def test_leads_that_were_worked_with_stay(store: Store) -> None:
    batch, leads = run(store, *PEOPLE)
    store.leads.record(answered(0, 10, lead=leads[0]))
    store.leads.record(wrote(0, 11, lead=leads[4], text="I ask anew"))
    box = store.accounts.add(account()).id
    store.database.tables.outgoing.insert(
        token="t", lead=leads[1], account=box, state="draft", sender="a@b.example", to=[], cc=[], subject="",
        body="half", attempts=0, why="", looks=0, created_at=START, updated_at=START,
    ).execute()  # fmt: skip
    undone = store.imports.undo(batch, at(20))
    assert (undone.removed, undone.kept) == (len(PEOPLE) - 3, 3)
    assert [store.leads.get(lead) is not None for lead in leads] == [True, True, False, False, True, False]


def test_gaps_that_were_filled_open_again(store: Store) -> None:
    lead, _ = store.leads.open(
        Person(name="n@b.example"), SOURCE, enquiry(), [("email", "n@b.example", "n@b.example")]
    )
    before = store.leads.get(lead)
    heard: list[object] = []
    store.on_commit(heard.extend)
    with store.transaction():
        batch = store.imports.begin("people.csv", START, "Ann")
        gaps = Gaps(lead, (PHONE,), "Ngozi Eze", "Eze Ltd")
        store.imports.fill(batch, gaps, store.imports.called([lead])[lead])
        store.imports.finish(batch, 0, 1)
    found = store.leads.get(lead)
    assert found is not None
    assert (found.person.name, found.person.company, found.person.phones) == (
        "Ngozi Eze",
        "Eze Ltd",
        (PHONE[1],),
    )
    assert [each for each, _ in store.search.find(["eze", "ltd"], 9)] == [lead]
    assert LeadChanged(at=START, lead=lead) in heard
    undone = store.imports.undo(batch, at(5))
    assert (undone.removed, undone.emptied) == (0, 1)
    assert store.leads.get(lead) == before
    assert store.search.find(["ltd"], 9) == []


def test_an_import_is_taken_back_once(store: Store) -> None:
    batch, _ = run(store, new())
    store.imports.undo(batch, at(5))
    with pytest.raises(Refused, match="taken back before"):
        store.imports.undo(batch, at(6))
    with pytest.raises(Refused, match="no import 99"):
        store.imports.undo(99, at(6))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_undo, "_LEADS", 2)
    monkeypatch.setattr(import_undo, "_FILLS", 2)


@pytest.mark.usefixtures("small_pieces")
def test_others_can_write_between_the_pieces_of_an_undo(store: Store) -> None:
    """What is worked with while it goes on is kept."""
    batch, leads = run(store, *PEOPLE)
    parts: list[tuple[int, float]] = []

    def work_meanwhile() -> bool:
        if len(parts) == 2:
            store.leads.record(answered(0, 10, lead=leads[-1]))
        return True

    undone = store.imports.undo(
        batch, at(5), lambda gone, part: parts.append((gone, part)), work_meanwhile
    )  # fmt: skip
    assert (undone.removed, undone.kept) == (len(PEOPLE) - 1, 1)
    assert store.leads.get(leads[-1]) is not None
    assert [part for _, part in parts] == sorted(part for _, part in parts)
    assert parts[-1] == (len(PEOPLE) - 1, 1.0)


@pytest.mark.usefixtures("small_pieces")
def test_an_undo_that_was_cut_short_goes_on(store: Store) -> None:
    store.leads.open(person(), SOURCE, enquiry(), [("email", "n@b.example", "n@b.example")])
    before = counts(store)
    batch, _ = run(store, *PEOPLE)

    def cut() -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.imports.undo(batch, at(5), rest=cut)
    assert before["lead"] < counts(store)["lead"] < before["lead"] + len(PEOPLE)
    with pytest.raises(Refused, match="taken back before"):
        store.imports.undo(batch, at(6))
    assert store.imports.go_on_undoing(lambda: False) == 1
    assert store.imports.go_on_undoing() == 1
    assert counts(store) == before
    assert store.imports.go_on_undoing() == 0


@pytest.mark.usefixtures("small_pieces")
def test_an_undo_that_services_went_on_with_meanwhile_tells_all_that_is_gone(store: Store) -> None:
    batch, _ = run(store, *PEOPLE)
    undone = store.imports.undo(batch, at(5), rest=lambda: store.imports.go_on_undoing() >= 0)
    assert (undone.removed, undone.kept) == (len(PEOPLE), 0)


@pytest.mark.usefixtures("small_pieces")
def test_gaps_are_opened_again_in_pieces_and_from_a_cut_on(store: Store) -> None:
    numbers = [("phone", f"+4479460000{n:02}", f"+4479460000{n:02}") for n in range(5)]
    lead, _ = store.leads.open(person(), SOURCE, enquiry(), [("email", "n@b.example", "n@b.example")])
    before = store.leads.get(lead)
    with store.transaction():
        batch = store.imports.begin("people.csv", START, "Ann")
        gaps = Gaps(lead, tuple(numbers), "Ngozi Eze", "Eze Ltd")
        store.imports.fill(batch, gaps, store.imports.called([lead])[lead])
        store.imports.finish(batch, 0, 1)
    rests = iter((True, False))
    store.imports.undo(batch, at(5), rest=lambda: next(rests))
    assert 0 < counts(store)["import_fill"] < len(numbers)
    assert store.imports.go_on_undoing() == 1
    assert store.leads.get(lead) == before
    assert counts(store)["import_fill"] == 0


def test_a_failing_import_leaves_nothing(store: Store) -> None:
    before = counts(store)

    def fail() -> None:
        with store.transaction():
            batch = store.imports.begin("people.csv", START, "Ann")
            taken_in(store, batch, PEOPLE, START)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert counts(store) == before
    assert store.imports.all() == ()


# -- migration 0002


def test_every_row_of_before_survives_the_tables_of_imports(sqlite_home: Home) -> None:
    sqlite_home.profile.mkdir()
    lines = (FOLDER / "0.1.0.sql").read_text(encoding="utf-8").splitlines()
    with closing(apsw.Connection(str(sqlite_home.profile / DATABASE_NAME))) as old:
        for statement in lines[1:]:
            old.execute(statement)
        assert old.pragma("user_version") == 1
        before = {table: old.execute(f"SELECT count(*) FROM {table}").fetchone() for table in _CHILDREN}
    store = sqlite_home.open()
    with store.session():
        ask = store.database.peewee.execute_sql
        assert {table: ask(f"SELECT count(*) FROM {table}").fetchone() for table in _CHILDREN} == before
        assert ask("SELECT DISTINCT counted FROM enquiry").fetchall() == [(1,)]
        assert ask("SELECT DISTINCT import_batch FROM lead").fetchall() == [(None,)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
    run(store, *PEOPLE)


_CHILDREN = ("lead", "address", "enquiry", "entry", "mail", "mail_bytes", "outgoing", "alert")
