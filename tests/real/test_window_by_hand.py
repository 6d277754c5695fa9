"""Who rings is written down with the keyboard alone in under ten seconds; a known one is found by digits."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from leaddesk.words.lead import Channel, Direction, Touch
from tests.real.scene import Scene

pytestmark = pytest.mark.real

KNOWN, RINGS = "Joan Hartley", "07700 900164"
WHO, NUMBER, WISH = "Ann Hollis", "0131 496 0021", "A kitchen by March"
QUICK = timedelta(seconds=10)


def pressed(there: Scene, text: str) -> int:
    """The key for a new lead, the text, Return; returns how many keys that took."""
    driver = there.driver
    with driver.changing():
        driver.keys("plus")
    driver.type(text)
    driver.keys("Return")
    return 1 + len(text) + 1


def test_a_new_caller_takes_less_than_ten_seconds_and_a_known_one_eight_keys(there: Scene) -> None:
    with there.look() as desk:
        joan = desk.leads.add(name=KNOWN, phone=RINGS, message="A gutter", channel=Channel.CALL).lead
    driver = there.driver
    driver.start(there.profile)
    driver.wait_title(r"^\(1\) LeadDesk")
    driver.settle()

    begin = time.monotonic()
    keys = pressed(there, f"{WHO}\t{NUMBER}\t{WISH}")
    driver.wait_title(r"^\(2\) LeadDesk")
    took = timedelta(seconds=time.monotonic() - begin)
    assert took < QUICK
    assert keys == len(WHO + NUMBER + WISH) + 4, "the words, a key between them, one at each end"
    (ann,) = [row for row in there.rows() if row.name == WHO]
    with there.look() as desk:
        view = desk.leads.show(ann.lead)
    assert (view.phones, view.enquiries[0].message, view.source.text) == ((NUMBER,), WISH, "Phone")
    driver.settle()
    driver.shot("by-hand-1-added")

    begin = time.monotonic()
    keys = pressed(there, "900164")
    driver.settle()
    driver.shot("by-hand-2-known")
    assert keys == 8
    assert timedelta(seconds=time.monotonic() - begin) < QUICK
    with driver.changing():
        driver.keys("c")
    driver.keys("1")  # reached: it is written down with whoever is open
    there.until(lambda desk: [e for e in desk.leads.get(joan).record if _is_call_of_ours(e)])
    assert len(there.rows()) <= 2, "nobody was added"
    assert driver.errors() == ""


def _is_call_of_ours(entry: object) -> bool:
    return isinstance(entry, Touch) and entry.direction is Direction.OUT and entry.channel is Channel.CALL
