"""Mail in which nobody asks anything of us, and mail in which somebody does though it looks like that."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.mailing import holds_a_code, mass_sentences
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

FIRM = "Brightglass <info@brightglass.example>"
PERSON = "Owen Rees <owen@reesroofing.example>"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You get this email because you are a member.", "en"),
        ("Wenn Sie diesen Rundbrief nicht mehr erhalten möchten, antworten Sie bitte.", "de"),
        ("Pour ne plus recevoir nos e-mails, suivez ce lien.", "fr"),
        ("Si no desea recibir más correos, pulse aquí.", "es"),
        ("Se non desideri ricevere le comunicazioni, clicca qui.", "it"),
        ("Wil je geen mails meer? Meld je af.", "nl"),
        ("Nie chcesz otrzymywać wiadomości? Wypisz się.", "pl"),
        ("配信停止をご希望の方はこちら", "ja"),
    ],
)
def test_a_sentence_tells_that_a_mail_went_to_many(text: str, language: str) -> None:
    assert mass_sentences(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I received your letter because my neighbour passed it on.", "en"),
        ("Ich möchte keine E-Mails mehr von Ihnen.", "de"),
        ("Diese E-Mail ist vertraulich; eine Haftung besteht nicht.", "de"),
        ("Please do not print this email.", "en"),
        ("Do you still mail out samples?", "en"),
    ],
)
def test_a_person_who_speaks_of_mails_writes_to_us(text: str, language: str) -> None:
    assert not mass_sentences(text, language)


@pytest.mark.parametrize(
    ("subject", "text", "found"),
    [
        ("482913 is your code", "It ends in ten minutes.", True),
        ("Ihr Sicherheitscode", "Er lautet 550 217.", True),
        ("認証コード", "773021", True),
        ("Door", "My door has a code lock, 1234 does not work.", False),
        ("Windows", "Six panes of 1200 by 900.", False),
    ],
)
def test_a_code_to_type_in_is_the_point_of_a_mail(subject: str, text: str, found: bool) -> None:
    language = "en" if text.isascii() and "Er" not in text else "de"
    assert holds_a_code(subject, text, language) is found


NOTICES = {
    "your parcel": letter(FIRM, subject="Your parcel is on its way", body="It arrives on Monday."),
    "nobody speaks": letter(FIRM, subject="Doors", body="The workshop is closed on 3 May."),
    "we would like to remind you": letter(
        FIRM,
        subject="Termin",
        body="Wir möchten Sie an Ihren Termin am Montag erinnern.\nIhr Brightglass-Team",
    ),
}
ENQUIRIES = {
    "your listing, a person": letter(PERSON, subject="Your listing", body="Need two windows. Call any day."),
    "your order, asked": letter(FIRM, subject="Your order form", body="Could you send it to us?"),
    "somebody who says no I": letter(FIRM, subject="Doors", body="Please quote for 14 doors."),
    "a shared address that asks": letter(
        "Little Oven <orders@littleoven.example>", subject="Window", body="Our window broke. Who can come?"
    ),
    "a holiday in the subject, asked": letter(subject="Quote before I am on holiday?", body="Two doors."),
}  # fmt: skip


@pytest.mark.parametrize("case", NOTICES)
def test_a_notice_is_no_enquiry(case: str) -> None:
    assert read(NOTICES[case], Known()).kind is MailKind.TRANSACTIONAL


@pytest.mark.parametrize("case", ENQUIRIES)
def test_who_wants_something_is_heard(case: str) -> None:
    assert read(ENQUIRIES[case], Known()).kind is MailKind.ENQUIRY


def test_an_away_note_without_headers_tells_whom_to_ask() -> None:
    answer = {"In-Reply-To": "<q@firm.example>"}
    note = "I am on annual leave until 20 November. In urgent cases call Bob."
    assert read(letter(subject="Re: Quote", body=note, headers=answer), Known()).kind is MailKind.AUTOREPLY
    person = "I am on annual leave until 20 November. Can it wait?"
    assert read(letter(subject="Re: Quote", body=person, headers=answer), Known()).kind is MailKind.REPLY


@pytest.mark.parametrize(
    "signature",
    ["Ann", "Ann Beck", "Ann Beck | Beck Ltd\nT 01632 960987", "Best wishes Ann"],
)
def test_a_signature_may_begin_with_its_writers_name(signature: str) -> None:
    visible = read(letter(body=f"Could you quote for a door?\n\n{signature}\n"), Known()).visible
    assert visible == "Could you quote for a door?"


def test_the_writers_name_within_the_text_is_no_signature() -> None:
    body = (
        "Ask for Ann at the gate.\nAnn Beck is my sister and she will open the door for you on Monday.\nBye"
    )
    assert "my sister" in read(letter(body=body), Known()).visible
