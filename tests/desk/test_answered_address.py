"""Somebody with several addresses is answered where they wrote from last, also through a form."""

from __future__ import annotations

from base64 import encodebytes

import pytest

from leaddesk.words.lead import Channel, Direction, Reached
from tests.house import House
from tests.letters import form_notice, letter
from tests.made import account

OLD, NEW = "anna@old.example", "anna@new.example"
NOTICE = "Name: Anna Beck\nEmail: {email}\nPhone: +44 7700 900123\nMessage: A second floor, please"
ROBOT = {"sender": "Lofts website <wordpress@host.example>", "subject": "New message from your website"}


@pytest.fixture
def anna(house: House) -> int:
    house.desk.store.accounts.add(account())
    raw = letter(NOTICE.format(email=OLD), Reply_To=f"Anna Beck <{OLD}>", **ROBOT)
    return house.lands_as_lead(raw)


def to(house: House, lead: int) -> tuple[str, ...]:
    return house.desk.reply.draft(lead).to


def test_a_form_that_tells_another_address_is_answered_there(house: House, anna: int) -> None:
    raw = letter(NOTICE.format(email=NEW), Reply_To=f"Anna Beck <{NEW}>", **ROBOT)
    assert house.lands_as_lead(raw) == anna
    assert to(house, anna) == (NEW,)


def test_the_address_is_found_where_only_the_encoded_text_tells_it(house: House, anna: int) -> None:
    body = encodebytes(NOTICE.format(email=NEW).encode()).decode()
    raw = letter(body, Content_Transfer_Encoding="base64", Content_Type="text/plain; charset=utf-8", **ROBOT)
    assert house.lands_as_lead(raw) == anna
    assert to(house, anna) == (NEW,)


def test_of_joined_leads_the_one_that_asked_last_is_answered(house: House, anna: int) -> None:
    other = house.lands_as_lead(form_notice("Anna Beck", NEW, "A second floor, please"))
    assert other != anna
    house.desk.same.merge(other, anna)
    assert to(house, anna) == (NEW,)


def test_a_call_after_it_changes_no_address(house: House, anna: int) -> None:
    house.land(letter(NOTICE.format(email=NEW), Reply_To=f"Anna Beck <{NEW}>", **ROBOT))
    house.desk.calls.log(
        anna, channel=Channel.CALL, outcome=Reached.REACHED, direction=Direction.IN, note="when?"
    )
    assert to(house, anna) == (NEW,)
