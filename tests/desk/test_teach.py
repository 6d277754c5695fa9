"""Teaching by one mail: what is offered with its effect, what never is, what it does, and its undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leaddesk.doors.store import Correspondent
from leaddesk.words.errors import Refused
from leaddesk.words.lead import Channel, Outcome, Reached
from leaddesk.words.mail import Mail, MailKind, Place
from leaddesk.words.teaching import Lesson, Offer, Taught, Trait
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import form_notice, letter

NO, YES = Taught.NO_ENQUIRY, Taught.ENQUIRY
SAID_NO = "You said on 2 November 2026 that mail like this is no enquiry."


def supplier(words: str = "Your slates are ready.") -> bytes:
    question = "Shall I bring them on Thursday?"
    return letter(f"{words} {question}", sender="Holger Timms <holger@timber.example>", subject="Slates")


def job(name: str) -> bytes:
    """An application, by another form of the robot that also sends the enquiries."""
    email = f"{name.lower()}@example.org"
    return form_notice(name, email, "Do you need a roofer?\nPosition: Roofer", subject="New application")


def newsletter(words: str = "Our offers of the week") -> bytes:
    return letter(
        f"{words}. Unsubscribe here.", sender="Trade <news@trade.example>", subject=words,
        List_Unsubscribe="<mailto:stop@trade.example>",
    )  # fmt: skip


def known(house: House, *addresses: str) -> None:
    before = house.desk.clock.now() - timedelta(days=200)
    house.desk.store.mailboxes.remember_correspondents(Correspondent(each, before) for each in addresses)


def sorted_away(house: House, raw: bytes, days_ago: float = 0) -> Mail:
    """Lands and is sorted away with X."""
    mail = house.land(raw, house.desk.clock.now() - timedelta(days=days_ago))
    assert mail.lead is not None
    house.desk.decide.judge_out(mail.lead)
    return house.mail(mail.id)


def offer(house: House, mail: Mail, trait: Trait) -> Offer:
    return next(one for one in house.desk.teach.offers(mail.id).offers if one.trait is trait)


def teach(house: House, mail: Mail, trait: Trait, taught: Taught = NO, *, bring_back: bool = False) -> Lesson:
    return house.desk.teach.accept(mail.id, trait, taught, bring_back=bring_back)


# -- shown before it is accepted


def test_the_effect_on_the_past_is_shown_with_its_mails_and_nothing_is_changed(house: House) -> None:
    for days_ago in (100, 40, 10):
        sorted_away(house, supplier(f"Slates of {days_ago} days ago"), days_ago)
    now = house.land(supplier())
    shown = offer(house, now, Trait.SENDER)
    assert shown.sentence == "Mail from holger@timber.example is no enquiry."
    assert shown.effect == "It would have put away 2 mails of the past 90 days; none of them was ever a lead."
    days = [(house.desk.clock.now() - one.at).days for one in shown.alike]
    assert days == [10, 40]
    assert house.mail(now.id).place is Place.ENQUIRY
    assert house.desk.teach.lessons() == ()


def test_a_forms_effect_is_that_forms_alone(house: House) -> None:
    sorted_away(house, job("Ben"), 5)
    house.land(form_notice("Ngozi", "ngozi@example.org", "A loft, please"))
    told = house.desk.teach.offers(house.land(job("Eva")).id)
    (shown,) = told.offers
    assert (shown.trait, len(shown.alike)) == (Trait.FORM, 1)
    assert "of wordpress@host.example brings no enquiries" in shown.sentence


# -- never offered


def test_a_robot_or_form_that_has_brought_a_lead_is_never_offered(house: House) -> None:
    house.land(form_notice("Ngozi", "ngozi@example.org", "A loft, please"))
    told = house.desk.teach.offers(house.land(form_notice("Bo", "bo@example.org", "Hi")).id)
    assert told.offers == ()
    assert told.refusals[0].startswith("This form has brought a lead before: Ngozi.")
    assert told.refusals[1].startswith("wordpress@host.example has brought a lead before: Ngozi.")
    with pytest.raises(Refused, match="has brought a lead before"):
        house.desk.teach.accept(told.mail, Trait.FORM, NO)


def test_once_all_of_a_forms_mails_were_sorted_away_it_is_offered(house: House) -> None:
    sorted_away(house, job("Ben"))
    mail = sorted_away(house, job("Eva"))
    told = house.desk.teach.offers(mail.id)
    assert [one.trait for one in told.offers] == [Trait.FORM]
    assert told.refusals[0].endswith("has sent nothing but this form: others of it may bring enquiries.")


def test_a_robot_is_offered_whole_once_mails_of_several_forms_were_sorted_away(house: House) -> None:
    sorted_away(house, form_notice("Bo", "bo@example.org", "Buy our links"))
    mail = sorted_away(house, job("Eva"))
    assert [one.trait for one in house.desk.teach.offers(mail.id).offers] == [Trait.FORM, Trait.ROBOT]


def test_a_form_whose_mail_was_rescued_is_never_offered(house: House) -> None:
    """It was sorted away by mistake, and taken back: the form has brought a lead."""
    first = sorted_away(house, form_notice("Ngozi", "ngozi@example.org", "A loft, please"))
    house.desk.receive.rescue(first.id)
    told = house.desk.teach.offers(house.land(form_notice("Bo", "bo@example.org", "Buy our links")).id)
    assert told.offers == ()


def test_a_form_that_was_set_up_is_never_offered(house: House) -> None:
    raw = form_notice("Bo", "bo@example.org", "Buy our links")
    house.desk.forms.register_mail(raw)
    mail = sorted_away(house, raw)
    told = house.desk.teach.offers(mail.id)
    assert told.offers == ()
    assert all("was set up here to bring enquiries" in refusal for refusal in told.refusals)


def test_a_sender_with_an_open_lead_is_never_offered(house: House) -> None:
    lead = house.lands_as_lead(supplier("Could you roof our hall?"))
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.REACHED)
    house.desk.decide.close(lead, Outcome.WON)
    again = house.land(supplier("And now our second hall?"))
    assert house.desk.teach.offers(again.id).offers == ()
    house.desk.decide.judge_out(lead)
    assert [one.trait for one in house.desk.teach.offers(again.id).offers] == [Trait.SENDER]


def test_an_enquiry_that_was_answered_is_a_lead(house: House) -> None:
    mail = house.land(supplier())
    assert mail.lead is not None
    house.desk.calls.log(mail.lead, channel=Channel.CALL, outcome=Reached.REACHED)
    told = house.desk.teach.offers(mail.id)
    assert told.offers == ()
    assert told.refusals == (
        "This enquiry has been worked with: it is a lead. Sort single mails away with X.",
    )


def test_what_has_no_mail_or_nothing_in_common_cannot_be_taught(house: House) -> None:
    added = house.desk.leads.add(name="Ann", phone="07700900123")
    with pytest.raises(Refused, match="did not come by mail"):
        house.desk.teach.mail_of(added.lead)
    lead = house.lands_as_lead(letter(sender=None))
    nameless = house.desk.teach.offers(house.desk.teach.mail_of(lead))
    assert nameless.refusals == ("This mail names no sender: mails like it cannot be told.",)
    bounce = house.land(letter("Away", subject="Automatic reply: Hi", Auto_Submitted="auto-replied"))
    assert "stands in its headers" in house.desk.teach.offers(bounce.id).refusals[0]


# -- what it does


def test_a_lesson_puts_this_mail_away_and_the_next_one_with_its_reason_and_no_alert(house: House) -> None:
    mail = house.land(supplier())
    lesson = teach(house, mail, Trait.SENDER)
    assert house.queue() == ()
    assert house.mail(mail.id).place is Place.NOT_A_LEAD
    alerts = len(house.alerts())
    after = house.land(supplier("More slates"))
    assert (after.place, after.kind, after.why[0]) == (Place.NOT_A_LEAD, MailKind.TRANSACTIONAL, SAID_NO)
    assert len(house.alerts()) == alerts
    assert [one.id for one in house.desk.teach.lessons()] == [lesson.id]
    (put_away, *_) = house.desk.queue.put_away()
    assert put_away.why.startswith(SAID_NO)


def test_the_other_form_of_the_same_robot_still_alerts(house: House) -> None:
    teach(house, house.land(job("Eva")), Trait.FORM)
    assert house.land(job("Ben")).place is Place.NOT_A_LEAD
    asks = house.land(form_notice("Ngozi", "ngozi@example.org", "A loft, please"))
    assert asks.place is Place.ENQUIRY
    assert house.desk.store.alerts.open_for(asks.lead or 0) is not None


def test_a_lesson_never_hides_who_answers_us_or_has_an_open_lead(house: House) -> None:
    teach(house, house.land(supplier()), Trait.SENDER)
    house.desk.store.mailboxes.remember_ids(["<ours@lofts.example>"], house.desk.clock.now())
    answer = house.land(supplier_answering("<ours@lofts.example>"))
    assert (answer.place, answer.kind) == (Place.REPLY, MailKind.REPLY)
    assert SAID_NO not in answer.why
    lead = house.desk.leads.add(name="Timber", email="holger@timber.example", message="Roof?").lead
    joined = house.land(supplier("One more thing"))
    assert (joined.place, joined.lead, joined.kind) == (Place.JOINED, lead, MailKind.ENQUIRY)


def supplier_answering(ours: str) -> bytes:
    return letter("Thursday is fine.", sender="Holger Timms <holger@timber.example>", In_Reply_To=ours)


def test_the_grey_mails_of_a_known_person_go_with_it_and_come_back(house: House) -> None:
    known(house, "mum@example.org")
    first = house.land(letter("Cake?", sender="Mum <mum@example.org>"))
    second = house.land(letter("Sunday?", sender="Mum <mum@example.org>"))
    lesson = teach(house, second, Trait.SENDER)
    assert house.desk.queue.known() == ()
    house.desk.teach.undo(lesson.id)
    assert {person.mail for person in house.desk.queue.known()} == {first.id, second.id}
    assert house.mail(first.id).why == first.why


# -- the other way


def test_a_rescue_teaches_and_offers_those_of_the_past(house: House) -> None:
    old = house.land(newsletter("Roof wanted in Bath"), house.desk.clock.now() - timedelta(days=30))
    mail = house.land(newsletter("Roof wanted in Bristol"))
    shown = offer(house, mail, Trait.ROBOT)
    assert shown.sentence == "Whatever news@trade.example sends is an enquiry."
    assert shown.effect == "1 mail of the past 90 days would have been an enquiry."
    teach(house, mail, Trait.ROBOT, YES)
    assert house.mail(mail.id).place is Place.ENQUIRY
    assert house.mail(old.id).place is Place.NOT_A_LEAD
    assert house.land(newsletter("Roof wanted in Wells")).place is Place.ENQUIRY


def test_those_of_the_past_come_back_when_they_are_wanted_without_an_alert_and_go_again(house: House) -> None:
    received = house.desk.clock.now() - timedelta(days=30)
    old = house.land(newsletter("Roof wanted in Bath"), received)
    alerts = len(house.alerts())
    lesson = teach(house, house.land(newsletter("In Bristol")), Trait.ROBOT, YES, bring_back=True)
    back = house.mail(old.id)
    assert back.place is Place.ENQUIRY
    assert house.lead(back.lead or 0).enquiries[0].received_at == received
    assert len(house.alerts()) == alerts
    assert len(house.queue()) == 2
    house.desk.teach.undo(lesson.id)
    assert house.queue() == ()
    assert house.mail(old.id).place is Place.NOT_A_LEAD
    assert house.mail(old.id).why == old.why


def test_a_lesson_that_brings_back_several_is_kept_whole_or_not_at_all(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = house.land(newsletter("Roof wanted in Bath"), house.desk.clock.now() - timedelta(days=30))
    mail = house.land(newsletter("In Bristol"))
    seen: list[int] = []
    move = house.desk.store.mails.judged

    def fails_at_the_second(number: int, *rest: Any) -> None:
        seen.append(number)
        if len(seen) == 2:
            raise OSError("the disk is full")
        move(number, *rest)

    monkeypatch.setattr(house.desk.store.mails, "judged", fails_at_the_second)
    with pytest.raises(OSError, match="the disk is full"):
        teach(house, mail, Trait.ROBOT, YES, bring_back=True)
    assert len(seen) == 2
    assert house.desk.teach.lessons() == ()
    assert {house.mail(one.id).place for one in (old, mail)} == {Place.NOT_A_LEAD}
    assert house.queue() == ()


def test_what_was_sorted_away_with_x_does_not_come_back(house: House) -> None:
    known(house, "holger@timber.example")
    grey = house.land(supplier())
    house.desk.receive.sort_away(grey.id)
    mail = house.land(supplier("Could you roof our hall?"))
    shown = next(one for one in house.desk.teach.offers(mail.id).offers if one.taught is YES)
    assert shown.alike == ()


def test_a_known_persons_mail_can_be_taught_both_ways(house: House) -> None:
    known(house, "holger@timber.example")
    mail = house.land(supplier())
    told = house.desk.teach.offers(mail.id)
    assert [(one.trait, one.taught) for one in told.offers] == [(Trait.SENDER, NO), (Trait.SENDER, YES)]
    teach(house, mail, Trait.SENDER, YES)
    after = house.land(supplier("Could you roof our hall?"))
    assert house.mail(mail.id).place is Place.ENQUIRY
    assert after.lead == house.mail(mail.id).lead


# -- taken back


def test_undo_takes_back_the_lesson_and_its_deed_then_what_was_before(
    house: House, clock: FrozenClock
) -> None:
    first = house.lands_as_lead(letter())
    house.desk.decide.close(first, Outcome.LOST)
    clock.advance(minutes=1)
    mail = house.land(supplier())
    teach(house, mail, Trait.SENDER)
    undone = house.desk.decide.undo()
    assert undone.did == "Mail from holger@timber.example is no enquiry"
    assert [row.lead for row in house.queue()] == [mail.lead]
    assert house.desk.teach.lessons() == ()
    assert house.desk.decide.undo().did == "Closed"


def test_undo_takes_back_a_newer_deed_before_the_lesson(house: House) -> None:
    lead = house.lands_as_lead(letter())
    teach(house, house.land(supplier()), Trait.SENDER)
    house.desk.decide.note(lead, "ring after four")
    assert house.desk.decide.undo().did == "Note"
    assert house.desk.decide.undo().did == "Mail from holger@timber.example is no enquiry"


def test_an_enquiry_that_was_answered_since_stays_when_its_lesson_is_taken_back(house: House) -> None:
    mail = house.land(newsletter())
    lesson = teach(house, mail, Trait.ROBOT, YES)
    lead = house.mail(mail.id).lead
    assert lead is not None
    house.desk.calls.log(lead, channel=Channel.CALL, outcome=Reached.REACHED)
    house.desk.teach.undo(lesson.id)
    assert house.mail(mail.id).place is Place.ENQUIRY
    assert house.land(newsletter("Other offers")).place is Place.NOT_A_LEAD


def test_the_last_word_counts_and_taking_it_back_the_one_before(house: House) -> None:
    mail = house.land(supplier())
    teach(house, mail, Trait.SENDER)
    hidden = house.land(supplier("More slates"))
    later = teach(house, hidden, Trait.SENDER, YES)
    assert house.mail(hidden.id).place is Place.ENQUIRY
    house.desk.teach.undo(later.id)
    assert house.land(supplier("Even more slates")).place is Place.NOT_A_LEAD
    with pytest.raises(Refused, match="no lesson"):
        house.desk.teach.undo(later.id)
