"""The left side: who waits, in order, why, and the figures under it."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from leaddesk.words.lead import Channel, Outcome, Reached, Turn, What
from leaddesk.words.settings import TARGET_MINUTES
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account


def asked(house: House, name: str, minutes_ago: float) -> None:
    received = house.desk.clock.now() - timedelta(minutes=minutes_ago)
    house.land(letter(sender=f"{name} <{name.lower()}@example.org>"), received)


def names(house: House) -> list[str]:
    return [row.name for row in house.queue()]


def test_an_empty_house_has_an_empty_queue(house: House) -> None:
    view = house.desk.queue.today()
    assert (view.rows, view.total, view.new, view.due, view.leads) == ((), 0, 0, 0, 0)
    assert view.today.median is None
    assert house.desk.queue.next_after(1) is None


def test_the_newest_comes_first_and_each_row_says_what_it_needs(house: House) -> None:
    asked(house, "Old", 90)
    asked(house, "New", 2)
    first, second = house.queue()
    assert (first.name, first.what, first.turn, first.place) == ("New", What.NEW, Turn.OURS, 1)
    assert first.wants.startswith("Can you quote for a loft")
    assert first.due_at == first.since + timedelta(minutes=30)
    assert second.why == "Not answered; your target was 8:00"


def test_the_target_is_the_desks_own(house: House) -> None:
    house.desk.config.set(TARGET_MINUTES, "120")
    asked(house, "New", 30)
    (row,) = house.queue()
    assert row.why == "New; your target is 10:30"


def test_what_is_answered_leaves_and_their_reply_comes_back(house: House, clock: FrozenClock) -> None:
    asked(house, "Ngozi", 10)
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.VOICEMAIL)
    assert names(house) == []
    clock.advance(minutes=5)
    house.land(letter("Thanks, call me", sender="Ngozi <ngozi@example.org>"), clock.now())
    (row,) = house.queue()
    assert (row.what, row.since, row.wants) == (What.REPLY, clock.now(), "Thanks, call me")


def test_an_answer_hides_its_lead_only_while_it_goes_at_once(house: House, clock: FrozenClock) -> None:
    house.desk.store.accounts.add(account())
    asked(house, "Ngozi", 10)
    mail = house.desk.reply.send_text(1, "Yes, we do.")
    assert (names(house), house.desk.queue.today().going) == ([], 1)
    clock.advance(minutes=6)
    (row,) = house.queue()
    assert row.why == "Your answer waits: it could not be sent yet"
    house.desk.store.outbox.claim(clock.now(), "me", [mail.account])
    why = "The server cannot be reached."
    house.desk.store.outbox.release(mail.id, why=why, next_try=clock.now())
    assert house.queue()[0].why == f"Your answer waits: {why}"
    assert house.desk.queue.today().going == 0
    assert house.desk.alerts.waiting()[0] == 1


def test_an_answer_for_tomorrow_leaves_its_lead_in_the_queue(house: House, clock: FrozenClock) -> None:
    house.desk.store.accounts.add(account())
    asked(house, "Ngozi", 10)
    house.desk.reply.send_text(1, "Yes, we do.", at=clock.now() + timedelta(days=1))
    assert [row.why for row in house.queue()] == ["Your answer waits: it goes out tomorrow 9:00"]


def test_what_they_write_while_our_answer_is_on_its_way_brings_them_back(
    house: House, clock: FrozenClock
) -> None:
    house.desk.store.accounts.add(account())
    asked(house, "Ngozi", 10)
    house.desk.reply.send_text(1, "Yes, we do.")
    clock.advance(seconds=30)
    asked(house, "Ngozi", 0)
    assert names(house) == ["Ngozi"]


def test_a_call_that_reached_nobody_is_a_call_to_make(house: House) -> None:
    asked(house, "Ngozi", 10)
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.NO_ANSWER)
    (row,) = house.queue()
    assert (row.what, row.why) == (What.CALL, "You did not reach them: try again")


def test_counts_are_of_all_and_rows_of_those_that_fit(house: House) -> None:
    for number in range(7):
        asked(house, f"N{number}", number)
    view = house.desk.queue.today(limit=3)
    assert (len(view.rows), view.total, view.new, view.due, view.leads) == (3, 7, 7, 0, 7)


def test_the_longest_wait_is_in_reach_even_of_a_short_queue(house: House) -> None:
    for number in range(12):
        asked(house, f"N{number}", number + 1)
    asked(house, "Forgotten", 60 * 24 * 9)
    assert names(house)[9] == "Forgotten"
    assert house.queue()[9].why == "Has waited longest"


def test_next_is_whoever_comes_after_the_one_that_is_done(house: House) -> None:
    asked(house, "First", 1)
    asked(house, "Second", 2)
    assert house.desk.queue.next_after(1) == 2
    assert house.desk.queue.next_after(2) == 1


def test_the_queue_is_shown_as_it_was(house: House, clock: FrozenClock) -> None:
    asked(house, "Ngozi", 10)
    then = clock.now()
    clock.advance(minutes=30)
    house.desk.decide.close(1, Outcome.WON)
    asked(house, "Bob", 1)
    before = house.desk.queue.today(as_of=then)
    assert [row.name for row in before.rows] == ["Ngozi"]
    assert (before.total, before.new) == (1, 1)
    assert names(house) == ["Bob"]


def test_the_strip_counts_local_days(house: House, clock: FrozenClock) -> None:
    """Half past midnight in Berlin is still yesterday in UTC."""
    clock.move(ZoneInfo("Europe/Berlin"))
    asked(house, "Late", 9 * 60 + 30)  # 23:30 UTC the day before, 0:30 in Berlin
    asked(house, "Yesterday", 10 * 60 + 1)
    asked(house, "Week", 6 * 24 * 60)
    asked(house, "Older", 8 * 24 * 60)
    view = house.desk.queue.today()
    assert (view.today.enquiries, view.week.enquiries) == (1, 3)


def test_the_strips_median_counts_the_waiting(house: House) -> None:
    for number, minutes in enumerate((10, 20, 30), 1):
        asked(house, f"N{number}", minutes)
    assert house.desk.queue.today().today.median is None
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    house.desk.calls.log(3, channel=Channel.CALL, outcome=Reached.REACHED)
    strip = house.desk.queue.today().today
    assert (strip.answered, strip.waiting, strip.median) == (2, 1, timedelta(minutes=30))


@pytest.mark.parametrize("days", [29, 31])
def test_not_leads_are_counted_for_a_month(house: House, clock: FrozenClock, days: int) -> None:
    house.land(letter(List_Id="<news.shop.example>", Precedence="bulk", sender="news@shop.example"))
    clock.advance(days=days)
    assert house.desk.queue.today().not_leads == (1 if days < 30 else 0)
    assert len(house.desk.queue.put_away()) == 1
