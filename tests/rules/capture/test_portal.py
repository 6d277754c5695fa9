"""A portal's lead without an address keeps the link to answer behind, and only such a link."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known
from tests.letters import letter

BODY = "Name: Bo Larsen\nPhone: 0151 496 0000\nMessage: Can you fit a heater?\n\nReply here: {}"


def link_of(link: str, body: str = BODY, sender: str = "Trades <no-reply@mail.trades.example>") -> str | None:
    return read(letter(body.format(link), sender=sender, subject="New lead"), Known()).portal_link


@pytest.mark.parametrize(
    "link", ["https://www.trades.example/inbox/77", "https://trades.example/leads?id=12345"]
)
def test_the_leads_own_link_is_kept(link: str) -> None:
    assert link_of(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "http://www.trades.example/inbox/77",
        "https://evil.example/inbox/77",
        "https://www.trades.example/unsubscribe?lead=77",
        "https://www.trades.example/",
        "https://trades.example.evil.test/inbox/77",
    ],
)
def test_no_other_link_is_offered(link: str) -> None:
    assert link_of(link) is None


def test_one_who_told_an_address_needs_no_portal() -> None:
    body = BODY.replace("Phone: 0151 496 0000", "Email: bo@example.org")
    assert link_of("https://www.trades.example/inbox/77", body) is None


def test_a_link_of_the_visitors_words_is_theirs() -> None:
    body = "Name: Bo Larsen\nPhone: 0151 496 0000\nMessage: See {} for my house"
    assert link_of("https://www.trades.example/house/12345", body) is None
