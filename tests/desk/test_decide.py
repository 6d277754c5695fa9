"""What a person decides, and what the queue and the alert make of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Channel, Outcome, Reached, Standing, Turn
from leaddesk.words.mail import Place
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.states import UNTIL_THEY_REPLY
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import form_notice, letter
from tests.made import account


@pytest.fixture
def waiting(house: House) -> House:
    """A house with one new enquiry that alerts."""
    house.land(letter())
    assert house.desk.store.alerts.open_for(1) is not None
    return house


def alerts(house: House, lead: int = 1) -> bool:
    return house.desk.store.alerts.open_for(lead) is not None


@pytest.mark.parametrize("outcome", [Outcome.WON, Outcome.LOST, Outcome.NO_RESPONSE])
def test_a_closed_lead_leaves_the_queue_and_stops_its_alert(waiting: House, outcome: Outcome) -> None:
    waiting.desk.decide.close(1, outcome, "too far away")
    view = waiting.view()
    assert (view.outcome, view.reason) == (outcome, "too far away")
    assert view.enquiries[0].standing is Standing.NEVER
    assert waiting.queue() == ()
    assert not alerts(waiting)


@pytest.mark.parametrize(
    ("outcome", "goes"), [(Outcome.LOST, False), (Outcome.NO_RESPONSE, False), (Outcome.WON, True)]
)
def test_what_was_to_go_tomorrow_does_not_go_to_a_lead_that_was_let_go(
    waiting: House, outcome: Outcome, goes: bool
) -> None:
    desk = waiting.desk
    desk.store.accounts.add(account())
    later = desk.reply.send_text(1, "One more thing.", at=desk.clock.now() + timedelta(days=1))
    now = desk.reply.send_text(1, "All the best.")
    desk.decide.close(1, outcome, "too dear")
    found = desk.store.outbox.get(later.id)
    assert (found.state is OutgoingState.QUEUED) is goes
    assert found.why == ("" if goes else "You closed the lead.")
    assert desk.store.outbox.get(now.id).state is OutgoingState.QUEUED
    assert [each.body for each in desk.reply.outbox(OutgoingState.DRAFT)] == (
        [] if goes else ["One more thing."]
    )
    assert not alerts(waiting)


def test_closing_needs_an_outcome(waiting: House) -> None:
    with pytest.raises(Usage, match="how it ended"):
        waiting.desk.decide.close(1, Outcome.OPEN)


def test_reopening_brings_it_back(waiting: House) -> None:
    with pytest.raises(Refused, match="is open"):
        waiting.desk.decide.reopen(1)
    waiting.desk.decide.close(1, Outcome.LOST)
    waiting.desk.decide.reopen(1)
    assert [row.lead for row in waiting.queue()] == [1]
    assert waiting.view().enquiries[0].standing is Standing.WAITING


def test_a_snooze_hides_the_lead_and_its_clock_runs_on(waiting: House, clock: FrozenClock) -> None:
    since = waiting.queue()[0].since
    until = waiting.desk.decide.snooze(1, "1 hour", "on site")
    assert until == clock.now() + timedelta(hours=1)
    assert waiting.queue() == ()
    assert not alerts(waiting)
    clock.advance(hours=1)
    (row,) = waiting.queue()
    assert row.since == since
    assert row.why == "You put this off until 10:00"


def test_waking_ends_a_snooze(waiting: House) -> None:
    waiting.desk.decide.snooze(1, "tomorrow 9")
    waiting.desk.decide.wake(1)
    assert [row.lead for row in waiting.queue()] == [1]


def test_their_next_word_ends_a_snooze(waiting: House) -> None:
    waiting.desk.decide.snooze(1, "tomorrow 9")
    waiting.land(letter("Are you there?"))
    assert [row.lead for row in waiting.queue()] == [1]
    assert alerts(waiting)


@pytest.mark.parametrize(
    "words", ["yesterday", "soon", "2020-01-01", "in 200 weeks", "9999-12-31", "9999-12-31T23:59:59-12:00"]
)
def test_a_snooze_needs_a_time_to_come(waiting: House, words: str) -> None:
    with pytest.raises(Usage):
        waiting.desk.decide.snooze(1, words)
    assert len(waiting.queue()) == 1


def test_the_choices_for_a_snooze_are_to_come(house: House, clock: FrozenClock) -> None:
    assert all(at > clock.now() for _, at in house.desk.decide.snooze_choices())


def test_got_stops_the_alert_and_not_the_clock(waiting: House) -> None:
    waiting.desk.decide.got(1)
    assert not alerts(waiting)
    (row,) = waiting.queue()
    assert "has it" in row.why
    assert waiting.view().has_it


def test_a_note_is_kept_and_must_say_something(waiting: House) -> None:
    waiting.desk.decide.note(1, "  likes oak  ")
    assert waiting.view().timeline[-1].text == "likes oak"
    with pytest.raises(Usage, match="empty"):
        waiting.desk.decide.note(1, "  ")


def test_x_puts_the_newest_enquiry_among_those_that_are_no_leads(waiting: House) -> None:
    waiting.desk.decide.judge_out(1)
    assert waiting.view().outcome is Outcome.NOT_A_LEAD
    assert waiting.queue() == ()
    assert not alerts(waiting)
    (row,) = waiting.desk.queue.put_away()
    assert (row.name, row.why) == ("Ngozi Eze", "You sorted it away.")
    assert waiting.desk.queue.today().not_leads == 1


def test_x_leaves_an_earlier_enquiry_where_it_is(house: House) -> None:
    house.land(form_notice("Ngozi", "ngozi@example.org", "a loft"))
    house.land(form_notice("Ngozi", "ngozi@example.org", "a loft again"))
    house.desk.decide.judge_out(1)
    standings = [each.standing for each in house.view().enquiries]
    assert standings == [Standing.WAITING, Standing.NOT_A_LEAD]
    assert house.in_place(Place.NOT_A_LEAD) == 1
    assert len(house.queue()) == 1


def test_x_where_nothing_is_left_to_sort_says_so_and_writes_nothing(waiting: House) -> None:
    waiting.desk.decide.judge_out(1)
    record = waiting.lead().record
    with pytest.raises(Refused, match="sorted away already"):
        waiting.desk.decide.judge_out(1)
    assert waiting.lead().record == record


def test_no_lead_at_all_and_back_by_reopening(waiting: House) -> None:
    waiting.desk.decide.close(1, Outcome.NOT_A_LEAD, "a supplier")
    assert waiting.in_place(Place.NOT_A_LEAD) == 1
    waiting.desk.decide.reopen(1)
    assert waiting.in_place(Place.NOT_A_LEAD) == 0
    assert len(waiting.queue()) == 1


def test_what_was_sorted_away_is_rescued_from_the_list(waiting: House) -> None:
    waiting.desk.decide.judge_out(1)
    (row,) = waiting.desk.queue.put_away()
    assert waiting.desk.receive.rescue(row.mail) == 1
    assert waiting.view().outcome is Outcome.OPEN
    assert waiting.view().turn is Turn.OURS
    assert waiting.enquiries() == 1


def test_x_on_one_enquiry_leaves_the_alert_of_another_that_waits(house: House) -> None:
    for words in ("A loft, please", "Buy our links"):
        house.land(form_notice("Ngozi", "ngozi@example.org", words))
    house.desk.decide.judge_out(1)
    assert [row.lead for row in house.queue()] == [1]
    assert alerts(house)
    house.desk.decide.judge_out(1)
    assert house.queue() == ()
    assert not alerts(house)


def test_sorting_one_mail_away_leaves_the_alert_of_another_enquiry(house: House) -> None:
    house.land(form_notice("Ngozi", "ngozi@example.org", "A loft, please"))
    second = house.land(form_notice("Ngozi", "ngozi@example.org", "Buy our links"))
    house.desk.receive.sort_away(second.id)
    assert alerts(house)


@pytest.mark.parametrize("deed", ["close", "reopen", "snooze", "wake", "got", "note", "judge_out"])
def test_nothing_is_decided_about_a_lead_that_is_not_there(house: House, deed: str) -> None:
    more: dict[str, list[object]] = {"close": [Outcome.WON], "snooze": ["1 hour"], "note": ["x"]}
    with pytest.raises(Refused, match="no lead 7"):
        getattr(house.desk.decide, deed)(7, *more.get(deed, []))


def test_the_record_names_who_decided(waiting: House) -> None:
    from leaddesk.words.settings import PERSON_NAME

    waiting.desk.config.set(PERSON_NAME, "Ann")
    waiting.desk.decide.close(1, Outcome.WON)
    assert waiting.lead().record[-1].by == "Ann"


def test_a_second_enquiry_that_is_none_leaves_an_answered_lead_answered(
    waiting: House, clock: FrozenClock
) -> None:
    clock.advance(minutes=5)
    waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    clock.advance(minutes=5)
    waiting.land(form_notice("Ngozi Eze", "ngozi@example.org", "Buy followers"), clock.now())
    assert [row.wants for row in waiting.queue()] == ["Buy followers"]
    waiting.desk.decide.judge_out(1)
    assert waiting.queue() == ()
    assert waiting.view().turn is Turn.THEIRS
    assert waiting.lead().wants.startswith("Can you quote")
    waiting.desk.decide.undo(1)
    assert [row.wants for row in waiting.queue()] == ["Buy followers"]


def test_a_mere_thanks_does_not_wake_a_lead_and_alerts_nobody_and_an_answer_does(
    waiting: House, clock: FrozenClock
) -> None:
    decide = waiting.desk.decide
    with pytest.raises(Refused, match="They wait for your answer"):
        decide.snooze(1, "when they reply")
    waiting.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    clock.advance(minutes=1)
    assert decide.snooze(1, "when they reply") == UNTIL_THEY_REPLY
    waiting.land(letter("Thank you very much, Ann!"))
    assert waiting.queue() == ()
    assert not alerts(waiting)
    assert waiting.view().snoozed_until == UNTIL_THEY_REPLY
    waiting.land(letter("Thanks, could you come on Thursday?"))
    assert [row.lead for row in waiting.queue()] == [1]
    assert alerts(waiting)
    assert waiting.view().snoozed_until is None
