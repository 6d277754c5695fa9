"""A week as it is looked back on: from Monday to Sunday, with who stands behind each figure."""

from __future__ import annotations

import socket
from datetime import date, timedelta
from typing import Any

import pytest

from leaddesk.words.lead import Channel, Outcome, Reached, Source, Standing, Verb
from leaddesk.words.outgoing import Draft
from leaddesk.words.review import Mistake, Slip
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.made import account, at, decided, enquiry, person

DAY = 24 * 60


def add(house: House, name: str, minutes: float, **more: Any) -> int:
    told = {"email": f"{name.partition(' ')[0].lower()}@mail.example", "source": "Recommended", **more}
    return house.desk.leads.add(name=name, at=at(minutes), **told).lead


def log(house: House, lead: int, minutes: float, channel: Channel = Channel.EMAIL) -> None:
    house.desk.calls.log(lead, channel=channel, outcome=Reached.SENT, at=at(minutes))


def test_a_week_runs_from_monday_to_sunday_and_stands_beside_the_one_before(
    house: House, clock: FrozenClock
) -> None:
    before = add(house, "Ann Before", -2 * DAY)
    clock.advance(days=3)
    lead = add(house, "Bea Now", 10)
    log(house, lead, 16)

    week = house.desk.weeks.show()

    assert (week.first, week.last) == (date(2026, 11, 2), date(2026, 11, 8))
    assert (week.review.enquiries, week.before.enquiries, week.is_new) == (1, 1, False)
    (asked,) = week.asked
    assert (asked.lead, asked.name, asked.after) == (lead, "Bea Now", timedelta(minutes=6))
    earlier = house.desk.weeks.show(date(2026, 11, 1))
    assert (earlier.first, [each.lead for each in earlier.asked]) == (date(2026, 10, 26), [before])
    assert earlier.asked[0].standing is Standing.WAITING


def test_each_slip_says_what_shows_it_and_how_to_reach_them(house: House, clock: FrozenClock) -> None:
    mails_only = add(house, "Bea Mails", -60, phone="+44 7700 900123")
    for minutes in (-50, -20):
        log(house, mails_only, minutes)
    house.desk.store.leads.record(decided(0, 0, Verb.CLOSED, lead=mails_only, outcome=Outcome.LOST))
    nowhere, _ = house.desk.store.leads.open(person("Cleo Nowhere"), Source(), enquiry(minutes=-30), [])

    slips = house.desk.weeks.show().slips

    (slip,) = slips[Mistake.ONE_CHANNEL]
    assert slip == Slip(lead=mails_only, name="Bea Mails", why="2 mails, number known", way=Channel.CALL)
    assert [each.lead for each in slips[Mistake.NO_SOURCE]] == [nowhere]
    assert slips[Mistake.ONE_TRY] == slips[Mistake.NO_STOP] == ()


def test_a_draft_that_lay_while_they_waited_is_found(house: House, clock: FrozenClock) -> None:
    house.desk.store.accounts.add(account())
    lead = add(house, "Ann Waiting", -25)
    draft = house.desk.reply.draft(lead)
    assert isinstance(draft, Draft)
    house.desk.reply.save(draft)
    assert house.desk.weeks.show().slips[Mistake.SLOW_FOR_POLISH] == ()

    clock.advance(minutes=42)

    (slip,) = house.desk.weeks.show().slips[Mistake.SLOW_FOR_POLISH]
    assert (slip.lead, slip.why, slip.way) == (lead, "a draft lay 42 min", Channel.EMAIL)
    review = house.desk.figures.review(None, None, as_of=at(5))
    assert review.mistakes is not None
    assert review.mistakes[Mistake.SLOW_FOR_POLISH] == ()


def test_joined_leads_are_followed_as_one(house: House, clock: FrozenClock) -> None:
    mailed = add(house, "Ann Lee", -60)
    rang = add(house, "A. Lee", -40, email="", phone="+44 7700 900123")
    log(house, mailed, -50)
    log(house, rang, -30)
    house.desk.same.merge(rang, mailed)
    house.desk.store.leads.record(decided(0, 0, Verb.CLOSED, lead=mailed, outcome=Outcome.NO_RESPONSE))

    found = house.desk.weeks.show()

    assert {each.lead for each in found.asked} == {mailed}
    (slip,) = found.slips[Mistake.ONE_TRY]
    assert (slip.lead, slip.way) == (mailed, Channel.CALL)


def test_as_things_stand_and_as_of_now_are_the_same(house: House, clock: FrozenClock) -> None:
    """Two ways to read the same record: the thin one for today, the whole one for the past."""
    for number in range(8):
        lead = add(
            house, f"Ann{number} Lee", -60 + number, phone=f"+44 7700 90012{number}" if number % 2 else ""
        )
        for touch in range(number // 2):
            log(house, lead, -20 + touch, Channel.TEXT if number == 6 else Channel.EMAIL)
        if number % 3 == 0:
            house.desk.decide.close(lead, Outcome.NO_RESPONSE)
        elif number % 2:
            house.desk.store.leads.record(decided(0, 0, Verb.CADENCE_STOPPED, lead=lead))
    clock.advance(days=4)

    live = house.desk.figures.review(None, None)

    assert live == house.desk.figures.review(None, None, as_of=clock.now())
    assert live.mistakes is not None
    assert all(live.mistakes[each] for each in (Mistake.ONE_TRY, Mistake.ONE_CHANNEL, Mistake.NO_STOP))


def test_a_week_is_read_without_any_network(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    add(house, "Ann Lee", -60)

    def refuse(*args: object, **more: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    assert house.desk.weeks.show().review.enquiries == 1
