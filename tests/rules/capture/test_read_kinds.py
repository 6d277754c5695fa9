"""What a mail is: tables of mails that land at a small firm, with the kind each must have."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

ANSWERED = {"In-Reply-To": "<q1@firm.example>"}
LISTED = {"List-Unsubscribe": "<https://news.example/u>"}

KINDS = {
    "an away note by its header": (
        MailKind.AUTOREPLY,
        letter(subject="Re: Offer", body="I am away.", headers={"Auto-Submitted": "auto-replied (vacation)"}),
    ),
    "an away note by its subject alone": (
        MailKind.AUTOREPLY,
        letter(subject="Automatische Antwort: Angebot", body="Ich bin nicht am Platz."),
    ),
    "a ticket system's answer": (
        MailKind.AUTOREPLY,
        letter(
            "Support <support@vendor.example>",
            subject="Re: Question [#8821]",
            body="Thanks for contacting us! This is an automated response. Your ticket number is 8821.",
            headers=ANSWERED,
        ),
    ),
    "a person who says that the answer is not automatic": (
        MailKind.REPLY,
        letter(subject="Re: Offer", body="I return on Monday.", headers={**ANSWERED, "Auto-Submitted": "no"}),
    ),
    "a person who is out today": (
        MailKind.REPLY,
        letter(subject="Re: Offer", body="I'm out of office today, call me tomorrow.", headers=ANSWERED),
    ),
    "a newsletter by its list header": (
        MailKind.NEWSLETTER,
        letter("Shop <hello@shop.example>", subject="20% off", body="Our sale. Unsubscribe", headers=LISTED),
    ),
    "a newsletter that forgot its headers": (
        MailKind.NEWSLETTER,
        letter(
            "Verband <info@verband.example>",
            subject="Newsletter November",
            body="Liebe Mitglieder,\nhier die Neuigkeiten.\nNewsletter abbestellen\nIm Browser ansehen",
        ),
    ),
    "a bill in a list's clothes": (
        MailKind.TRANSACTIONAL,
        letter(
            "Host <billing@host.example>",
            subject="Your invoice 4471",
            body="Invoice number 4471. Amount due: 20.00",
            headers=LISTED,
        ),
    ),
    "a supplier's reminder": (
        MailKind.TRANSACTIONAL,
        letter(
            "Buchhaltung <buchhaltung@bedarf.example>",
            subject="Mahnung zu Rechnung 4471",
            body="Sehr geehrte Damen und Herren,\nunsere Rechnung 4471 ist offen. Zahlbar sofort.",
        ),
    ),
    "a customer who asks for an invoice and an offer": (
        MailKind.ENQUIRY,
        letter(subject="Rechnung 2025?", body="Können Sie mir ein Angebot für einen Schrank machen?\nMia"),
    ),
    "a customer who orders by mail": (
        MailKind.ENQUIRY,
        letter(subject="Order for 20 kg", body="I would like to order 20 kg. What is the price?\nKim"),
    ),
    "a shop's order, with the buyer in Reply-To": (
        MailKind.TRANSACTIONAL,
        letter(
            "Shop <shop@firm.example>",
            subject="[Shop] New order (#881)",
            reply_to="rita@boe.example",
            body="You have received the following order from Rita Boe:\nTotal: 12\nBilling address\nRita Boe",
        ),
    ),
    "an invitation": (
        MailKind.TRANSACTIONAL,
        letter(
            subject="Invitation: meeting",
            body="--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--b--",
            headers={"Content-Type": 'multipart/mixed; boundary="b"'},
        ),
    ),
    "somebody joined the newsletter": (
        MailKind.NEWSLETTER,
        letter(
            "Site <wordpress@firm.example>",
            subject="New newsletter signup",
            body="Someone subscribed to your mailing list.\nEmail: joe@x.example",
        ),
    ),
    "an offer of search ranking": (
        MailKind.SPAM,
        letter(
            subject="Quick question about your website",
            body="I was looking at your website and noticed you are not ranking on Google ranking "
            "lists. We help "
            "businesses get more traffic. Would you be interested in a quick call?",
        ),
    ),
    "a false Re: with an offer": (
        MailKind.SPAM,
        letter(
            subject="Re: your website", body="We offer web design at an affordable price. May I send samples?"
        ),
    ),
    "marked by the server": (MailKind.SPAM, letter(headers={"X-Spam-Flag": "YES"})),
    "a lure to sign in": (
        MailKind.SPAM,
        letter(
            subject="Your mailbox is almost full",
            body="Verify your account at https://x.example to keep same password.",
        ),
    ),
    "an answer by its header": (
        MailKind.REPLY,
        letter(subject="Your offer", body="Go ahead.", headers=ANSWERED),
    ),
    "an answer to our newsletter": (
        MailKind.ENQUIRY,
        letter(
            subject="Re: Tips of the month",
            body="What do you charge for a set-up?\n\nOn Thu, 3 Apr 2025, Firm <info@firm.example> wrote:\n"
            "> Tips\n> Unsubscribe | View in browser",
            headers={"In-Reply-To": "<news-14@send.firm.example>"},
        ),
    ),
    "a plain enquiry": (MailKind.ENQUIRY, letter()),
    "nothing at all": (MailKind.UNREADABLE, b""),
}


@pytest.mark.parametrize("case", KINDS)
def test_a_mail_is_what_it_is(case: str) -> None:
    kind, raw = KINDS[case]
    reading = read(raw, Known())
    assert (reading.kind, bool(reading.why)) == (kind, True), reading.why


def test_a_colleague_is_no_lead() -> None:
    known = Known(own_domains=frozenset({"firm.example"}))
    assert read(letter("Bob <bob@firm.example>"), known).kind is MailKind.OWN


def test_a_form_that_sends_as_the_owner_is_an_enquiry_all_the_same() -> None:
    known = Known(own_addresses=frozenset({"info@firm.example"}))
    raw = letter(
        "Firm <info@firm.example>",
        reply_to="mona@baker.example",
        subject="Website",
        body="Name: Mona Baker\nEmail: mona@baker.example\nMessage: We need a fence.",
    )
    reading = read(raw, known)
    assert (reading.kind, reading.email, reading.form_notice) == (
        MailKind.ENQUIRY,
        "mona@baker.example",
        True,
    )


def test_a_forwarded_mail_gives_the_customer_and_not_the_colleague() -> None:
    raw = letter(
        "Bob <bob@firm.example>",
        subject="FW: loft",
        body="one for you\n\nFrom: Carl Moss <carl@moss.example>\nSent: 9 November 2026 09:00\n"
        "To: Bob <bob@firm.example>\nSubject: loft\n\nCan you convert our loft? 01632 960 111\nCarl",
    )
    reading = read(raw, Known(own_domains=frozenset({"firm.example"})))
    assert (reading.kind, reading.name, reading.email) == (MailKind.ENQUIRY, "Carl Moss", "carl@moss.example")
    assert reading.message.startswith("Can you convert")


def test_our_own_test_mail_is_known_by_its_token() -> None:
    reading = read(letter(headers={"X-LeadDesk-Test": "t-17", "X-LeadDesk-Desk": "d-1"}), Known())
    assert (reading.kind, reading.test_token) == (MailKind.OWN, "t-17")


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("UNSUBSCRIBE\n\nSent from my iPhone", True),
        ("Please stop emailing me.", True),
        ("Kein Interesse, bitte löschen Sie meine Daten.", True),
        ("Please do not call, write to me instead.", False),
        ("No thanks, we found someone else.", False),
        ("Does the machine stop by itself when the lid is opened?", False),
    ],
)
def test_who_asks_not_to_be_written_to_is_heard(body: str, asked: bool) -> None:
    assert read(letter(subject="Re: Offer", body=body, headers=ANSWERED), Known()).opt_out is asked
