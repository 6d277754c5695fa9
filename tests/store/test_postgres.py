"""What only a server can do: be away, refuse, or not be meant at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leaddesk.doors.store import open_store
from leaddesk.words.errors import LeadDeskError, OutOfReach, Usage
from leaddesk.words.lead import Source
from tests.made import START, enquiry, person
from tests.real.postgres import Postgres
from tests.store.conftest import Home


@pytest.mark.real
def test_a_server_that_stops_is_out_of_reach_until_it_is_back(postgres: Postgres, server_home: Home) -> None:
    store = server_home.open()
    lead, _ = store.leads.open(person(), Source(), enquiry(), [])

    def stop_within() -> None:
        with store.transaction():
            store.settings.put("person.name", "Ann")
            postgres.stop()
            store.settings.put("person.name", "Bea")

    try:
        with pytest.raises(OutOfReach, match="does not answer"):
            stop_within()
        with pytest.raises(OutOfReach):
            store.leads.get(lead)
    finally:
        postgres.start()

    assert store.leads.get(lead) is not None
    assert store.settings.get("person.name") is None


@pytest.mark.real
def test_nothing_of_sqlite_is_made_beside_a_server(server_home: Home) -> None:
    server_home.open()

    assert list(server_home.profile.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:secret@localhost/leads",
        "postgresql://ann@localhost/leads?password=secret",
        "mysql://ann@localhost/leads",
        "sqlite:///leads.db",
        "postgresql://localhost",
        "postgresql://ann@localhost:port/leads",
        "leads.db",
        "",
    ],
)
def test_a_url_that_cannot_be_used_is_said_in_words_without_its_secret(tmp_path: Path, url: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Usage) as error:
        open_store(tmp_path, "window", lambda: START, url)

    assert "secret" not in error.value.sentence + error.value.mend


def test_a_server_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(OutOfReach, match="does not answer"):
        open_store(tmp_path, "window", lambda: START, f"postgresql://ann@/leads?host={tmp_path}")


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(LeadDeskError) as error:
        open_store(tmp_path, "window", lambda: START, "postgresql://ann@localhost/leads")

    assert "leaddesk[postgres]" in error.value.mend
