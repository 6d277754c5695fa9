"""One store for each kind of database: every store test runs on SQLite and on PostgreSQL, unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leaddesk.doors.store import Store, open_store
from tests.frozen_clock import FrozenClock
from tests.real.postgres import Postgres, postgres

__all__ = ["postgres"]


@dataclass(frozen=True)
class Home:
    """Where a test's database lies, and the clock of all that open it."""

    profile: Path
    url: str | None
    clock: FrozenClock

    @property
    def is_sqlite(self) -> bool:
        return self.url is None

    def open(self) -> Store:
        """Another desk's view of the same database."""
        return open_store(self.profile, "window", self.clock.now, self.url)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.real)])
def home(request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock) -> Home:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return Home(tmp_path / "profile", None, clock)
    made: Home = request.getfixturevalue("server_home")
    return made


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """An open store, whose session this thread holds: a test need not connect for each question."""
    opened = home.open()
    with opened.session():
        yield opened


@pytest.fixture
def server_home(postgres: Postgres, tmp_path: Path, clock: FrozenClock) -> Home:
    """An empty database on a server; a test that asks for it is `real`."""
    return Home(tmp_path, postgres.empty_database(), clock)


@pytest.fixture
def sqlite_home(tmp_path: Path, clock: FrozenClock) -> Home:
    """An empty SQLite database, for what only SQLite has."""
    return Home(tmp_path / "profile", None, clock)
