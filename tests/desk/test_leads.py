"""Leads shown, found and entered by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Certainty, Channel, Outcome, Reached, Standing
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account


def test_a_leads_page_tells_who_since_when_and_what_was_said(house: House, clock: FrozenClock) -> None:
    received = clock.now() - timedelta(minutes=5)
    house.land(letter(), received)
    view = house.view()
    assert (view.name, view.emails, view.since) == ("Ngozi Eze", ("ngozi@example.org",), received)
    assert [item.headline for item in view.timeline] == ["Ngozi"]
    assert (view.reply_to, view.can_reply) == ("ngozi@example.org", False)
    house.desk.store.accounts.add(account())
    assert house.view().can_reply


def test_a_lead_that_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="no lead 3"):
        house.desk.leads.show(3)


def test_a_lead_is_shown_as_it_was(house: House, clock: FrozenClock) -> None:
    house.land(letter())
    before = clock.now()
    clock.advance(minutes=10)
    house.desk.calls.log(1, channel=Channel.CALL, outcome=Reached.REACHED)
    then, now = house.desk.leads.show(1, as_of=before), house.desk.leads.show(1)
    assert then.enquiries[0].standing is Standing.WAITING
    assert now.enquiries[0].standing is Standing.ANSWERED
    assert len(then.timeline) == 1


def test_a_caller_is_entered_with_the_minute_the_phone_rang(house: House, clock: FrozenClock) -> None:
    rang = clock.now() - timedelta(minutes=20)
    added = house.desk.leads.add(name=" Eve  Marsh ", phone="07700 900123", message="attic", at=rang)
    assert (added.lead, added.enquiry, added.joined) == (1, 1, False)
    view = house.view()
    assert (view.name, view.phones, view.since) == ("Eve Marsh", ("07700 900123",), rang)
    assert (view.source.text, view.source.certainty) == ("Phone", Certainty.STATED)
    assert view.enquiries[0].seen_at == clock.now()


@pytest.mark.parametrize(
    ("channel", "source"),
    [(Channel.CALL, "Phone"), (Channel.VISIT, "Walk-in"), (Channel.WHATSAPP, "WhatsApp")],
)
def test_a_source_is_never_bare(house: House, channel: Channel, source: str) -> None:
    house.desk.leads.add(name="Eve", channel=channel)
    assert house.view().source.text == source
    house.desk.leads.add(name="Bob", channel=channel, source="Our stand at the fair")
    assert house.view(2).source.text == "Our stand at the fair"


def test_one_who_is_known_by_number_or_address_gets_a_further_enquiry(house: House) -> None:
    house.desk.leads.add(name="Eve", phone="07700 900123")
    by_phone = house.desk.leads.add(name="Eve M.", phone="07700-900-123", email="Eve@example.org")
    by_mail = house.desk.leads.add(name="E.", email="eve@Example.org")
    assert (by_phone.lead, by_phone.joined, by_mail.lead, by_mail.joined) == (1, True, 1, True)
    assert len(house.view().enquiries) == 3
    assert house.view().emails == ("Eve@example.org",)


def test_two_without_number_or_address_are_two(house: House) -> None:
    assert house.desk.leads.add(name="Eve").lead != house.desk.leads.add(name="Eve").lead


def test_somebody_must_be_named_and_no_time_lies_ahead(house: House, clock: FrozenClock) -> None:
    with pytest.raises(Usage, match="name, a number or an address"):
        house.desk.leads.add(name="  ")
    with pytest.raises(Usage, match="future"):
        house.desk.leads.add(name="Eve", at=clock.now() + timedelta(minutes=1))
    assert house.desk.queue.today().leads == 0


@pytest.mark.parametrize("words", ["marsh", "MARSH eve", "7700 900 1", "07700-900123", "attic", "eve@exa"])
def test_a_lead_is_found_by_name_number_address_and_word(house: House, words: str) -> None:
    house.desk.leads.add(name="Bob Smith", phone="07700 111222", message="a roof")
    house.desk.leads.add(
        name="Eve Marsh", phone="07700 900123", email="eve@example.org", message="insulate the attic"
    )
    house.desk.decide.close(2, Outcome.LOST)
    (found,) = house.desk.leads.find(words)
    assert (found.lead, found.name, found.outcome) == (2, "Eve Marsh", Outcome.LOST)


@pytest.mark.parametrize("words", ["", '"', "NEAR(", "-foo", "%", "_"])
def test_no_words_break_a_search(house: House, words: str) -> None:
    house.desk.leads.add(name="Eve Marsh")
    assert len(house.desk.leads.find(words)) <= 1
