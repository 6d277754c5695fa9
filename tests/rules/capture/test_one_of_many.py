"""Mail that greets us as one of many, that we owe something to, or that would place its links with us."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.nobody_speaks import leaves_number
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

PUT_AWAY = {
    "a customer is greeted": (
        MailKind.TRANSACTIONAL,
        letter(
            "Houtmarkt <verkoop@houtmarkt.example>",
            body="Beste klant,\n\nvan uw order staan nog 20 scharnieren open.",
        ),
    ),
    "members are greeted, and asked to tell": (
        MailKind.NEWSLETTER,
        letter(
            "Clun Valley Group <group@clunvalley.example>",
            subject="Minutes",
            body="Dear members,\n\nMinutes attached. Please let Gill know if you would like the supper.",
        ),
    ),
    "hidden to whom it went": (
        MailKind.NEWSLETTER,
        letter(
            "St Anne's PTA <pta@stannes.example>",
            to="undisclosed-recipients:;",
            subject="Christmas fair",
            body="Our fair is on Saturday, 11am to 3pm. Stalls are £15.\n\nThe PTA",
        ),
    ),
    "we owe": (
        MailKind.TRANSACTIONAL,
        letter(
            "Holz Brandner <info@holz-brandner.example>",
            subject="Zahlungserinnerung",
            body="Unsere Rechnung 77120 über 318,40 EUR ist offen. Wir bitten um Ausgleich. Fragen?",
        ),
    ),
    "a service reports on a device": (
        MailKind.TRANSACTIONAL,
        letter(
            "Copia Nube <soporte@copianube.example>",
            subject="Copia completada: PC-TALLER",
            body="La copia de PC-TALLER ha terminado el 24/11/2026 a las 01:12. 3,1 GB, 0 errores.",
        ),
    ),
    "links to be placed": (
        MailKind.SPAM,
        letter(
            "Oliver Kent <oliver@outreach.example>",
            subject="Guest post?",
            body="I would love to write a guest article with a do-follow link for my client. "
            "What do you charge for a sponsored post?",
        ),
    ),
}
SHOWN = {
    "neighbours are greeted": letter(
        "Irene Vogt <irene.vogt@post.example>",
        subject="Hoftor",
        body="Liebe Nachbarn,\n\nunser Hoftor hängt seit dem Sturm schief.",
    ),
    "long overdue": letter(
        "Nick Barr <nick@barrdental.example>",
        subject="Reception desk",
        body="Our reception is long overdue a refit, we can spend £8,000. Come and measure any Wednesday.",
    ),
    "several firms are asked in secret": letter(
        "Jo Peel <jo@peelpottery.example>",
        to="undisclosed-recipients:;",
        subject="Shelving",
        body="14 metres of shelving, 40 kg a metre. I would like to see what you suggest.",
    ),
    "another's quote": letter(
        "Lou Tanner <lou.tanner@post.example>",
        subject="Doors",
        body="Attached quotation is from another joiner, glad if you can beat it. £2,140 for 5 doors.",
    ),
    "a chat's visitor leaves a number": letter(
        "Fernhill <notifications@sitechat.example>",
        subject="New chat message from Visitor 4411",
        body="Visitor 4411\n\nhello, want a quote for 2 sash windows. my number is 07700 900871",
    ),
}


@pytest.mark.parametrize("what", PUT_AWAY)
def test_who_writes_to_one_of_many_is_put_away(what: str) -> None:
    kind, raw = PUT_AWAY[what]
    assert read(raw, Known()).kind is kind


@pytest.mark.parametrize("what", SHOWN)
def test_who_wants_something_is_shown_however_he_greets(what: str) -> None:
    assert read(SHOWN[what], Known()).kind is MailKind.ENQUIRY


@pytest.mark.parametrize("text", ["am 02/12/2026 09:40 Uhr", "DP 074 012 26 00031", "Nr. 01.12.2026"])
def test_a_date_or_a_file_number_is_no_telephone_number(text: str) -> None:
    assert not leaves_number(text)
    assert leaves_number(f"{text}, ring 01584 555 018")
