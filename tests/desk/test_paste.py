"""A pasted text is read for a person to look at, and nothing of it is stored."""

from __future__ import annotations

from leaddesk.words.by_hand import Pasted
from tests.house import House
from tests.letters import letter
from tests.made import account


def test_a_chat_is_read_and_nothing_is_stored(house: House) -> None:
    found = house.desk.paste.read("[10:42, 24/11/2026] Ngozi Eze: A loft? Ring +44 7700 900231")
    assert found == Pasted(name="Ngozi Eze", number="+447700900231", message="A loft? Ring +44 7700 900231")
    assert house.desk.store.bulk.totals().leads == 0


def test_a_forms_lines_tell_the_source_as_well(house: House) -> None:
    found = house.desk.paste.read(
        "Name: Ann Hollis\nEmail: ann@hollis.example\nMessage: A kitchen?\n"
        "Page: https://roofs.example/prices?utm_source=google&utm_medium=cpc&utm_campaign=spring"
    )
    assert (found.name, found.email, found.message) == ("Ann Hollis", "ann@hollis.example", "A kitchen?")
    assert found.source == "Google Ads: spring"


def test_a_mails_source_is_read_as_a_mail(house: House) -> None:
    found = house.desk.paste.read(letter("A fence of 20 m?").decode())
    assert (found.name, found.email, found.message) == ("Ngozi Eze", "ngozi@example.org", "A fence of 20 m?")


def test_our_own_address_is_not_theirs(house: House) -> None:
    house.desk.store.accounts.add(account("us@roofs.example"))
    assert house.desk.paste.read("us@roofs.example wrote to pat@hill.example").email == "pat@hill.example"
