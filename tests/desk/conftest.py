"""A house for every test, where time stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from tests.frozen_clock import FrozenClock
from tests.house import House


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def house(tmp_path: Path, reader: Reader, clock: FrozenClock) -> Iterator[House]:
    made = House.open(tmp_path / "profile", reader, clock)
    yield made
    made.close()
