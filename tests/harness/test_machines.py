"""Machines answering machines: at most one acknowledgement a sender in seven days.

`LEADDESK_MACHINES=1000 python -m pytest tests/harness/test_machines.py` is the long run; a seed that fails is
replayed by its number: it names the domain of the machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desk.holding_house import ready
from tests.frozen_clock import FrozenClock
from tests.harness.machines import MACHINES, World
from tests.harness.watching_desk import ReaderInside
from tests.house import House
from tests.letters import form_notice

RUNS = int(os.environ.get("LEADDESK_MACHINES", "100"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = FrozenClock(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    house = House.open(tmp_path / "profile", ReaderInside(), clock)
    account = ready(house)
    house.desk.forms.register_mail(
        form_notice("Ro Bot", "r@first.example", "A loft?", Return_Path="<www@host.example>")
    )
    yield World(house, clock, account, most=6 if RUNS <= 100 else 40)
    house.close()


def test_there_are_twenty_five_of_them() -> None:
    assert len({machine.name for machine in MACHINES}) == 25


def test_no_sender_is_acknowledged_twice_in_seven_days(world: World) -> None:
    for seed in range(RUNS):
        world.meet(MACHINES[seed % len(MACHINES)], seed)
    assert world.too_often() == {}
    assert sum(map(len, world.went.values())) >= RUNS // 2, "it was no test: hardly anything went out"


def test_a_desk_that_forgets_whom_it_wrote_to_is_caught(world: World) -> None:
    def forget(house: House) -> None:
        with house.desk.store.transaction():
            house.desk.store.database.tables.acknowledged.delete().execute()

    world.forget = forget
    for seed, machine in enumerate(each for each in MACHINES if each.is_form):
        world.meet(machine, seed)
    assert world.too_often()
