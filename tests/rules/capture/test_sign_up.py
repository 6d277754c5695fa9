"""Who joins a newsletter is no lead; who ticks its box beside an enquiry is one."""

from __future__ import annotations

import json

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind, Reading
from tests.letters import letter

OURS = Known(own_addresses=frozenset({"ann@lofts.example"}))
TICKED = "Subscribe to the newsletter: yes"


def notice(*rows: str, subject: str = "New message from your website") -> Reading:
    text = "\n".join(("Name: Anna Beck", "Email: anna@home.example", *rows))
    robot = "Lofts website <wordpress@host.example>"
    return read(letter(text, sender=robot, subject=subject, Reply_To="anna@home.example"), OURS)


@pytest.mark.parametrize(
    "rows",
    [
        ("Message: Please call me about a loft", TICKED),
        ("Message: Do you fit lofts?", "Mailing list: no"),
        ("Nachricht: Bitte um ein Angebot", "Newsletter abonnieren: Ja"),
        ("Phone: 07700 900123", TICKED),
        ("Service: Loft conversion", "Wanted by: spring", "Subscribe to the newsletter: no"),
    ],
)
def test_a_box_for_the_newsletter_makes_no_enquiry_a_sign_up(rows: tuple[str, ...]) -> None:
    assert notice(*rows).kind is MailKind.ENQUIRY


def test_words_of_their_own_count_also_where_the_subject_tells_of_the_newsletter() -> None:
    assert notice("Message: And what does a loft cost?", subject="New subscriber").kind is MailKind.ENQUIRY


@pytest.mark.parametrize(
    ("rows", "subject"),
    [
        ((TICKED,), "New message from your website"),
        (("List: Spring", "Date: 3 May", TICKED), "New subscriber"),
    ],
)
def test_who_only_joins_is_no_enquiry_and_is_remembered(rows: tuple[str, ...], subject: str) -> None:
    reading = notice(*rows, subject=subject)
    assert (reading.kind, reading.signed_up) == (MailKind.NEWSLETTER, "anna@home.example")


@pytest.mark.parametrize(
    ("more", "kind"), [({"service": "Loft"}, MailKind.ENQUIRY), ({"type": "subscribe"}, MailKind.NEWSLETTER)]
)
def test_posted_data_is_told_apart_alike(more: dict[str, str], kind: MailKind) -> None:
    posted = {"name": "Anna Beck", "email": "anna@home.example", "newsletter": "yes", **more}
    assert read(json.dumps(posted).encode(), OURS).kind is kind
