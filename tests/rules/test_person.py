"""How people are compared, and what they are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.person import address_keys, email_key, name_or_address, phone_key
from leaddesk.words.lead import Person


@pytest.mark.parametrize("address", ["Ngozi@Example.ORG", " ngozi@example.org ", "ngozi@example.org"])
def test_an_address_is_compared_without_its_case(address: str) -> None:
    assert email_key(address) == "ngozi@example.org"


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("+44 7700 900123", "+447700900123"),
        ("  +44 (0)7700-900123", "+4407700900123"),
        ("07700 900 123", "07700900123"),
        ("0117.496.0000", "01174960000"),
        ("12345", None),
        ("", None),
        ("no number", None),
        ("٠١٢٣٤٥٦٧", None),
    ],
)
def test_a_number_is_compared_by_its_digits(phone: str, key: str | None) -> None:
    assert phone_key(phone) == key


@given(st.text())
def test_no_text_breaks_a_key(text: str) -> None:
    email_key(text)
    key = phone_key(text)
    assert key is None or key.removeprefix("+").isdecimal()


def test_a_person_is_looked_up_by_every_way_that_can_be_compared() -> None:
    person = Person(name="Ngozi", emails=("Ngozi@Example.org", " "), phones=("07700 900123", "12"))
    assert address_keys(person) == [
        ("email", "Ngozi@Example.org", "ngozi@example.org"),
        ("phone", "07700 900123", "07700900123"),
    ]


@pytest.mark.parametrize(
    ("name", "emails", "phones", "called"),
    [
        (" Ngozi ", ("n@example.org",), ("0117",), "Ngozi"),
        ("", ("n@example.org",), ("0117",), "n@example.org"),
        ("  ", (), ("0117",), "0117"),
        ("", (), (), "Unknown sender"),
    ],
)
def test_nobody_is_nameless(name: str, emails: tuple[str, ...], phones: tuple[str, ...], called: str) -> None:
    assert name_or_address(name, emails, phones) == called
