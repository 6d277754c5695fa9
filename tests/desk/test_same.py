"""Same person? Offered with its reason, joined at a word, read as one, and taken apart again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.doors.mail.reader import Reader
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Outcome, Reached, Standing
from leaddesk.words.mail import Place
from leaddesk.words.views import Undone
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import form_notice, letter
from tests.made import account

ANNA = "Anna Beck <anna.beck@gmail.com>"
AT_WORK = '"Beck, Anna" <info@beck-design.example>'


@pytest.fixture
def anna(house: House) -> tuple[int, int]:
    """Two leads that are one person: she wrote from home, and answers the same subject from her firm."""
    house.desk.store.accounts.add(account())
    first = house.lands_as_lead(letter("A floor, please", sender=ANNA, subject="Resin floor"))
    second = house.lands_as_lead(letter("When?", sender=AT_WORK, subject="Re: Resin floor"))
    assert first != second
    return first, second


def offered(house: House, lead: int) -> list[int]:
    return [each.lead for each in house.desk.same.offers(lead)]


# -- offered


def test_a_reply_from_another_address_without_references_is_offered_and_not_joined(
    house: House, anna: tuple[int, int]
) -> None:
    """FAULTS C27: a suggested match; nothing is lost meanwhile."""
    first, second = anna
    (offer,) = house.desk.same.offers(second)
    assert (offer.lead, offer.name) == (first, "Anna Beck")
    assert offer.why == "The same name, and both wrote about “resin floor”."
    assert offered(house, first) == [second]
    assert offer.known_by == "anna.beck@gmail.com, last on 2 Nov 2026"
    assert {row.lead for row in house.queue()} == {first, second}


def test_two_of_one_name_are_told_apart_by_what_is_theirs_alone(house: House) -> None:
    mine = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123", email="anna@one.example").lead
    house.desk.leads.add(name="Tom Hall", phone="+44 7700 900123", email="tom@two.example")
    house.desk.leads.add(name="Bo Lind", phone="+44 7700 900123")
    told = {each.name: each.known_by.partition(",")[0] for each in house.desk.same.offers(mine)}
    assert told == {"Tom Hall": "tom@two.example", "Bo Lind": "+44 7700 900123"}


def test_a_subject_alone_is_not_even_offered(house: House) -> None:
    house.land(letter(sender="Anna Beck <anna@one.example>", subject="Resin floor"))
    other = house.lands_as_lead(letter(sender="Tom Hall <tom@two.example>", subject="Re: Resin floor"))
    assert offered(house, other) == []


def test_two_with_one_name_and_nothing_else_in_common_are_not_offered(house: House) -> None:
    house.land(letter(sender="Anna Beck <anna@one.example>", subject="Floor"))
    other = house.lands_as_lead(letter(sender="Anna Beck <ab@two.example>", subject="Roof"))
    assert offered(house, other) == []


def test_a_number_that_two_names_share_is_offered(house: House) -> None:
    first = house.desk.leads.add(name="Anna Beck", phone="+44 7700 900123").lead
    second = house.desk.leads.add(name="Tom Hall", phone="07700 900123").lead
    (offer,) = house.desk.same.offers(second)
    assert (offer.lead, offer.why) == (first, "Both use 07700 900123, by another name.")


def test_no_is_remembered_for_the_pair_and_can_be_taken_back(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.same.keep_apart(second, first)
    assert offered(house, first) == offered(house, second) == []
    assert house.desk.decide.undo() == Undone(did="Two people", lead=second)
    assert offered(house, first) == [second]


def test_no_to_one_says_nothing_of_a_third(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.same.keep_apart(second, first)
    third = house.lands_as_lead(letter(sender="A. Beck <ab@other.example>", subject="Re: Resin floor"))
    assert set(offered(house, third)) == {first, second}


# -- joined


def test_joined_leads_are_one_in_queue_page_search_and_figures(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.same.merge(second, first)
    assert [row.lead for row in house.queue()] == [first]
    for number in anna:
        view = house.view(number)
        assert (view.lead, view.name, len(view.enquiries)) == (first, "Anna Beck", 2)
        assert view.emails == ("anna.beck@gmail.com", "info@beck-design.example")
        assert [each.lead for each in view.joined] == [second]
        assert view.timeline[-1].headline == "Joined with Anna Beck"
    assert [each.lead for each in house.desk.leads.find("beck-design")] == [first]
    assert offered(house, first) == []


def test_new_mail_for_either_lands_on_the_one_that_goes_on(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.same.merge(second, first)
    captured = house.desk.receive.capture(letter("And the price?", sender=AT_WORK))
    assert captured.lead == first
    assert house.mail(captured.mail).place is Place.JOINED
    assert house.view(first).timeline[-1].text == "And the price?"
    house.land(form_notice("Anna Beck", "info@beck-design.example", "A second floor"))
    assert len(house.lead(first).enquiries) == 3


def test_one_answer_is_for_both_and_taken_apart_each_has_its_own_again(
    house: House, anna: tuple[int, int], clock: FrozenClock
) -> None:
    first, second = anna
    house.desk.same.merge(second, first)
    house.desk.calls.log(first, channel=Channel.CALL, outcome=Reached.REACHED)
    assert [e.standing for e in house.lead(first).state.enquiries] == [Standing.ANSWERED] * 2
    clock.advance(minutes=5)
    house.land(letter("Thanks!", sender=AT_WORK))
    house.desk.same.unmerge(second)
    assert [e.standing for e in house.lead(first).state.enquiries] == [Standing.ANSWERED]
    assert [e.standing for e in house.lead(second).state.enquiries] == [Standing.WAITING]
    assert house.touches(second)[-1].text == "Thanks!"
    assert {row.lead for row in house.queue()} == {second}


def test_a_mail_after_they_were_taken_apart_goes_to_its_own(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.same.merge(second, first)
    house.land(letter("And the price?", sender=AT_WORK))
    house.desk.same.unmerge(second)
    assert house.land(letter("Hello?", sender=AT_WORK)).lead == second
    assert house.land(letter("Hello!", sender=ANNA)).lead == first


def test_joining_takes_back_nothing_that_waits(house: House, anna: tuple[int, int]) -> None:
    """One of them was closed: the other still waits, aloud."""
    first, second = anna
    house.desk.decide.close(first, Outcome.LOST)
    house.desk.same.merge(second, first)
    assert house.lead(first).state.outcome is Outcome.OPEN
    assert house.desk.store.alerts.open_for(first) is not None
    assert house.desk.store.alerts.open_for(second) is None


def test_a_snooze_of_one_hides_nobody(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.decide.snooze(first, "tomorrow 9")
    house.desk.same.merge(second, first)
    assert [row.lead for row in house.queue()] == [first]


def test_undo_takes_them_apart(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    house.desk.same.merge(second, first)
    undone = house.desk.decide.undo(first)
    assert undone == Undone(did="Joined", lead=second)
    assert " and " in undone.name  # both are named: the page may show somebody else by now
    assert {row.lead for row in house.queue()} == {first, second}
    assert house.desk.store.alerts.open_for(second) is not None


def test_they_are_taken_apart_after_a_restart_and_within_thirty_days(
    tmp_path: Path, reader: Reader, clock: FrozenClock
) -> None:
    house = House.open(tmp_path / "other", reader, clock)
    first, second = (house.desk.leads.add(name=name).lead for name in ("Anna Beck", "A. Beck"))
    house.desk.same.merge(second, first)
    house.close()
    clock.advance(days=30)
    again = House.open(tmp_path / "other", reader, clock)
    merged = again.desk.same.unmerge(second)
    assert (merged.lead, merged.into) == (second, first)
    again.desk.same.merge(second, first)
    clock.advance(days=30, seconds=1)
    with pytest.raises(Refused, match="more than thirty days"):
        again.desk.same.unmerge(second)
    with pytest.raises(Refused, match="more than thirty days"):
        again.desk.decide.undo()
    again.close()


def test_the_one_that_goes_on_can_be_named_where_there_is_no_doubt(house: House) -> None:
    one, two, three = (house.desk.leads.add(name=name).lead for name in ("Ann", "Bob", "Eve"))
    house.desk.same.merge(two, one)
    assert house.desk.same.unmerge(one).lead == two
    house.desk.same.merge(two, one)
    house.desk.same.merge(three, two)
    with pytest.raises(Refused, match="Several leads"):
        house.desk.same.unmerge(one)
    assert [each.name for each in house.desk.same.joined(one)] == ["Bob", "Eve"]
    assert house.desk.same.joined(one)[0].until == house.desk.clock.now() + timedelta(days=30)


def test_what_makes_no_sense_is_refused(house: House) -> None:
    lead = house.desk.leads.add(name="Ann").lead
    with pytest.raises(Refused, match="one lead already"):
        house.desk.same.merge(lead, lead)
    with pytest.raises(Refused, match="no lead 9"):
        house.desk.same.merge(lead, 9)
    with pytest.raises(Refused, match="not joined"):
        house.desk.same.unmerge(lead)


def test_a_draft_of_either_is_there_after_they_were_joined(house: House, anna: tuple[int, int]) -> None:
    first, second = anna
    draft = house.desk.reply.draft(second)
    kept = house.desk.reply.save(draft)
    house.desk.same.merge(second, first)
    again = house.desk.reply.draft(first)
    assert (again.outgoing, again.lead) == (kept.outgoing, first)
