"""Alerts: one for each lead until somebody has it, also after a restart."""

from __future__ import annotations

import pytest

from leaddesk.doors.store import Alert, Store
from leaddesk.words.lead import Source
from leaddesk.words.news import AlertTaken, News
from tests.made import at, enquiry, person
from tests.store.conftest import Home


@pytest.fixture
def lead(store: Store) -> int:
    number, _ = store.leads.open(person(), Source(), enquiry(), [])
    return number


def test_a_new_alert_is_due_at_once(store: Store, lead: int) -> None:
    alert = store.alerts.raise_anew(lead, 1, at(0))

    assert alert == Alert(id=1, lead=lead, count=1, raised_at=at(0), loudness=0, next_at=at(0), shown_by=None)
    assert store.alerts.due(at(0)) == [alert]
    assert store.alerts.due(at(-1)) == []
    assert store.alerts.open_for(lead) == alert
    assert store.alerts.open_for(None) is None


def test_a_shown_alert_comes_again_at_its_time(home: Home, store: Store, lead: int) -> None:
    alert = store.alerts.raise_anew(lead, 1, at(0))
    store.alerts.shown(alert.id, 1, at(2), "dunst")

    after_restart = home.open().alerts
    assert after_restart.due(at(1)) == []
    (due,) = after_restart.due(at(2))
    assert (due.loudness, due.shown_by, due.next_at) == (1, "dunst", at(2))
    assert after_restart.next_at() == at(2)


def test_an_alert_that_was_shown_as_often_as_it_may_is_open_but_not_due(store: Store, lead: int) -> None:
    alert = store.alerts.raise_anew(lead, 1, at(0))
    store.alerts.shown(alert.id, 5, None, None)

    assert store.alerts.due(at(9999)) == []
    assert store.alerts.next_at() is None
    assert store.alerts.open_for(lead) is not None


def test_a_taken_alert_comes_no_more_and_is_told(store: Store, lead: int) -> None:
    store.alerts.raise_anew(lead, 1, at(0))
    heard: list[News] = []
    store.on_commit(heard.extend)

    assert store.alerts.take(lead, at(1))
    assert not store.alerts.take(lead, at(2))

    assert heard == [AlertTaken(at=at(1), lead=lead)]
    assert store.alerts.open_for(lead) is None
    assert store.alerts.due(at(9999)) == []
    assert store.alerts.next_at() is None


def test_a_lead_has_one_open_alert(store: Store, lead: int) -> None:
    store.alerts.raise_anew(lead, 1, at(0))
    again = store.alerts.raise_anew(lead, 1, at(5))

    assert store.alerts.due(at(9)) == [again]


def test_one_alert_about_many_is_apart_from_those_of_leads(store: Store, lead: int) -> None:
    one = store.alerts.raise_anew(lead, 1, at(0))
    many = store.alerts.raise_anew(None, 500, at(1))

    assert store.alerts.open_for(None) == many
    assert store.alerts.due(at(1)) == [one, many]
    assert store.alerts.take(None, at(2))
    assert store.alerts.due(at(3)) == [one]
