"""Settings: texts by key, of this desk or of the team."""

from __future__ import annotations

from leaddesk.doors.store import Store, open_store
from leaddesk.words.news import News, SettingsChanged
from leaddesk.words.settings import Scope
from tests.made import START
from tests.store.conftest import Home


def test_a_setting_is_written_changed_and_put_back_to_its_default(store: Store) -> None:
    heard: list[News] = []
    store.on_commit(heard.extend)
    assert store.settings.get("person.name") is None

    for value in ("Ann", "Ann Größe", "Ann Größe", "", None, None):
        store.settings.put("person.name", value)
        assert store.settings.get("person.name") == value

    assert heard == [SettingsChanged(at=START, key="person.name")] * 4


def test_the_teams_settings_are_shared_and_a_desks_own_are_not(home: Home, store: Store) -> None:
    other = open_store(home.profile, "reception", home.clock.now, home.url)
    store.settings.put("target.minutes", "15", Scope.TEAM)
    store.settings.put("person.name", "Ann")
    other.settings.put("person.name", "Bea")

    assert other.settings.get("target.minutes", Scope.TEAM) == "15"
    assert (store.settings.get("person.name"), other.settings.get("person.name")) == ("Ann", "Bea")
    assert store.settings.get("target.minutes") is None


def test_a_kept_fact_is_told_to_nobody(store: Store) -> None:
    heard: list[News] = []
    store.on_commit(heard.extend)
    for value in ("1", "2", "2"):
        store.settings.keep("alive", value)

    assert store.settings.get("alive") == "2"
    assert heard == []
    assert store.journal.position() == 0
