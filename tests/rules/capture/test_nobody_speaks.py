"""Organisations and offices: what tells us something is put away, what asks without asking is shown."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

SHOWN = {
    "a town's benches": letter(
        "Stadt Norderbach <bauamt@norderbach.example>",
        subject="Bänke Stadtpark",
        body="12 Bänke, Eiche, Stadtpark. Abgabe bis 04.12.2026.",
    ),
    "a school's lockers": letter(
        "Szkoła nr 4 <sekretariat@sp4.example>",
        subject="Szafki",
        body="Siedemdziesiąt szafek szatniowych, termin do końca lutego.",
    ),
    "an order of an office": letter(
        "Accounts <accounts@millbrook.example>",
        subject="6 benches",
        body="Please supply 6 benches as per your website, delivery to gate 2.",
    ),
    "an office in a word": letter("Yard <sales@timber.example>", subject="Loft", body="Ready!"),
}
PUT_AWAY = {
    "a courier's sender": letter(
        "BRX Corriere <tracking@brxcorriere.example>",
        subject="Spedizione 1029 in consegna",
        body="Sarà consegnata oggi tra le 10:00 e le 12:00.\nMittente: Ferramenta Colombo\nhttps://brx.example/1",
    ),
    "no name of a person": letter(
        "Servizio Clienti <clienti@gasluce.example>",
        subject="Lettura contatore",
        body="Dal 15 al 20 novembre puoi comunicare l'autolettura del contatore.",
    ),
    "we greet, and that is all": letter(
        "Kadry i Płace <kadry@biuro-rachunek.example>",
        subject="Składki za październik",
        body="Społeczne 1 418,48. Termin wpłaty: 20.11.2026.\n\nPozdrawiamy\nBiuro Rachunek",
    ),
}


@pytest.mark.parametrize("what", SHOWN)
def test_an_office_that_may_want_something_is_shown(what: str) -> None:
    assert read(SHOWN[what], Known()).kind is MailKind.ENQUIRY


@pytest.mark.parametrize("what", PUT_AWAY)
def test_an_office_that_only_tells_is_put_away(what: str) -> None:
    assert read(PUT_AWAY[what], Known()).kind is MailKind.TRANSACTIONAL


def test_a_bare_re_with_a_wish_is_an_enquiry_and_one_that_thanks_is_an_answer() -> None:
    anew = letter("Lorne Petrie <lorne@post.example>", subject="Re: Garden room", body="Do you build sheds?")
    answer = letter(
        "Lorne Petrie <lorne@post.example>", subject="Re: Your quote", body="Thanks for this. Without doors?"
    )
    assert read(anew, Known()).kind is MailKind.ENQUIRY
    assert read(answer, Known()).kind is MailKind.REPLY


def test_a_bare_re_over_a_quoted_mail_is_an_answer() -> None:
    body = (
        "Could you do Monday?\n\nOn 9 Nov 2026 at 9:00, Firm <info@firm.example> wrote:\n> We come Friday.\n"
    )
    raw = letter("Lorne Petrie <lorne@post.example>", subject="Re: Visit", body=body)
    assert read(raw, Known()).kind is MailKind.REPLY


def test_a_register_that_wants_to_be_paid_is_spam() -> None:
    raw = letter(
        "Firmenregister <eintrag@firmenregister.example>",
        subject="Ihr Eintrag",
        body="Bitte senden Sie das Formular unterschrieben zurück. Der Eintrag kostet 498,00 EUR jährlich.",
    )
    assert read(raw, Known()).kind is MailKind.SPAM


def test_a_prize_to_be_voted_for_is_a_letter_to_many() -> None:
    raw = letter(
        "Local Stars <hello@localstars.example>",
        subject="You've been nominated",
        body="Book your table for the gala and see the winners: https://localstars.example/enter",
    )
    assert read(raw, Known()).kind is MailKind.NEWSLETTER
