"""How forms are read: people without labels, headings, rows that take turns, chats, cards, hidden data."""

from __future__ import annotations

import json

import pytest

from leaddesk.rules.capture.alternating import alternating
from leaddesk.rules.capture.contact_block import block_at
from leaddesk.rules.capture.label_rows import LabelRows
from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.microdata import read_items
from leaddesk.rules.capture.names import is_company, person
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.schema_org import read_schema
from leaddesk.rules.capture.sections import is_section
from leaddesk.rules.capture.transcript import visitor_said
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.rules.capture.wanted import unquoted
from leaddesk.words.mail import Known, MailKind, Reading
from tests.rules.capture.letters import letter

PORTAL = "Homes Weekly <noreply@homesweekly.example>"


def told(body: str, sender: str = PORTAL, subject: str = "New lead: 4 Mill Lane", html: str = "") -> Reading:
    return read(letter(sender, "office@firm.example", subject, body, html=html), Known())


def test_a_name_over_a_number_and_an_address_is_the_person() -> None:
    reading = told("You have a new lead!\n\nNell Arkwright\n07700 900633\nnell@arkwright.example\nNE6 5LQ\n")
    assert reading.kind is MailKind.ENQUIRY
    assert (reading.name, reading.email, reading.phone) == (
        "Nell Arkwright",
        "nell@arkwright.example",
        "+447700900633",
    )


def test_the_service_s_own_block_is_nobody_who_asks() -> None:
    reading = told("You have a new feature!\n\nHomes Support\n0800 1111 222\nhelp@homesweekly.example\n")
    assert reading.kind is MailKind.TRANSACTIONAL


def test_a_signature_under_a_letter_makes_no_form_of_it() -> None:
    body = "Hello,\n\nplease quote for a new fence.\n\nAnn Beck\n07700 900100\nann@beck.example\n"
    reading = told(body, sender="Ann Beck <ann@beck.example>", subject="A new fence")
    assert not reading.form_notice
    assert reading.message.startswith("Hello,")


@pytest.mark.parametrize(
    "rows",
    [
        ["Name", "Nell Arkwright", "Email", "nell@arkwright.example"],
        ["Harbour Lofts GmbH", "07700 900633"],
        ["Contact details", "07700 900633"],
        ["Nell Arkwright", "12 Mill Lane"],
    ],
)
def test_labels_firms_headings_and_addresses_open_no_block(rows: list[str]) -> None:
    assert block_at(rows, 0, shipped()) is None


def test_every_other_row_is_a_label_where_known_ones_take_turns() -> None:
    rows = ["Your full name", "Clem Abara", "Email", "c@abara.example", "Which cottage?", "The Dairy"]
    rows += ["Phone", "07700 900512"]
    labels = LabelRows(shipped())
    assert alternating(rows, labels.is_bare, labels.meaning) == {0, 2, 4, 6}


def test_prose_takes_no_turns() -> None:
    labels = LabelRows(shipped())
    rows = ["Hello", "we need a fence.", "It is long.", "Call me", "on Monday", "or on Tuesday", "Ann"]
    assert alternating(rows, labels.is_bare, labels.meaning) == frozenset()


@pytest.mark.parametrize(
    ("label", "value", "meaning"),
    [
        ("Name des Gastes", "Imke Brodersen", "name"),
        ("Patient's message", "I lost two molars.", "message"),
        ("Téléphone du client", "06 12 34 56 78", "phone"),
        ("Customer number", "4451120", None),
        ("Tel (optional):", "07700 900812", "phone"),
        ("Telefoon (verplicht)", "06 12345678", "phone"),
        ("Son message", "Bonjour", "message"),
        ("And a number to reach you?", "+447700900666", "phone"),
        ("Message from Ignacio", "The tank is leaking into the garage.", "message"),
        ("お問い合わせの詳細", "工場の照明を40台、交換したいです。", "message"),
    ],
)
def test_a_label_says_whose_it_is(label: str, value: str, meaning: str | None) -> None:
    assert meaning_of(label, value, shipped()) == meaning


@pytest.mark.parametrize(
    "heading", ["Contact details", "Buyer's contact details:", "Kontaktdaten des Interessenten"]
)
def test_a_heading_of_the_form_is_known(heading: str) -> None:
    assert is_section(heading, shipped())


def test_a_heading_ends_the_message() -> None:
    body = "Name: Gwen\nEmail: gwen@example.org\nMessage: Do you take plans?\n\n"
    body += "Custom fields\n------\nPlan: Delta\n"
    sheet = read_pairs(body, shipped())
    assert sheet.values("message") == ["Do you take plans?"]
    assert [pair.value for pair in sheet.pairs if pair.label == "Plan"] == ["Delta"]


def test_a_ruled_line_that_framed_the_form_ends_the_message() -> None:
    rule = "*" * 20
    body = f"{rule}\nNEW ENQUIRY\n{rule}\nName: Maeve\nEmail: m@example.org\n"
    body += f"Message:\nTwo molars.\n\n{rule}\nLog in.\n"
    assert read_pairs(body, shipped()).values("message") == ["Two molars."]


def test_bars_and_leaders_of_dots_are_tables() -> None:
    bars = "| Field | Value |\n|---|---|\n| Name | Ulrika Berg |\n| Email | u@berg.example |\n"
    dots = "Name ........ Ulrika Berg\nEmail ....... u@berg.example\n"
    for body in (bars, dots):
        sheet = read_pairs(body, shipped())
        assert (sheet.first("name"), sheet.first("email")) == ("Ulrika Berg", "u@berg.example")


def test_a_chat_gives_what_the_visitor_said() -> None:
    chat = "(09:01) Rob Trent: Does the awning fit?\n(09:02) Sam: It does.\n(09:03) Rob Trent: And the price?"
    assert visitor_said(chat, "Rob Trent") == "Does the awning fit?\nAnd the price?"


def test_opening_hours_are_no_chat() -> None:
    assert visitor_said("Monday 9:00\nWe bake.\nTuesday 10:00\nWe sell.", "Rob Trent") is None


def test_quotation_marks_end_the_message_where_the_form_goes_on() -> None:
    assert (
        unquoted("\u00ab Ma cl\u00e9 est cass\u00e9e. \u00bb\n\nNe communiquez jamais vos codes.")
        == "Ma cl\u00e9 est cass\u00e9e."
    )
    assert unquoted('"Oak" or "ash"?\n\nWhich lasts longer?').startswith('"Oak" or')


def test_who_signs_for_another_is_named_alone() -> None:
    assert person("i.A. Silke Hartwig") == "Silke Hartwig"


def test_small_words_are_no_legal_form() -> None:
    assert not is_company("Erreichbar ab 17 Uhr")
    assert is_company("Berg Arkitekter AB")


def _json_ld(kind: str) -> str:
    person_told = {"@type": "Person", "name": "Ingrid Hallam", "email": "mailto:ingrid@hallam.example"}
    data = {"@type": kind, "underName": person_told, "partySize": "6", "description": "One of us is coeliac."}
    about = {"@context": "https://schema.org", **data}
    return (
        f'<script type="application/ld+json">{json.dumps(about)}</script><p>A guest would like to come.</p>'
    )


def test_a_reservation_s_data_gives_the_guest() -> None:
    reading = told("", subject="A reservation", html=_json_ld("FoodEstablishmentReservation"))
    assert (reading.kind, reading.name, reading.email) == (
        MailKind.ENQUIRY,
        "Ingrid Hallam",
        "ingrid@hallam.example",
    )
    assert reading.message == "One of us is coeliac."
    assert reading.fields["party size"] == "6"


def test_data_of_what_somebody_bought_is_no_enquiry() -> None:
    assert read_schema(_json_ld("FlightReservation")) is None


def test_data_of_our_own_ticket_is_no_enquiry() -> None:
    markup = _json_ld("EventReservation").replace("ingrid@hallam.example", "office@firm.example")
    assert told("", subject="Your ticket", html=markup).kind is not MailKind.ENQUIRY


def test_broken_data_is_passed_over() -> None:
    assert read_schema('<script type="application/ld+json">{"@context": "schema.org", </script>') is None


def test_microdata_nests_as_the_elements_do() -> None:
    markup = (
        '<div itemscope itemtype="http://schema.org/Message"><div itemprop="sender" itemscope>'
        '<span itemprop="name">Oswald <b>Tranter</b></span>'
        '<meta itemprop="telephone" content="01632 960771"/>'
        '</div><p itemprop="text">A beech hedge.</p></div>'
    )
    item = read_items(markup)[0]
    assert item["sender"] == {"@type": "", "name": "Oswald Tranter", "telephone": "01632 960771"}
    assert item["text"] == "A beech hedge."


def test_microdata_that_is_never_closed_ends_with_the_text() -> None:
    assert read_items("<div itemscope><p itemprop=text>A hedge" + "<b>" * 200)[0]["text"] == "A hedge"


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:Kente & Co\nTEL:+447700900333\nEMAIL:{email}\nEND:VCARD"


def _with_card(email: str) -> Reading:
    card = CARD.format(name="Hannah Osei", email=email)
    body = (
        "--b\nContent-Type: text/plain\n\nCould you print 500 cards?\n"
        f'--b\nContent-Type: text/vcard; name="h.vcf"\nContent-Disposition: attachment\n\n{card}\n--b--\n'
    )
    headers = {"MIME-Version": "1.0", "Content-Type": 'multipart/mixed; boundary="b"'}
    return read(letter("h.osei@example.org", body=body, headers=headers), Known())


def test_the_sender_s_card_fills_what_the_letter_leaves_open() -> None:
    reading = _with_card("h.osei@example.org")
    assert (reading.name, reading.phone, reading.company) == ("Hannah Osei", "+447700900333", "Kente & Co")


def test_somebody_else_s_card_is_not_the_sender_s() -> None:
    reading = _with_card("someone@else.example")
    assert (reading.name, reading.phone, reading.company) == (None, None, None)


@pytest.mark.parametrize(
    ("sender", "vendor"),
    [
        ("Lofts website <wordpress@loftliving.example>", None),
        ("Loft Living <www-data@loftliving.example>", None),
        ("Kontaktformular <kontakt@loftliving.example>", None),
        ("Homes Weekly <leads@homesweekly.example>", "Homes Weekly"),
    ],
)
def test_a_website_s_own_program_is_no_portal(sender: str, vendor: str | None) -> None:
    body = "Name: Nell Arkwright\nEmail: nell@arkwright.example\nMessage: A mezzanine bed, please.\n"
    mail = letter(sender, "loftliving@gmail.com", "Contact", body)
    assert read(mail, Known()).source.vendor == vendor
