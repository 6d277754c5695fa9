"""What an organisation announces is no enquiry; what it needs is one, though it says neither I nor we."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

HOUSE = "Hansahaus <info@hansahaus.example>"


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Asamblea", "La asamblea se celebrará el 26 de noviembre en el salón de actos."),
        ("Assemblea", "L'assemblea è convocata per il 26 novembre alle 18:30."),
        ("Odczyt", "Odczyt wodomierzy odbędzie się 18 listopada w godzinach 9-13."),
        ("点検のお知らせ", "11月20日に設備点検を行います。よろしくお願いいたします。"),
        ("Corte", "El suministro se interrumpirá mañana. Disculpe las molestias."),
    ],
)
def test_an_announcement_is_no_enquiry_where_i_and_we_are_left_out(subject: str, body: str) -> None:
    assert read(letter(HOUSE, subject=subject, body=body), Known()).kind is MailKind.TRANSACTIONAL


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Puertas", "En el aula 4 hay dos puertas rotas. Se ruega visita y presupuesto."),
        ("Vetrina", "Stanotte si è rotto il vetro della vetrina. Serve un intervento oggi."),
        ("Ladentür", "Die Ladentür schließt nicht mehr. Bitte heute noch jemanden schicken."),
        ("Portes", "Trois portes de l'école sont à remplacer avant la rentrée."),
        ("Boathouse", "Boathouse doors dropped on the left hinge. 01632 960123"),
        ("Heg", "Heg van 40 m moet dit najaar nog gesnoeid."),
    ],
)
def test_what_a_house_needs_is_an_enquiry_without_i_or_we(subject: str, body: str) -> None:
    assert read(letter(HOUSE, subject=subject, body=body), Known()).kind is MailKind.ENQUIRY


def test_two_offers_of_a_seller_are_a_letter_to_many() -> None:
    body = "Envío gratis hasta el domingo y un 15 % de descuento en la tienda."
    assert read(letter(HOUSE, subject="La añada", body=body), Known()).kind is MailKind.NEWSLETTER


def test_what_may_be_passed_over_is_a_programs_answer() -> None:
    body = "Aby ustawić nowe hasło, kliknij link. Jeśli to nie Ty, zignoruj tę wiadomość."
    raw = letter("Panel Klienta <panel@hosting.example>", subject="Zmiana hasła", body=body)
    assert read(raw, Known()).kind is MailKind.TRANSACTIONAL


def test_an_office_that_spells_its_umlaut_is_still_the_organisation() -> None:
    raw = letter(
        "Haus Bölke <termine@haus-boelke.example>", subject="Termin", body="Die Schau findet am 24.11. statt."
    )
    assert read(raw, Known()).kind is MailKind.TRANSACTIONAL
