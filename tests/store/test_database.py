"""Sessions for threads, transactions that join and carry news, failures in words."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import apsw
import peewee as pw
import pytest

from leaddesk.doors.store import Store
from leaddesk.words.errors import Corrupt, LeadDeskError
from leaddesk.words.news import LeadChanged, News, SettingsChanged
from leaddesk.words.settings import Scope
from tests.made import START, at, enquiry, person
from tests.store.conftest import Home


@pytest.fixture
def store(home: Home) -> Store:
    """A store without a session: that is what is tested here."""
    return home.open()


def told(store: Store) -> list[News]:
    """What the store tells from now on."""
    heard: list[News] = []
    store.on_commit(heard.extend)
    return heard


def test_a_query_without_a_session_raises(store: Store) -> None:
    with pytest.raises(pw.InterfaceError):
        list(store.database.tables.lead.select())


def test_sessions_nest_and_close_with_the_outermost(store: Store) -> None:
    with store.session():
        with store.session():
            pass
        assert store.leads.get(1) is None
    assert store.database.peewee.is_closed()


def test_each_thread_has_its_own_session(store: Store) -> None:
    opened = threading.Barrier(8)

    def count(number: int) -> int:
        with store.session():
            opened.wait(20)
            store.settings.put(f"key{number}", "on")
            found = sum(store.settings.get(f"key{n}") is not None for n in range(8))
        assert store.database.peewee.is_closed()
        return found

    with store.session(), ThreadPoolExecutor(8) as pool:
        assert max(pool.map(count, range(8))) == 8


def test_many_threads_write_without_losing_anything(store: Store) -> None:
    with store.session():
        lead, _ = store.leads.open(person(), enquiry().source, enquiry(), [])

    def note(number: int) -> None:
        for each in range(10):
            store.settings.put(f"key{number}-{each}", "on")
            store.leads.rename(lead, f"Ngozi {number}", "Lofts")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(note, range(6)))

    assert all(store.settings.get(f"key{n}-{each}") for n in range(6) for each in range(10))


def test_a_transaction_tells_its_news_once_after_it(store: Store) -> None:
    heard = told(store)

    with store.transaction() as news:
        store.settings.put("person.name", "Ann")
        news.append(LeadChanged(at=START, lead=5))
        assert heard == []

    assert heard == [
        SettingsChanged(at=START, key="person.name"),
        LeadChanged(at=START, lead=5),
    ]


def test_a_transaction_inside_another_joins_it(store: Store) -> None:
    heard = told(store)

    def fail() -> None:
        with store.transaction():
            with store.transaction():
                store.settings.put("person.name", "Ann")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.settings.get("person.name") is None
    assert heard == []


def test_a_failing_transaction_leaves_nothing_and_tells_nothing(store: Store) -> None:
    heard = told(store)

    def fail() -> None:
        with store.transaction():
            store.settings.put("person.name", "Ann")
            store.leads.open_enquiry(enquiry(lead=99))

    with pytest.raises(pw.IntegrityError):
        fail()
    assert store.settings.get("person.name") is None
    assert store.leads.get(99) is None
    assert heard == []
    assert store.journal.position() == 0


def test_after_a_failure_the_thread_can_go_on(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        raise ZeroDivisionError

    store.settings.put("person.name", "Ann")

    assert store.settings.get("person.name") == "Ann"
    assert store.database.peewee.is_closed()


def test_times_are_compared_as_times(store: Store) -> None:
    lead = store.database.tables.lead
    first, _ = store.leads.open(person(), enquiry().source, enquiry(minutes=0), [])
    second, _ = store.leads.open(person(), enquiry().source, enquiry(minutes=0.00001), [])

    with store.session():
        assert [row.id for row in lead.select().where(lead.since <= at(0))] == [first]
        assert [row.id for row in lead.select().where(lead.since > at(0))] == [second]
        assert [row.id for row in lead.select().where(lead.since.between(at(0), at(1)))] == [first, second]
        assert [row.since for row in lead.select().order_by(lead.since)] == [at(0), at(0.00001)]


def test_a_naive_time_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(TypeError):
        store.leads.open(person(), enquiry().source, enquiry(received_at=START.replace(tzinfo=None)), [])


def test_an_insert_gives_the_new_id(store: Store) -> None:
    made = [store.leads.open(person(), enquiry().source, enquiry(), []) for _ in range(3)]

    assert [lead for lead, _ in made] == [1, 2, 3]
    assert [number for _, number in made] == [1, 2, 3]


def test_a_failure_inside_an_open_session_is_said_in_words_too(store: Store) -> None:
    with store.session():
        with pytest.raises(LeadDeskError), store.transaction():
            raise pw.OperationalError("disk is full")
        assert store.settings.get("person.name", Scope.TEAM) is None


def test_a_text_that_nobody_wrote_is_damage(store: Store) -> None:
    lead, _ = store.leads.open(person(), enquiry().source, enquiry(), [])
    with store.transaction():
        store.database.peewee.execute_sql("UPDATE lead SET source_evidence = '{half'")

    with pytest.raises(Corrupt, match="damaged"):
        store.leads.get(lead)


def test_a_text_of_somebody_elses_is_no_damage_of_the_database(store: Store) -> None:
    with pytest.raises(UnicodeDecodeError), store.session():
        b"\xff".decode()


def test_every_session_of_sqlite_is_as_safe_as_the_first(sqlite_home: Home) -> None:
    store = sqlite_home.open()

    def pragmas() -> dict[str, object]:
        with store.session():
            names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
            return {name: store.database.peewee.pragma(name) for name in names}

    expected = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "busy_timeout": 10_000,
    }  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        assert pragmas() == pool.submit(pragmas).result() == expected


def test_sqlite_is_past_the_race_that_damages_logs() -> None:
    """Two connections that write and empty the log at once damaged it before SQLite 3.51.3."""
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= (3, 51, 3)
