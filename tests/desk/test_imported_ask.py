"""Somebody whom a file told of asks: that enquiry waits from when it came, not from what the file told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.words.lead import Channel, Reached, Standing
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter

ROWS = {
    "a contact": ("Name;Email;Phone", "Ngozi Eze;ngozi@example.org;+4930123456", Standing.NOT_A_LEAD),
    "a customer": ("Name;Email;Status", "Ngozi Eze;ngozi@example.org;Won", Standing.NEVER),
    "an old enquiry": (
        "Name;Email;Date;Message",
        "Ngozi Eze;ngozi@example.org;2024-03-05 10:00;A new roof, please",
        Standing.NEVER,
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_who_was_imported_and_asks_later_waits_from_then(
    house: House, clock: FrozenClock, tmp_path: Path, row: tuple[str, str, Standing]
) -> None:
    titles, told, past = row
    file = tmp_path / "people.csv"
    file.write_text(f"{titles}\n{told}\n")
    assert house.desk.imports.run(file).new == 1
    clock.advance(timedelta(days=20))
    mail = house.land(letter(), clock.now())
    (waits,) = house.queue()
    assert (waits.lead, waits.since) == (mail.lead, mail.received_at)
    assert [each.standing for each in house.lead().state.enquiries] == [past, Standing.WAITING]
    clock.advance(minutes=5)
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    assert [each.standing for each in house.lead().state.enquiries] == [past, Standing.ANSWERED]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("goes_on", [1, 2])
def test_a_past_that_is_joined_with_an_enquiry_leaves_it_as_fresh_as_it_is(
    house: House, clock: FrozenClock, tmp_path: Path, row: tuple[str, str, Standing], goes_on: int
) -> None:
    titles, told, _ = row
    file = tmp_path / "people.csv"
    file.write_text(f"{titles}\n{told.replace('ngozi@', 'eze@')}\n")
    house.desk.imports.run(file)
    clock.advance(timedelta(days=20))
    mail = house.land(letter(), clock.now())
    assert mail.lead == 2
    house.desk.same.merge(3 - goes_on, goes_on)
    (waits,) = house.queue()
    assert (waits.lead, waits.since) == (goes_on, mail.received_at)
    house.desk.same.unmerge(3 - goes_on)
    assert [(each.lead, each.since) for each in house.queue()] == [(2, mail.received_at)]
