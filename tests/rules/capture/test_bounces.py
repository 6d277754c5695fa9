"""Delivery reports: to whom, and for good or for now, where only words tell it."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

SYSTEM = "Mail Delivery System <mailer-daemon@mx.example>"
REPORT = """--b
Content-Type: text/plain

The message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Original-Recipient: rfc822;dana@vets.example
Final-Recipient: rfc822;dana@inbound.vets.example
Action: failed
Status: 5.1.1
--b--
"""


def test_the_recipient_is_whom_we_wrote_to_not_where_it_was_passed_on() -> None:
    report = 'multipart/report; report-type=delivery-status; boundary="b"'
    raw = letter(SYSTEM, subject="Failure", body=REPORT, headers={"Content-Type": report})
    reading = read(raw, Known())
    assert (reading.kind, reading.recipient) == (MailKind.BOUNCE, "dana@vets.example")


@pytest.mark.parametrize(
    ("words", "permanent"),
    [
        ("Ihre Nachricht konnte leider nicht zugestellt werden.", True),
        ("Votre message n'a pas pu être remis.", True),
        ("Su mensaje no ha podido entregarse.", True),
        ("Il messaggio non è stato consegnato.", True),
        ("Uw bericht kon niet worden bezorgd.", True),
        ("Wiadomość nie została dostarczona.", True),
        ("メールを送信できませんでした。", True),
        ("Ihre Nachricht konnte noch nicht zugestellt werden.", False),
        ("Il messaggio non è ancora stato consegnato.", False),
        ("Delivery of your message is delayed.", False),
    ],
)
def test_words_alone_tell_whether_it_is_for_good(words: str, permanent: bool) -> None:
    raw = letter(SYSTEM, subject="Undelivered mail", body=f"{words}\n\n<ann@beck.example>\n", return_path="")
    reading = read(raw, Known())
    assert (reading.kind, reading.recipient) == (MailKind.BOUNCE, "ann@beck.example")
    assert reading.permanent is permanent


def test_labels_that_stand_only_in_the_quote_of_an_answer_make_no_form() -> None:
    body = (
        "Monday is fine.\n\nFrom: Foo Bar <foo@bar.example>\nSent: Monday, 2 November 2026 10:00\n"
        "To: info@firm.example\nSubject: Doors\nEmail: foo@bar.example\nName: Foo Bar\n\nHow are you?\n"
    )
    raw = letter(
        "Al <al@firm.example>", subject="RE: Doors", body=body, headers={"In-Reply-To": "<a@firm.example>"}
    )
    assert read(raw, Known()).kind is MailKind.REPLY
