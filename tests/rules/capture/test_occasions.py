"""What goes to many on an occasion, and what a customer writes on the same one."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

CLUB = "Trade Club <events@tradeclub.example>"
LINK = "https://tradeclub.example/a"


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("Live on Thursday", f"Join us for a free webinar.\nSave my seat: {LINK}", MailKind.NEWSLETTER),
        ("PRESS RELEASE: awards open", "Entries are open. Notes to editors: none.", MailKind.NEWSLETTER),
        ("Stars", f"Dear friend, a gift of 20 could help us.\nDonate: {LINK}", MailKind.NEWSLETTER),
        ("How did we do", f"How likely are you to recommend us? {LINK}", MailKind.TRANSACTIONAL),
    ],
)
def test_an_occasion_for_many_is_no_enquiry(subject: str, body: str, kind: MailKind) -> None:
    assert read(letter(CLUB, subject=subject, body=body), Known()).kind is kind


@pytest.mark.parametrize(
    "body",
    [
        f"Our stand at the trade show, 6 x 3 m, 2 counters. Quote by Friday. {LINK}",
        f"We are a registered charity with a donation of oak. Could you help us turn it into a tree? {LINK}",
        f"Our survey says that visitors want seats: could you build four? {LINK}",
    ],
)
def test_a_customer_who_speaks_of_one_is_heard(body: str) -> None:
    assert read(letter(CLUB, subject="Oak", body=body), Known()).kind is MailKind.ENQUIRY
