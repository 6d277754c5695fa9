"""Copies of one mail, and what only looks like one: form plug-ins send everything under one Message-ID."""

from __future__ import annotations

from datetime import timedelta

from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter

FIXED = "<form@host.example>"


def notice(email: str, **more: str) -> bytes:
    """A notice that names its visitor only in Reply-To, under the plug-in's one Message-ID."""
    words = {"subject": "New message from your website", "id": FIXED, "Reply_To": email, **more}
    return letter("Message: A callback, please", sender="Lofts <wordpress@host.example>", **words)


def test_the_same_words_of_another_visitor_are_an_enquiry_of_their_own(house: House) -> None:
    first = house.land(notice("ngozi@example.org"))
    second = house.land(notice("bob@example.org"))
    assert first.lead != second.lead
    assert house.lead(second.lead or 0).person.emails == ("bob@example.org",)


def test_the_same_visitor_who_asks_again_days_later_waits_again(house: House, clock: FrozenClock) -> None:
    house.land(notice("ngozi@example.org", Date="Mon, 02 Nov 2026 09:00:00 +0000"))
    clock.advance(timedelta(days=3))
    house.land(notice("ngozi@example.org", Date="Thu, 05 Nov 2026 09:00:00 +0000"), clock.now())
    assert house.enquiries() == 2


def test_a_copy_of_a_notice_by_a_second_way_opens_no_clock(house: House, clock: FrozenClock) -> None:
    house.land(notice("Ngozi <ngozi@example.org>", Received="by one.example"))
    clock.advance(minutes=5)
    copy = house.land(notice("ngozi@example.org", Received="by two.example"), clock.now())
    assert "Received twice" in " ".join(copy.why)
    assert house.enquiries() == 1
