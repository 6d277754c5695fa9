"""Which links a number gets, when a call is offered, and what is said before a text or a voicemail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leaddesk.rules.calling import reaching
from leaddesk.words.lead import Channel, Direction, Outcome, Reached, Source
from leaddesk.words.reach import OptOut
from leaddesk.words.states import Turn, What
from leaddesk.words.views import LeadView, TimelineItem

NOON = datetime(2026, 6, 8, 10, 0, tzinfo=UTC)
"""Noon in Berlin, six in the morning in New York."""
BERLIN = ZoneInfo("Europe/Berlin")


def lead(phone: str, *timeline: TimelineItem, opt_outs: tuple[OptOut, ...] = ()) -> LeadView:
    return LeadView(
        lead=1, name="Tom Whitfield", company="", emails=(), phones=(phone,) if phone else (),
        source=Source(), turn=Turn.OURS, what=What.NEW, outcome=Outcome.OPEN, reason="", since=NOON,
        snoozed_until=None, has_it=False, enquiries=(), timeline=timeline, reply_to=None, can_reply=False,
        opt_outs=opt_outs,
    )  # fmt: skip


def touch(direction: Direction, outcome: Reached | None = None, enquiry: int | None = None) -> TimelineItem:
    return TimelineItem(
        entry=1, at=NOON, direction=direction, channel=Channel.CALL, automatic=False, headline="", text="",
        outcome=outcome, enquiry=enquiry,
    )  # fmt: skip


def test_a_mobile_is_rung_texted_and_written_to_on_whatsapp() -> None:
    told = reaching(lead("+4915112345678"), NOON, BERLIN)
    assert (told.tel, told.sms) == ("tel:+4915112345678", "sms:+4915112345678")
    assert told.whatsapp == "https://wa.me/4915112345678"
    assert told.number == "+49 1511 2345678"


def test_a_landline_is_only_rung() -> None:
    told = reaching(lead("+493012345678"), NOON, BERLIN)
    assert told.tel
    assert not told.sms
    assert not told.whatsapp


@pytest.mark.parametrize("phone", ["+49", "12", "+999123456789", "<b>ring me</b>", "tel:javascript"])
def test_what_nobody_can_dial_has_no_link_and_is_said(phone: str) -> None:
    told = reaching(lead(phone), NOON, BERLIN)
    assert (told.tel, told.sms, told.whatsapp, told.offers_call) == ("", "", "", False)
    assert told.number == phone
    assert "Copy it" in told.says


def test_nothing_is_said_of_a_number_that_is_not_known() -> None:
    assert reaching(lead(""), NOON, BERLIN).says == ""


def test_a_number_without_its_country_is_dialled_as_it_is_and_has_no_whatsapp() -> None:
    told = reaching(lead("07700 900 456"), NOON, BERLIN, "GB")
    assert (told.tel, told.sms, told.whatsapp) == ("tel:07700900456", "sms:07700900456", "")
    assert not reaching(lead("07700 900 456"), NOON, BERLIN).tel


@pytest.mark.parametrize(
    ("hour", "offered"), [("08:59", False), ("09:00", True), ("19:59", True), ("20:00", False)]
)
def test_calls_are_offered_from_nine_to_eight_where_they_are(hour: str, offered: bool) -> None:
    there = datetime.fromisoformat(f"2026-06-08T{hour}:00").replace(tzinfo=ZoneInfo("America/New_York"))
    told = reaching(lead("+12125550123"), there.astimezone(UTC), BERLIN)
    assert told.offers_call is offered
    assert told.tel
    assert f"It is {there.hour}:{there.minute:02} where they are" in told.says


@pytest.mark.parametrize(("hour", "offered"), [("09:30", False), ("10:00", True), ("20:00", False)])
def test_where_they_may_be_in_several_zones_it_is_decent_in_all(hour: str, offered: bool) -> None:
    there = datetime.fromisoformat(f"2026-06-08T{hour}:00").replace(tzinfo=ZoneInfo("Europe/Madrid"))
    told = reaching(lead("+34612345678"), there.astimezone(UTC), BERLIN)
    assert told.offers_call is offered
    canaries = f"{there.hour - 1}:{there.minute:02}"
    assert f"It is between {canaries} and {there.hour}:{there.minute:02} where they may be" in told.says


def test_who_asked_not_to_be_called_is_not_offered_a_call_but_may_be_texted() -> None:
    wish = OptOut(channel=Channel.CALL, at=NOON, by="Ann")
    told = reaching(lead("+4915112345678", opt_outs=(wish,)), NOON, BERLIN)
    assert not told.offers_call
    assert told.says == "They asked not to be called."
    assert told.sms


def test_who_wants_no_texts_gets_none_and_whatsapp_is_another_way() -> None:
    wish = OptOut(channel=Channel.TEXT, at=NOON, by="Ann")
    told = reaching(lead("+4915112345678", opt_outs=(wish,)), NOON, BERLIN)
    assert not told.sms
    assert told.whatsapp


@pytest.mark.parametrize(
    ("before", "warned"),
    [
        ((), True),
        ((touch(Direction.IN, enquiry=1),), True),
        ((touch(Direction.OUT, Reached.VOICEMAIL),), True),
        ((touch(Direction.OUT, Reached.REACHED),), False),
        ((touch(Direction.IN, enquiry=1), touch(Direction.IN)), False),
        ((replace(touch(Direction.IN), automatic=True),), True),
    ],
)
def test_a_text_before_the_first_contact_is_warned_of(before: tuple[TimelineItem, ...], warned: bool) -> None:
    told = reaching(lead("+4915112345678", *before), NOON, BERLIN)
    assert bool(told.before_text) is warned
    assert told.sms


def test_the_third_voicemail_is_warned_of_and_not_the_second() -> None:
    one = touch(Direction.OUT, Reached.VOICEMAIL)
    later = replace(one, at=NOON + timedelta(hours=1))
    assert not reaching(lead("+4915112345678", one), NOON, BERLIN).before_voicemail
    told = reaching(lead("+4915112345678", one, later), NOON, BERLIN)
    assert told.before_voicemail.startswith("You left 2 already")
