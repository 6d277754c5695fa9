"""Standing troubles and connections: since when, what news is told, and who may end one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.desk.bus import Bus
from leaddesk.desk.connections import Connections
from leaddesk.desk.troubles import Troubles
from leaddesk.words.account import ConnectionState
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.news import ConnectionChanged, News, TroubleChanged
from tests.frozen_clock import FrozenClock

ONLINE, OFFLINE = ConnectionState.ONLINE, ConnectionState.OFFLINE


@pytest.fixture
def news() -> list[News]:
    return []


@pytest.fixture
def bus(news: list[News]) -> Bus:
    made = Bus()
    made.subscribe(news.append)
    return made


@pytest.fixture
def troubles(clock: FrozenClock, bus: Bus) -> Troubles:
    return Troubles(clock, bus)


@pytest.fixture
def connections(clock: FrozenClock, bus: Bus) -> Connections:
    return Connections(clock, bus)


# -- troubles


def test_a_trouble_keeps_its_beginning_and_tells_news_when_its_words_change(
    troubles: Troubles, clock: FrozenClock, news: list[News]
) -> None:
    troubles.begin("disk", "The disk is full.")
    began = clock.now()
    clock.advance(minutes=5)
    troubles.begin("disk", "The disk is full.")
    troubles.begin("disk", "The disk is read-only.")
    (trouble,) = troubles.all()
    assert (trouble.since, trouble.sentence) == (began, "The disk is read-only.")
    assert [type(item) for item in news] == [TroubleChanged, TroubleChanged]
    troubles.end("disk")
    troubles.end("disk")
    assert troubles.all() == ()
    assert len(news) == 3


def test_since_when_is_said_as_it_is_said_today(troubles: Troubles, clock: FrozenClock) -> None:
    since = clock.now() - timedelta(hours=2)
    troubles.begin("offline:1", "Mail has not been watched since {since}.", since=since)
    assert troubles.all()[0].sentence == "Mail has not been watched since 7:00."
    clock.advance(days=1)
    assert troubles.all()[0].sentence == "Mail has not been watched since yesterday 7:00."


def test_words_of_a_server_are_no_pattern(troubles: Troubles) -> None:
    troubles.begin("x", "It said {0} and {name!r}.")
    assert troubles.all()[0].sentence == "It said {0} and {name!r}."


def test_urgent_ones_come_first_then_the_oldest(troubles: Troubles, clock: FrozenClock) -> None:
    for key, urgent in (("quiet", False), ("old", True), ("new", True)):
        troubles.begin(key, key, urgent=urgent)
        clock.advance(minutes=1)
    assert [trouble.key for trouble in troubles.all()] == ["old", "new", "quiet"]


def test_a_full_disk_says_what_is_safe(troubles: Troubles) -> None:
    troubles.disk(DiskTrouble("The disk is full.", "Free some space."), "No mail has been taken in")
    (trouble,) = troubles.all()
    assert trouble.safe == (
        "No mail has been taken in since 9:00. New mail stays safe on the server. Free some space."
    )


def test_a_button_does_what_it_was_given(troubles: Troubles) -> None:
    pressed: list[str] = []
    troubles.begin("a", "A", action="Try now", act=lambda: pressed.append("a"))
    troubles.begin("b", "B")
    for key in ("a", "b", "nobody's"):
        troubles.act(key)
    assert pressed == ["a"]


def test_only_its_owner_ends_a_trouble_that_two_may_have(troubles: Troubles) -> None:
    inbox, sent = object(), object()
    troubles.begin("sign-in:1", "Refused.", owner=inbox)
    troubles.begin("sign-in:1", "Refused.", owner=sent)
    troubles.end("sign-in:1", owner=inbox)
    assert len(troubles.all()) == 1
    troubles.end("sign-in:1", owner=sent)
    assert troubles.all() == ()


# -- connections


def test_a_line_shows_from_its_first_word_until_it_is_gone(connections: Connections) -> None:
    line = connections.line(account=1)
    assert connections.all() == ()
    line.put("INBOX", ONLINE)
    assert [(c.account, c.folder, c.state) for c in connections.all()] == [(1, "INBOX", ONLINE)]
    line.gone()
    assert connections.all() == ()


def test_a_watcher_that_ends_does_not_hide_the_one_that_took_its_place(connections: Connections) -> None:
    old, new = connections.line(account=1), connections.line(account=1)
    old.put("INBOX", ONLINE)
    new.put("INBOX", ONLINE)
    old.gone()
    assert len(connections.all()) == 1


def test_news_is_told_when_the_state_changes_and_since_stays_with_it(
    connections: Connections, clock: FrozenClock, news: list[News]
) -> None:
    line = connections.line(account=1)
    line.put("INBOX", OFFLINE, "no answer")
    went = clock.now()
    clock.advance(seconds=30)
    line.put("INBOX", OFFLINE, "refused", clock.now() + timedelta(seconds=5))
    (connection,) = connections.all()
    assert (connection.since, connection.why, connection.proof_at) == (went, "refused", None)
    line.put("INBOX", ONLINE)
    told = [item.state for item in news if isinstance(item, ConnectionChanged)]
    assert told == [OFFLINE, ONLINE]


def test_a_proof_of_life_outlives_the_connection(connections: Connections, clock: FrozenClock) -> None:
    line = connections.line(account=1)
    line.put("INBOX", ONLINE)
    proof = clock.advance(minutes=2)
    line.proof(polling=True)
    clock.advance(minutes=1)
    line.put("INBOX", OFFLINE)
    (connection,) = connections.all()
    assert connection.proof_at == line.proof_at == proof
