"""A form that asks for an order's number is a form; a shop's notice of an order is none."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

ROBOT = "wordpress@firm.example"
KNOWN = Known(own_domains=frozenset({"firm.example"}))
REGISTERED = Known(own_domains=frozenset({"firm.example"}), form_sources=frozenset({ROBOT}))
PERSON = "Name: Mona Baker\nEmail: mona@baker.example\n"
WISH = "Message: The fence that you built leans. Could you come and look at it?\n"


def kind(body: str, subject: str, known: Known = KNOWN) -> MailKind:
    return read(letter(f"Website <{ROBOT}>", subject=subject, body=body), known).kind


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        ("Order number: 4711", "Question about an order"),
        ("Invoice number: 2026-118", "Contact form: order"),
        ("Bestellnummer: 4711", "Kontaktformular: Bestellung"),
        ("Rechnungsnummer: 2026-118", "Nachricht zu Ihrer Rechnung"),
    ],
)
def test_an_order_number_that_a_form_asks_for_puts_nobody_away(row: str, subject: str) -> None:
    assert kind(f"{PERSON}{row}\n{WISH}", subject) is MailKind.ENQUIRY


def test_a_registered_forms_message_is_an_enquiry_whatever_it_is_about() -> None:
    rows = "Order number: 4711\nInvoice number: 118\nPayment method: cash\n"
    assert kind(f"{PERSON}{rows}{WISH}", "Order: complaint", REGISTERED) is MailKind.ENQUIRY


def test_a_shops_notice_of_an_order_is_no_enquiry_even_with_a_note() -> None:
    rows = "Order number: 4711\nSubtotal: 20.00\nPayment method: card\nBilling address: 4 Mill Lane\n"
    assert kind(f"{PERSON}{rows}Note: Please ring twice.\n", "New order 4711") is not MailKind.ENQUIRY
    assert kind(f"{PERSON}{rows}", "New order 4711", REGISTERED) is not MailKind.ENQUIRY
