"""Whoever asks not to be contacted is not: whoever tells it, whatever waits, whatever becomes of the lead."""

from __future__ import annotations

import pytest

from leaddesk.rules.compose import DESK_HEADER
from leaddesk.words.due import Way
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Channel, Reached
from leaddesk.words.mail import Place
from leaddesk.words.outgoing import OutgoingState
from leaddesk.words.settings import FIRM_ADDRESS, FOLLOW_UP_LINES
from leaddesk.words.views import Undone
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account

S = OutgoingState
NGOZI = "ngozi@example.org"
NOT_MAILED = "They asked not to be mailed."


@pytest.fixture
def lead(house: House) -> int:
    house.desk.store.accounts.add(account())
    return house.lands_as_lead(letter())


def state(house: House, outgoing: int) -> tuple[OutgoingState, str]:
    mail = house.desk.store.outbox.get(outgoing)
    return mail.state, mail.why


def sent(house: House, lead: int, clock: FrozenClock) -> None:
    """Our answer is with them."""
    mail = house.desk.reply.send_text(lead, "Gladly.", undo=False)
    store = house.desk.store
    claim = store.outbox.claim(clock.now(), "me", [mail.account])
    assert claim is not None
    store.outbox.committing(mail.id, "me")
    clock.advance(minutes=1)
    store.outbox.sent(mail.id, at=clock.now(), answer="250 ok")


def claimed(house: House, clock: FrozenClock) -> int | None:
    clock.advance(minutes=1)
    claim = house.desk.store.outbox.claim(clock.now(), "me", [1])
    return claim.outgoing if claim else None


# -- a person's word


def test_what_waits_is_cancelled_with_the_reason_and_its_text_is_a_draft_again(
    house: House, lead: int, clock: FrozenClock
) -> None:
    mail = house.desk.reply.send_text(lead, "Gladly.")
    house.desk.contact.opt_out(lead, Channel.EMAIL)
    assert state(house, mail.id) == (S.CANCELLED, NOT_MAILED)
    assert house.desk.reply.draft(lead).body == "Gladly."
    assert claimed(house, clock) is None


def test_nothing_can_be_approved_until_it_is_taken_back(house: House, lead: int) -> None:
    house.desk.contact.opt_out(lead)
    with pytest.raises(Refused, match="not to be contacted"):
        house.desk.reply.send_text(lead, "Gladly.")
    house.desk.contact.take_back(lead)
    assert house.desk.reply.send_text(lead, "Gladly.").state is S.QUEUED


def test_undo_takes_it_back(house: House, lead: int) -> None:
    house.desk.contact.opt_out(lead)
    assert house.desk.decide.undo() == Undone(did="Opted out", lead=lead)
    assert house.desk.contact.asked(lead) == ()
    assert house.desk.reply.send_text(lead, "Gladly.").state is S.QUEUED


def test_another_way_stays_open(house: House, lead: int) -> None:
    house.desk.contact.opt_out(lead, Channel.CALL)
    assert not house.desk.contact.may_reach(lead, Channel.CALL).may
    assert house.desk.contact.may_reach(lead, Channel.EMAIL).may
    assert house.desk.reply.send_text(lead, "Gladly.").state is S.QUEUED


def test_what_makes_no_sense_is_refused(house: House, lead: int) -> None:
    with pytest.raises(Usage):
        house.desk.contact.opt_out(lead, Channel.FORM)
    with pytest.raises(Refused, match="no lead 9"):
        house.desk.contact.opt_out(9)
    with pytest.raises(Refused, match="did not ask"):
        house.desk.contact.take_back(lead)


# -- it outlives the lead


def test_another_lead_with_the_address_is_not_mailed(house: House, lead: int) -> None:
    house.desk.contact.opt_out(lead, Channel.EMAIL)
    other = house.desk.leads.add(name="Tom Hall", phone="+44 7700 900123", email="tom@example.org").lead
    draft = house.desk.reply.draft(other)
    assert house.desk.reply.approve(draft).state is S.QUEUED
    with pytest.raises(Refused, match="not to be mailed"):
        house.desk.reply.send_text(lead, "Gladly.")


def test_it_survives_erasing_and_the_table_tells_nobody(house: House, lead: int) -> None:
    house.desk.contact.opt_out(lead)
    database = house.desk.store.database
    with database.session(), database.atomic():
        database.peewee.execute_sql("PRAGMA defer_foreign_keys = 1")
        database.peewee.execute_sql("UPDATE mail SET lead = NULL")
        for table in ("alert", "entry", "enquiry", "address", "lead"):
            database.peewee.execute_sql(f"DELETE FROM {table}")
        kept = database.peewee.execute_sql("SELECT kind, hash FROM opt_out").fetchall()
    assert [kind for kind, _ in kept] == ["email"]
    assert NGOZI not in str(kept)
    again = house.desk.leads.add(name="Ngozi", email="Ngozi@Example.org").lead
    assert not house.desk.contact.may_reach(again, Channel.EMAIL).may
    with pytest.raises(Refused, match="not to be contacted"):
        house.desk.reply.send_text(again, "Gladly.")


def way(house: House, lead: int) -> Way | None:
    course = house.desk.leads.get(lead).course
    assert course is not None
    return course.way


def test_no_plan_reaches_for_an_address_whose_owner_asked_to_be_left_alone(house: House, lead: int) -> None:
    """A wish counts by the number, whoever is entered with it before or after."""
    desk = house.desk
    number = "+49 1511 2345678"
    first = desk.leads.add(name="Bo Larsen", phone=number).lead
    before = desk.leads.add(name="Ida Holm", phone=number, email="ida@x.example").lead
    desk.contact.opt_out(first)
    again = desk.leads.add(name="Jan Voss", phone=number, email="jan@x.example").lead
    assert len({first, before, again}) == 3
    for each in (before, again):
        desk.calls.log(each, channel=Channel.EMAIL, outcome=Reached.SENT)
        assert way(house, each) is Way.DECIDE
        assert [due.step.way for due in desk.following.due(9) if due.lead == each] == [Way.DECIDE]
    with pytest.raises(Refused, match="not to be contacted"):
        desk.reply.send_text(again, "Gladly.")
    desk.decide.undo(first)
    assert [way(house, each) for each in (first, before, again)] == [Way.CALL] * 3
    desk.contact.opt_out(first, Channel.CALL)
    assert Way.CALL not in {way(house, each) for each in (first, before, again)}
    desk.contact.take_back(again)
    assert [way(house, each) for each in (before, again)] == [Way.CALL] * 2


def test_joining_clears_nothing(house: House, lead: int) -> None:
    other = house.lands_as_lead(letter(sender="Ngozi Eze <ngozi@work.example>"))
    house.desk.contact.opt_out(other, Channel.EMAIL)
    house.desk.same.merge(other, lead)
    assert [each.channel for each in house.view(lead).opt_outs] == [Channel.EMAIL]
    with pytest.raises(Refused, match="not to be mailed"):
        house.desk.reply.send_text(lead, "Gladly.")
    house.desk.same.unmerge(other)
    assert house.view(lead).opt_outs == ()


# -- in their own words


def test_their_words_pause_what_waits_at_once_and_a_person_is_asked(
    house: House, lead: int, clock: FrozenClock
) -> None:
    sent(house, lead, clock)
    follow_up = house.desk.reply.send_text(lead, "Did you get it?")
    house.land(letter("Please remove me from your list.", subject="Re: Loft conversion"))
    assert state(house, follow_up.id) == (S.CANCELLED, "They may have asked not to be written to.")
    (wish,) = house.view(lead).opt_outs
    assert not wish.is_sure
    assert not house.desk.contact.may_reach(lead, Channel.CALL).may
    assert house.view(lead).timeline[-1].headline == "They may have asked not to be written to"
    assert house.desk.reply.send_text(lead, "You are off it.").state is S.QUEUED


def test_the_question_is_answered_with_no_and_with_yes(house: House, lead: int, clock: FrozenClock) -> None:
    sent(house, lead, clock)
    house.land(letter("Unsubscribe"))
    house.desk.contact.take_back(lead)
    assert house.desk.contact.may_reach(lead, Channel.EMAIL).may
    house.land(letter("Unsubscribe me, please"))
    house.desk.contact.opt_out(lead)
    assert [each.is_sure for each in house.view(lead).opt_outs] == [True]


def test_a_first_mail_is_an_enquiry_whatever_it_says(house: House, lead: int) -> None:
    first = house.land(letter("Please stop!", sender="Tom <tom@example.org>"))
    assert first.place is Place.ENQUIRY
    assert house.view(first.lead or 0).opt_outs == ()


# -- follow-ups


def test_a_follow_up_gives_way_to_their_word_and_an_answer_does_not(
    house: House, lead: int, clock: FrozenClock
) -> None:
    answer = house.desk.reply.send_text(lead, "Gladly.")
    house.land(letter("One more thing"))
    assert state(house, answer.id)[0] is S.QUEUED
    house.desk.reply.cancel(answer.id)
    sent(house, lead, clock)
    follow_up = house.desk.reply.send_text(lead, "Did you get it?")
    house.land(letter("Yes, thank you"))
    assert state(house, follow_up.id) == (S.CANCELLED, "They wrote before it went out.")


def test_where_the_law_wants_it_a_follow_up_says_how_to_end_it_and_where_we_are(
    house: House, lead: int, clock: FrozenClock
) -> None:
    house.desk.config.set(FOLLOW_UP_LINES, "on")
    assert house.desk.reply.send_text(lead, "Hello", undo=False).state is S.QUEUED  # the first answer
    house.desk.reply.cancel(house.desk.reply.outbox()[0].id)
    sent(house, lead, clock)
    with pytest.raises(Refused, match="none is set"):
        house.desk.reply.send_text(lead, "Did you get it?")
    house.desk.config.set(FIRM_ADDRESS, "Lofts Ltd, 1 High Street, Bath")
    with pytest.raises(Refused, match="postal address"):
        house.desk.reply.send_text(lead, "Did you get it?")
    for kept in house.desk.reply.outbox(S.DRAFT):
        house.desk.reply.discard(kept.id)
    draft = house.desk.reply.draft(lead)
    assert "reply STOP.\nLofts Ltd, 1 High Street, Bath" in draft.body
    assert house.desk.reply.approve(draft).state is S.QUEUED


def test_a_call_of_theirs_stops_a_follow_up_at_its_claim(house: House, lead: int, clock: FrozenClock) -> None:
    sent(house, lead, clock)
    follow_up = house.desk.reply.send_text(lead, "Did you get it?")
    house.desk.leads.add(name="Ngozi", email=NGOZI, message="rang")
    assert claimed(house, clock) is None
    assert state(house, follow_up.id)[0] is S.CANCELLED


def test_a_follow_up_carries_a_way_out_that_ends_it_when_it_comes_back(
    house: House, lead: int, clock: FrozenClock
) -> None:
    first = house.desk.reply.send_text(lead, "Gladly.")
    assert b"List-Unsubscribe" not in house.desk.store.outbox.raw(first.id)
    house.desk.reply.cancel(first.id)
    sent(house, lead, clock)
    follow_up = house.desk.reply.send_text(lead, "Did you get it?")
    raw = house.desk.store.outbox.raw(follow_up.id).decode()
    assert DESK_HEADER in raw
    subject = raw.partition("?subject=")[2].partition(">")[0]
    back = house.land(letter("", subject=subject, sender="Other <other@example.org>"))
    assert (back.place, back.lead) == (Place.ABOUT, lead)
    assert state(house, follow_up.id) == (S.CANCELLED, NOT_MAILED)
    assert [each.channel for each in house.view(lead).opt_outs] == [Channel.EMAIL]
    house.land(letter("", subject=subject))
    assert len(house.view(lead).opt_outs) == 1
