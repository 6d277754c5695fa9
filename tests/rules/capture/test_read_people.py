"""Who asks, and for what: forms, portals, calls and letters in many languages and shapes."""

from __future__ import annotations

from typing import Any

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

_ROWS = "".join(
    f"<tr><td colspan=2><strong>{label}</strong></td></tr><tr><td>&nbsp;</td><td>{value}</td></tr>"
    for label, value in (
        ("Name", "Mona Baker"),
        ("Email", '<a href="mailto:mona@baker.example">mona@baker.example</a>'),
        ("Phone", "07700 900123"),
        ("What do you need?", "We need 40 m of closeboard fence.<br/>Is December possible?"),
    )
)

PEOPLE: dict[str, tuple[bytes, dict[str, Any]]] = {
    "bold label above value in a table": (
        letter(
            "Hartley <wordpress@hartley.co.uk>",
            "sales@hartley.co.uk",
            "New submission from Request a Quote",
            html=f"<table><tr><td><table>{_ROWS}</table></td></tr></table>",
        ),
        {
            "name": "Mona Baker",
            "email": "mona@baker.example",
            "phone": "+447700900123",
            "message": "We need 40 m of closeboard fence.",
        },
    ),
    "heading cells and name parts": (
        letter(
            "Dach Maier <info@dach-maier.de>",
            "info@dach-maier.de",
            "Neue Anfrage: Kontakt",
            reply_to="jana@koch-bau.example",
            date="Tue, 10 Nov 2026 10:00:00 +0100",
            html="<table><tr><th>Vorname</th></tr><tr><td>Jana</td></tr><tr><th>Nachname</th></tr>"
            "<tr><td>Koch"
            "</td></tr><tr><th>Unternehmen</th></tr><tr><td>Koch Bau GmbH</td></tr><tr><th>"
            "Telefon</th></tr><tr>"
            "<td>030 12345678</td></tr><tr><th>Ihre Nachricht</th></tr><tr><td>Bitte um ein "
            "Angebot.</td></tr>"
            "</table><p>Gesendet von Dach Maier</p>",
        ),
        {
            "name": "Jana Koch",
            "email": "jana@koch-bau.example",
            "phone": "+493012345678",
            "company": "Koch Bau GmbH",
            "message": "Bitte um ein Angebot.",
        },
    ),
    "a definition list": (
        letter(
            "Web <no-reply@clinica.es>",
            "info@clinica.es",
            "Nuevo contacto desde la web",
            html="<p>Ha recibido una nueva consulta:</p><dl><dt>Nombre</dt><dd>Luisa</dd><dt>"
            "Apellidos</dt><dd>"
            "Prado</dd><dt>Correo electrónico</dt><dd>luisa@prado.example</dd><dt>Teléfono</dt><dd>"
            "600 111 222"
            "</dd><dt>Consulta</dt><dd>Necesito una cita para una revisión.</dd></dl>",
        ),
        {
            "name": "Luisa Prado",
            "email": "luisa@prado.example",
            "phone": "+34600111222",
            "message": "Necesito una cita",
        },
    ),
    "labelled lines of a French portal": (
        letter(
            "Portail <ne-pas-repondre@portail.example>",
            "agence@lac.fr",
            "Contact pour votre annonce",
            "Vous avez reçu une demande de contact.\n\nNom : Benali\nPrénom : Karim\nTéléphone : 06 "
            "12 34 56 78\n"
            "Email : karim@courriel.example\nMessage : Votre annonce est-elle encore disponible ?\n\n"
            "Se désabonner : https://portail.example/u",
        ),
        {
            "name": "Karim Benali",
            "phone": "+33612345678",
            "message": "Votre annonce est-elle encore disponible ?",
            "vendor": "Portail",
        },
    ),
    "a message on the lines below its label, with a footer": (
        letter(
            "Neri <info@neri.it>",
            "info@neri.it",
            "Richiesta dal sito",
            "Nome e cognome: Paolo Riva\nTelefono: 340 1234567\nE-mail: paolo@riva.example\nMessaggio:\n"
            "Vorrei un preventivo.\n\n--\nQuesta e-mail è stata inviata dal modulo di contatto di Neri",
            reply_to="paolo@riva.example",
        ),
        {"name": "Paolo Riva", "phone": "+393401234567", "message": "Vorrei un preventivo.", "whole": True},
    ),
    "Polish labels": (
        letter(
            "Formularz <formularz@stolarz.pl>",
            "biuro@stolarz.pl",
            "Zapytanie ze strony",
            "Imię i nazwisko: Ewa Nowak\nAdres e-mail: ewa@nowak.example\nTelefon: 601 234 567\n"
            "Treść wiadomości: Proszę o wycenę kuchni.\n\nWiadomość wysłana z formularza kontaktowego",
        ),
        {
            "name": "Ewa Nowak",
            "email": "ewa@nowak.example",
            "phone": "+48601234567",
            "message": "Proszę o wycenę",
        },
    ),
    "Japanese labels in brackets": (
        letter(
            "工務店 <wordpress@koumuten.jp>",
            "info@koumuten.jp",
            "お問い合わせ",
            "以下の内容でお問い合わせがありました。\n\n【お名前】\n佐藤 "
            "健\n【メールアドレス】\nken@sato.example\n"
            "【電話番号】\n03-1234-0000\n【お問い合わせ内容】\n見積もりをお願いします。",
            date="Tue, 10 Nov 2026 10:00:00 +0900",
        ),
        {
            "name": "佐藤 健",
            "email": "ken@sato.example",
            "phone": "+81312340000",
            "message": "見積もりをお願いします。",
        },
    ),
    "a portal's mail that looks like a list's": (
        letter(
            "Trades <leads@trades.example>",
            "crew@brushworks.com",
            "New lead: Sheila M. is looking for Interior Painting",
            date="Tue, 10 Nov 2026 10:00:00 -0600",
            html="<p><b>Sheila M.</b> is looking for Interior Painting</p><p>Phone: (312) 555-0147</p>"
            "<p><b>Project details</b><br>Two rooms before Christmas, ceilings too.</p>"
            "<p><b>Timing</b><br>Within 2 weeks</p><p>Unsubscribe</p>",
            headers={"List-Unsubscribe": "<https://trades.example/u>"},
        ),
        {
            "name": "Sheila M.",
            "email": None,
            "phone": "+13125550147",
            "message": "Two rooms before Christmas",
        },
    ),
    "a relay that carries the writer's name": (
        letter(
            "Max Ott über Markt <x9@mail.markt.example>",
            "shop@tischler.de",
            "Anfrage zu deiner Anzeige",
            "Hallo,\n\nein Interessent hat eine Anfrage geschickt.\n\nNachricht von: Max Ott\n\n"
            '"Hallo, ist der Tisch noch da?"\n\nAntworte einfach auf diese E-Mail.',
            reply_to="max@ott.example",
        ),
        {"name": "Max Ott", "email": "max@ott.example", "message": "Hallo, ist der Tisch noch da?"},
    ),
    "bullets before the labels": (
        letter(
            "Site <forms@host.example>",
            "me@roofco.com",
            "Website lead",
            "You have a new lead!\n\n* Name: Rob Lane\n* Email: rob@lane.example\n* Phone: "
            "512.555.0188\n* Zip: 78701\n"
            "* Message: A new roof after hail.\n\nView this lead in your dashboard: https://x.example/1",
            date="Tue, 10 Nov 2026 10:00:00 -0600",
        ),
        {"name": "Rob Lane", "phone": "+15125550188", "message": "A new roof after hail.", "whole": True},
    ),
    "the address in round brackets, the text without a label": (
        letter(
            "Web <web@host.example>",
            "info@maler.de",
            "Kontakt",
            "Folgende Nachricht wurde über das Kontaktformular gesendet:\n\nVon: Ali Can (ali@can.example)\n"
            "Betreff: Wohnung\n\nIch brauche ein Angebot für 3 Zimmer.",
        ),
        {"name": "Ali Can", "email": "ali@can.example", "message": "Ich brauche ein Angebot"},
    ),
    "a ruled footer under the message": (
        letter(
            "Gasthof <noreply@gasthof.de>",
            "info@gasthof.de",
            "Reservierung",
            html="<p><b>Name:</b> Petra Hahn</p><p><b>E-Mail:</b> petra@hahn.example</p><p><b>"
            "Nachricht:</b><br>"
            "Wir suchen einen Raum.</p><hr><p>Gesendet am 10.11.2026 | IP: 203.0.113.8</p>",
        ),
        {"name": "Petra Hahn", "message": "Wir suchen einen Raum.", "whole": True},
    ),
    "a letter with a signature": (
        letter(
            "Sam Poe <sam@poelogistics.example>",
            "hello@clean.ca",
            "Office cleaning",
            "Hello,\n\nwe look for weekly cleaning in Toronto. Can you send a quote?\n\nThanks,\n\nSam Poe\n"
            "Operations Manager\nPoe Logistics Inc.\n416-555-0188",
            date="Tue, 10 Nov 2026 10:00:00 -0500",
        ),
        {
            "name": "Sam Poe",
            "phone": "+14165550188",
            "company": "Poe Logistics Inc.",
            "message": "Hello, we look for weekly cleaning",
        },
    ),
}


@pytest.mark.parametrize("case", PEOPLE)
def test_the_person_is_read(case: str) -> None:
    raw, expected = PEOPLE[case]
    reading = read(raw, Known())
    assert reading.kind is MailKind.ENQUIRY, reading.why
    for key in ("name", "email", "phone", "company"):
        if key in expected:
            assert getattr(reading, key) == expected[key]
    message = " ".join(reading.message.split())
    assert (
        message == expected["message"] if expected.get("whole") else message.startswith(expected["message"])
    )
    if "vendor" in expected:
        assert reading.source.vendor == expected["vendor"]


CALLS: dict[str, tuple[bytes, str | None, str | None]] = {
    "a number in the subject": (
        letter(
            "Phones <noreply@phones.example>",
            "office@dentist.co.uk",
            "Missed call from 020 7946 0018",
            "You have missed a call from 020 7946 0018 on extension 101.",
        ),
        None,
        "+442079460018",
    ),
    "a caller with a name, and our own number": (
        letter(
            "Telefon <no-reply@telefon.de>",
            "info@praxis.de",
            "Verpasster Anruf von Anna Lenz",
            "Sie haben einen Anruf verpasst.\n\nAnrufer: Anna Lenz (030 12345699)\nAngerufene "
            "Nummer: 030 999999",
            date="Tue, 10 Nov 2026 10:00:00 +0100",
        ),
        "Anna Lenz",
        "+493012345699",
    ),
    "a withheld number": (
        letter(
            "Telefon <no-reply@telefon.de>",
            "info@praxis.de",
            "Neue Sprachnachricht",
            "Anrufer: unbekannt\nDauer: 0:21 Min.\nAngerufene Rufnummer: 030 23125100",
        ),
        None,
        None,
    ),
}


@pytest.mark.parametrize("case", CALLS)
def test_a_missed_call_names_the_caller_and_never_us(case: str) -> None:
    raw, name, phone = CALLS[case]
    reading = read(raw, Known())
    assert (reading.kind, reading.name, reading.phone) == (MailKind.MISSED_CALL, name, phone)


def test_labels_within_a_message_are_the_visitors_own_words() -> None:
    raw = letter(
        "Sign <wordpress@sign.example>",
        "info@sign.example",
        "Website",
        "From: Ida Low <ida@low.example>\nMessage:\nTwo plates please, with these lines:\n\nName: Dr Ng\n"
        "Email: desk@low.example\n\nand two in that style.",
    )
    reading = read(raw, Known())
    assert (reading.name, reading.email) == ("Ida Low", "ida@low.example")
    assert "Dr Ng" in reading.message
    assert "in that style" in reading.message


def test_page_and_campaign_are_read_and_kept_out_of_the_message() -> None:
    raw = letter(
        "Site <wordpress@roof.example>",
        "info@roof.example",
        "Website",
        "Name: Ida Low\nEmail: ida@low.example\nMessage: The roof leaks.\n---\nPage URL: "
        "https://roof.example/repair/?utm_source=google&utm_medium=cpc&utm_campaign=hail\nRemote "
        "IP: 203.0.113.9",
    )
    reading = read(raw, Known())
    assert reading.message == "The roof leaks."
    assert reading.source.page_url is not None
    assert (reading.source.utm_source, reading.source.utm_campaign) == ("google", "hail")


def test_every_further_answer_is_kept_as_a_field() -> None:
    raw = letter(
        "Site <wordpress@tent.example>",
        "info@tent.example",
        "Website",
        "Name: Ida Low\nEmail: ida@low.example\nGuests: 140\nDate of event: 12.06.2027\nMessage: "
        "With a stage.",
    )
    assert read(raw, Known()).fields == {"Guests": "140", "Date of event": "12.06.2027"}


def test_a_service_says_with_whom_before_an_address() -> None:
    body = "Conversation with Yuki Tanaka (yuki@example.jp)\n\n[10:01] Yuki Tanaka: Do you make islands?\n"
    mail = letter("SiteChat <chat@sitechat.example>", "us@firm.example", "Transcript", body)
    reading = read(mail, Known())
    assert (reading.name, reading.email) == ("Yuki Tanaka", "yuki@example.jp")


def test_a_farewell_with_an_initial_is_no_part_of_the_message() -> None:
    body = (
        "Macht ihr auch Treppen? Was kostet sowas?\nGruß H. Brandt\n\n-- \nHolger Brandt\nTel. 040 39998012\n"
    )
    reading = read(letter("Holger Brandt <h@brandt.example>", "us@firm.example", "Treppe", body), Known())
    assert reading.message == "Macht ihr auch Treppen? Was kostet sowas?"
