"""Whose lead: who has it, who is told when nobody does, and what answering that mail comes to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leaddesk.desk.nudging import Nudging
from leaddesk.words.errors import Refused, Usage
from leaddesk.words.lead import Channel, Reached, Standing
from leaddesk.words.mail import Place
from leaddesk.words.outgoing import Outgoing, OutgoingKind, OutgoingState
from leaddesk.words.settings import PERSON_NAME, TEAM_NUDGE_MINUTES, TEAM_PEOPLE
from leaddesk.words.views import Undone
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account

ANN, BEN = "ann@lofts.example", "ben@home.example"
TEAM = f"Ann <{ANN}> | Ben <{BEN}>"
S = OutgoingState


@pytest.fixture
def clock() -> FrozenClock:
    """A Monday, half an hour after opening."""
    return FrozenClock(datetime(2026, 11, 2, 9, 30, tzinfo=UTC))


@pytest.fixture
def lead(house: House) -> int:
    house.desk.store.accounts.add(account())
    house.desk.config.set(TEAM_PEOPLE, TEAM)
    house.desk.config.set(PERSON_NAME, "Ann")
    return house.lands_as_lead(letter("Do you fit dormers?\nRing me: +44 7700 900123"))


@pytest.fixture
def nudging(house: House) -> Nudging:
    desk = house.desk
    return Nudging(desk.store, desk.clock, desk.config, desk.team, desk.cadences, "d3sk")


def mails(house: House, *states: OutgoingState) -> list[Outgoing]:
    found = house.desk.store.outbox.all_in(states or tuple(S))
    return [mail for mail in found if mail.kind is OutgoingKind.COLLEAGUE]


def goes_out(house: House, clock: FrozenClock) -> Outgoing:
    """The mail to a colleague that waits is sent."""
    outbox = house.desk.store.outbox
    claim = outbox.claim(clock.now(), "me", [1])
    assert claim is not None
    outbox.committing(claim.outgoing, "me")
    outbox.sent(claim.outgoing, at=clock.now(), answer="250 ok")
    return outbox.get(claim.outgoing)


def answers(house: House, mail: Outgoing, text: str, sender: str = BEN) -> Place | None:
    raw = letter(
        text, sender=f"Ben <{sender}>", subject=f"Re: {mail.subject}", In_Reply_To=mail.message_id or ""
    )
    return house.land(raw).place


def told(house: House, clock: FrozenClock, nudging: Nudging) -> Outgoing:
    """The second person was told."""
    for _ in range(2):
        clock.advance(minutes=15)
        nudging.round()
        mail = goes_out(house, clock)
    return mail


# -- by hand


def test_a_lead_is_taken_and_given_and_each_is_undone(house: House, lead: int) -> None:
    house.desk.team.take(lead)
    assert house.view(lead).has_it
    assert house.desk.store.alerts.open_for(lead) is None
    assert house.desk.team.assign(lead, "ben") == "Ben"
    assert not house.view(lead).has_it
    assert [each.name for each in house.desk.team.whose(lead)] == ["Ben", "Ann"]
    assert house.view(lead).timeline[-1].headline == "You gave it to Ben"
    assert house.desk.decide.undo() == Undone(did="Assigned", lead=lead)
    assert [each.name for each in house.desk.team.whose(lead)] == ["Ann", "Ben"]
    assert house.lead(lead).state.enquiries[0].standing is Standing.WAITING


def test_nobody_of_the_firm_is_refused(house: House, lead: int) -> None:
    with pytest.raises(Usage, match="nobody of the firm"):
        house.desk.team.assign(lead, "Tom")
    with pytest.raises(Refused, match="no lead 9"):
        house.desk.team.take(9)


def test_who_is_out_has_no_lead_until_they_are_back(house: House, lead: int) -> None:
    house.desk.team.take(lead)
    assert house.desk.team.go_out() == ("Ann",)
    assert [each.name for each in house.desk.team.whose(lead)] == ["Ben"]
    assert house.desk.team.go_out(is_out=False) == ()
    assert [each.name for each in house.desk.team.whose(lead)] == ["Ann", "Ben"]


@pytest.mark.parametrize(
    ("team", "first"),
    [
        (f"Ann <{ANN}> at Tue-Fri 09:00-17:00 | Ben <{BEN}>", "Ben"),
        (f"Ann <{ANN}> | Ben <{BEN}> for Email", "Ben"),
        (f"Ann <{ANN}> | Ben <{BEN}> for Google Ads", "Ann"),
    ],
)
def test_hours_and_sources_say_whose_it_is(house: House, lead: int, team: str, first: str) -> None:
    house.desk.config.set(TEAM_PEOPLE, team)
    source = house.lead(lead).source.text
    assert source.startswith("Email"), source
    assert house.desk.team.whose(lead)[0].name == first


def test_one_person_needs_no_choosing_and_is_told_nothing(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging
) -> None:
    house.desk.config.set(TEAM_PEOPLE, f"Ann <{ANN}>")
    clock.advance(hours=3)
    nudging.round()
    assert house.desk.team.whose(lead) == ()
    assert mails(house) == []


# -- told by mail


def test_first_one_then_the_other_is_told_and_no_third_time(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging
) -> None:
    clock.advance(minutes=14)
    nudging.round()
    assert mails(house) == []
    clock.advance(minutes=1)
    nudging.round()
    nudging.round()
    (first,) = mails(house)
    assert first.to == (ANN,)
    assert "> Do you fit dormers?" in first.body
    assert "tel:+447700900123" in first.body
    raw = house.desk.store.outbox.raw(first.id)
    assert b"Auto-Submitted: auto-generated" in raw
    clock.advance(minutes=15)
    nudging.round()
    assert [mail.to for mail in mails(house)] == [(ANN,), (BEN,)]
    clock.advance(hours=1)
    nudging.round()
    assert len(mails(house)) == 2


def test_only_open_hours_count(house: House, lead: int, clock: FrozenClock, nudging: Nudging) -> None:
    late = house.lands_as_lead(
        letter(sender="Tom <tom@example.org>"), datetime(2026, 11, 1, 17, 0, tzinfo=UTC)
    )
    house.desk.team.take(lead)
    clock.jump(datetime(2026, 11, 2, 9, 14, tzinfo=UTC))
    nudging.round()
    assert mails(house) == []
    clock.jump(datetime(2026, 11, 2, 9, 15, tzinfo=UTC))
    nudging.round()
    assert [mail.lead for mail in mails(house)] == [late]


def test_it_is_no_word_to_the_lead(house: House, lead: int, clock: FrozenClock, nudging: Nudging) -> None:
    told(house, clock, nudging)
    assert house.lead(lead).state.enquiries[0].standing is Standing.WAITING
    assert [row.lead for row in house.queue()] == [lead]
    assert house.view(lead).timeline[-1].headline == "Nobody had it: Ben was told by mail"
    assert [touch.direction for touch in house.touches(lead)] == ["in"]
    assert house.desk.reply.draft(lead).outgoing is None


@pytest.mark.parametrize("deed", ["take", "answer"])
def test_who_takes_it_before_the_mail_leaves_stops_it(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging, deed: str
) -> None:
    clock.advance(minutes=15)
    nudging.round()
    if deed == "take":
        house.desk.team.take(lead)
    else:
        house.desk.reply.send_text(lead, "Gladly.")
    house.desk.store.outbox.claim(clock.now(), "me", [1])
    (mail,) = mails(house)
    assert (mail.state, mail.why) == (S.CANCELLED, "Somebody has it.")


def test_nobody_is_told_where_it_is_switched_off(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging
) -> None:
    house.desk.config.set(TEAM_NUDGE_MINUTES, "0")
    clock.advance(hours=2)
    nudging.round()
    assert mails(house) == []


# -- answered


def test_mine_takes_it(house: House, lead: int, clock: FrozenClock, nudging: Nudging) -> None:
    mail = told(house, clock, nudging)
    assert answers(house, mail, "Mine, I ring them at ten") is Place.NOT_A_LEAD
    assert house.view(lead).has_it
    assert house.desk.team.whose(lead)[0].name == "Ben"
    assert house.lead(lead).state.enquiries[0].standing is Standing.WAITING
    assert house.desk.store.alerts.open_for(lead) is None


def test_called_logs_the_call_under_their_name(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging
) -> None:
    mail = told(house, clock, nudging)
    answers(house, mail, "Called, left a voicemail")
    touch = house.touches(lead)[-1]
    assert (touch.channel, touch.outcome, touch.by) == (Channel.CALL, Reached.VOICEMAIL, "Ben")


def test_other_words_are_a_note_and_a_strangers_answer_is_nothing(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging
) -> None:
    mail = told(house, clock, nudging)
    answers(house, mail, "I am on a roof until noon")
    assert house.view(lead).timeline[-1].text == "I am on a roof until noon"
    answers(house, mail, "Mine", sender="eve@elsewhere.example")
    assert not house.view(lead).has_it


@pytest.mark.parametrize(
    "text",
    [
        "Can you arrange it? I am on a roof.",
        "Not called yet",
        "I haven't called her yet",
        "I was called out to a leak",
        "Called away to a leak, please take it",
        "Has anybody called them?",
        "Habe noch nicht angerufen",
        "Je n'ai pas appelé",
        "Ich kann heute nicht",
        "Moi je ne peux pas",
        "Mia has it",
        "Mine? No, yours",
    ],
)
def test_who_says_that_nobody_called_is_taken_at_their_word(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging, text: str
) -> None:
    answers(house, told(house, clock, nudging), text)
    assert house.lead(lead).state.enquiries[0].standing is Standing.WAITING
    assert not house.view(lead).has_it
    assert house.view(lead).timeline[-1].text.startswith(text[:20])


@pytest.mark.parametrize("sender", [ANN, BEN])
def test_a_colleague_s_away_note_is_no_word_of_theirs(
    house: House, lead: int, clock: FrozenClock, nudging: Nudging, sender: str
) -> None:
    mail = told(house, clock, nudging)
    note = letter(
        "I called the office to say that I am away until Monday.",
        sender=f"Somebody <{sender}>", subject=f"Automatic reply: {mail.subject}",
        In_Reply_To=mail.message_id or "", Auto_Submitted="auto-replied",
    )  # fmt: skip
    before = house.lead(lead).record
    assert house.land(note).place is Place.NOT_A_LEAD
    assert house.lead(lead).record == before


def test_a_row_of_the_queue_says_whose_lead_it_is(house: House, lead: int) -> None:
    def whose() -> str:
        return next(row.whose for row in house.queue() if row.lead == lead)

    assert whose() == "Ann"
    house.desk.team.assign(lead, "Ben")
    assert whose() == "Ben"
    house.desk.decide.undo(lead)
    assert whose() == "Ann"
    house.desk.config.set(TEAM_PEOPLE, f"Ann <{ANN}>")
    assert whose() == ""
