"""What one desk writes, another hears: once, in order, and never its own."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from leaddesk.doors.store import Store
from leaddesk.words import news as words
from leaddesk.words.account import ConnectionState
from leaddesk.words.lead import Source
from leaddesk.words.mail import MailKind
from leaddesk.words.news import ConnectionChanged, LeadChanged, News, SettingsChanged, TroubleChanged
from leaddesk.words.outgoing import OutgoingState
from tests.made import START, at, enquiry, person
from tests.store.conftest import Home

_KINDS = [k for k in vars(words).values() if isinstance(k, type) and issubclass(k, News) and k is not News]


def made(kind: type[News]) -> News:
    """One of its kind with something in every field."""
    values: dict[str, Any] = {
        "at": at(1.5), "account": 3, "lead": 4, "mail": 5, "kind": MailKind.REPLY, "key": "a.b", "count": 2,
        "state": OutgoingState.SENT, "received_at": at(2), "seen_at": at(3), "shown_by": "dunst",
        "quiet": True, "folder": "INBOX", "why": "Größe", "feed": None,
    }  # fmt: skip
    if kind is ConnectionChanged:
        values["state"] = ConnectionState.ONLINE
    given = {f.name: values.get(f.name, 7) for f in dataclasses.fields(kind)}
    return kind(**given)


def say(store: Store, *news: News) -> None:
    with store.transaction() as told:
        told.extend(news)


@pytest.mark.parametrize("kind", [k for k in _KINDS if k not in (ConnectionChanged, TroubleChanged)])
def test_news_comes_through_as_it_was(home: Home, store: Store, kind: type[News]) -> None:
    other = home.open()
    say(store, made(kind))

    position, heard = other.journal.since(0)

    assert heard == [made(kind)]
    assert position == 1


def test_what_concerns_one_process_only_is_not_written(home: Home, store: Store) -> None:
    say(store, made(ConnectionChanged), made(TroubleChanged))

    assert home.open().journal.since(0) == (0, [])


def test_own_news_is_not_heard_again_but_passed_by(home: Home, store: Store) -> None:
    other = home.open()
    say(store, LeadChanged(at=START, lead=1))
    say(other, LeadChanged(at=START, lead=2))

    assert store.journal.since(0) == (2, [LeadChanged(at=START, lead=2)])
    assert other.journal.since(0) == (2, [LeadChanged(at=START, lead=1)])
    assert store.journal.since(2) == (2, [])
    assert store.journal.position() == 2


def test_the_same_news_in_one_transaction_is_written_once(home: Home, store: Store) -> None:
    say(store, *[LeadChanged(at=START, lead=1)] * 3, SettingsChanged(at=START, key="a"))

    assert home.open().journal.since(0)[1] == [
        LeadChanged(at=START, lead=1),
        SettingsChanged(at=START, key="a"),
    ]


def test_news_of_a_later_version_is_passed_by(home: Home, store: Store) -> None:
    rows = store.database.tables.journal
    with store.transaction():
        rows.insert(at=START, desk="newer", news="MoonPhaseChanged", body={"phase": 1}).execute()
        rows.insert(at=START, desk="newer", news="LeadChanged", body={"who": 1}).execute()
    say(home.open(), SettingsChanged(at=START, key="a"))
    with store.transaction():
        last = rows.get(rows.id == 3)
        rows.update(body={**last.body, "colour": 2}).where(rows.id == 3).execute()

    assert store.journal.since(0) == (3, [SettingsChanged(at=START, key="a")])


def test_the_counter_on_an_open_connection_sees_what_others_commit(home: Home, store: Store) -> None:
    other = home.open()
    with store.session():
        count = store.journal.change_counter()
        before = count()
        assert count() == before
        other.leads.open(person(), Source(), enquiry(), [])
        after = count()
        assert after != before
        assert count() == after
        store.leads.get(1)
        assert count() == after


def test_the_counter_sees_another_thread_of_the_same_store(store: Store) -> None:
    with store.session(), ThreadPoolExecutor(1) as pool:
        count = store.journal.change_counter()
        before = count()
        pool.submit(store.settings.put, "person.name", "Ann").result()
        assert count() != before


def test_old_news_is_forgotten_but_numbers_never_start_anew(home: Home, store: Store) -> None:
    other = home.open()
    for lead in range(5):
        say(store, LeadChanged(at=START + timedelta(hours=lead), lead=lead))
    position, _ = other.journal.since(0)

    store.journal.prune(START + timedelta(days=7, hours=2))
    assert [n.lead for n in other.journal.since(0)[1] if isinstance(n, LeadChanged)] == [2, 3, 4]
    store.journal.prune(START + timedelta(days=700))
    say(store, LeadChanged(at=START, lead=9))

    assert other.journal.since(position) == (position + 1, [LeadChanged(at=START, lead=9)])


def test_two_desks_that_write_at_once_miss_nothing_of_each_other(home: Home, store: Store) -> None:
    desks = [home.open(), home.open()]
    ears = home.open()

    def speak(number: int) -> None:
        for each in range(30):
            say(desks[number], LeadChanged(at=START, lead=number * 100 + each))

    def listen() -> list[News]:
        position, heard = 0, list[News]()
        while len(heard) < 60:
            position, more = ears.journal.since(position)
            heard += more
        return heard

    with ThreadPoolExecutor(3) as pool:
        listening = pool.submit(listen)
        list(pool.map(speak, range(2)))
        heard = listening.result(60)

    leads = [n.lead for n in heard if isinstance(n, LeadChanged)]
    assert sorted(leads) == [*range(30), *range(100, 130)]
    assert [n for n in leads if n < 100] == list(range(30))
    assert isinstance(heard[0].at, datetime)
