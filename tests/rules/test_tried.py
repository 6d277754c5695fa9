"""Attempts, contacts and replies are counted apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from leaddesk.rules.tried import Tried, tried
from leaddesk.words.lead import Channel, Direction, Reached
from leaddesk.words.views import TimelineItem

AT = datetime(2026, 6, 8, 10, 0, tzinfo=UTC)
IN, OUT = Direction


def item(direction: Direction | None, **more: Any) -> TimelineItem:
    facts: dict[str, Any] = {"entry": 1, "channel": Channel.EMAIL, "automatic": False} | more
    return TimelineItem(at=AT, direction=direction, headline="", text="", **facts)


def test_attempt_contact_and_reply_are_three_things() -> None:
    record = (
        item(IN, enquiry=1),
        item(OUT, automatic=True),
        item(OUT),
        item(OUT, channel=Channel.CALL, outcome=Reached.VOICEMAIL),
        item(OUT, channel=Channel.CALL, outcome=Reached.REACHED),
        item(None),
        item(IN, automatic=True),
        item(IN),
        item(OUT, entry=0),
    )
    assert tried(record) == Tried(attempts=3, contacts=1, replies=1)


def test_of_an_enquiry_alone_nothing_is_said() -> None:
    assert tried((item(IN, enquiry=1),)).words == ""
    assert Tried(1, 2, 0).words == "You tried once, spoke twice"
    assert Tried(0, 0, 2).words == "They answered twice"
