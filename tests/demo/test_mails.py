"""The demo's mails: each way of landing looks as it does in life, and nobody in them is real."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest

from leaddesk.demo import mails
from leaddesk.demo.cast import Customer, read_cast
from leaddesk.demo.letter import Letter, read_letter
from leaddesk.doors.paths import resource

CAST = read_cast(resource("demo/customers.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
TO = "info@hillside-lofts.example.com"
OURS = (
    b"From: Ann <info@hillside-lofts.example.com>\r\nTo: Grace Whitlock <grace.whitlock@example.com>\r\n"
    b"Subject: Re: Loft conversion, two rooms\r\nMessage-ID: <ours@hillside-lofts.example.com>\r\n"
    b"References: <first@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Hi Grace,\r\n\r\ngladly.\r\nAnn\r\n"
)


def enquiry(customer: Customer) -> EmailMessage:
    return parsed(mails.enquiry(customer, CAST, TO, AT, "token1"))


def parsed(raw: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(raw)


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    assert part is not None
    return str(part.get_content())


def by_way(way: str) -> Customer:
    return next(customer for customer in CAST.customers if customer.way == way)


def letter() -> Letter:
    read = read_letter(OURS)
    assert read is not None
    return read


@pytest.mark.parametrize("customer", CAST.customers, ids=lambda customer: customer.name)
def test_every_enquiry_names_its_person_and_says_what_they_want(customer: Customer) -> None:
    mail = enquiry(customer)
    text = body(mail)
    assert mail["Message-ID"].startswith("<token1@")
    assert mail["To"].addresses[0].addr_spec == TO
    assert mail["Date"].datetime == AT
    assert customer.message.splitlines()[0] in text
    if customer.way == "personal":
        assert mail["From"].addresses[0].addr_spec == customer.email
        assert mail["Reply-To"] is None
    else:
        assert mail["Reply-To"].addresses[0].addr_spec == customer.email
        assert customer.name in text
        assert customer.email in text


def test_the_cast_writes_in_many_languages_and_ways() -> None:
    assert {customer.language for customer in CAST.customers} == set(CAST.labels)
    assert {customer.way for customer in CAST.customers} == {
        "form",
        "contact",
        "html-form",
        "portal",
        "personal",
    }
    assert len(CAST.customers) == 12


def test_a_form_tells_its_page_and_campaign() -> None:
    text = body(enquiry(by_way("form")))
    assert "Form: Ask for a quote" in text
    assert "Page: https://hillside-lofts.example.com/pricing/?utm_source=google" in text
    assert "utm_campaign: loft_spring" in text


def test_a_portal_says_that_a_robot_wrote() -> None:
    mail = enquiry(by_way("portal"))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"].addresses[0].display_name == "Trades Near You"


def test_an_html_form_breaks_its_lines_and_escapes_what_was_typed() -> None:
    customer = by_way("html-form")
    sly = Customer(
        name="<b>Eve & Co</b>",
        email="eve@example.com",
        language="es",
        answers=(),
        way="html-form",
        subject="x",
        message="1 < 2\nand more",
    )
    assert "<br>" in body(enquiry(customer))
    assert "Nombre: &lt;b&gt;Eve &amp; Co&lt;/b&gt;<br>" in body(enquiry(sly))
    assert "1 &lt; 2<br />\nand more" in body(enquiry(sly))


def test_nobody_in_the_cast_can_really_be_reached() -> None:
    text = resource("demo/customers.toml").read_text(encoding="utf-8")
    for host in re.findall(r"[\w.+-]+@([\w.-]+\w)|https?://([^/\s\"]+)", text):
        assert re.fullmatch(r"(?:[a-z0-9-]+\.)*example\.(?:com|net|org)", "".join(host)), host
    phones = re.findall(r"(?<![\d/=_])0[\d ]{8,}\d", text)
    assert phones
    assert all(re.fullmatch(r"07700 900\d{3}|030 23125 \d{3}", phone) for phone in phones), phones


def test_no_two_people_of_the_cast_share_an_address() -> None:
    addresses = [person.email for person in (*CAST.customers, *CAST.neighbours)]
    assert len(set(addresses)) == len(addresses)


def test_an_answer_names_our_mail_and_quotes_it() -> None:
    person = CAST.person("Grace.Whitlock@example.com", "")
    mail = parsed(mails.answer(person, person.answers[0], letter(), CAST, AT, "token2"))
    assert mail["From"].addresses[0].addr_spec == "grace.whitlock@example.com"
    assert mail["To"].addresses[0].addr_spec == TO
    assert mail["Subject"] == "Re: Loft conversion, two rooms"
    assert mail["In-Reply-To"] == "<ours@hillside-lofts.example.com>"
    assert mail["References"] == "<first@example.com> <ours@hillside-lofts.example.com>"
    assert body(mail).startswith(person.answers[0].splitlines()[0])
    assert "On 24/11/2026 09:41, Ann wrote:\n> Hi Grace,\n>\n> gladly.\n> Ann\n" in body(mail)


def test_an_answer_to_a_mail_without_message_id_has_no_thread() -> None:
    raw = OURS.replace(b"Message-ID: <ours@hillside-lofts.example.com>\r\n", b"").replace(b"Re: ", b"")
    ours = read_letter(raw)
    assert ours is not None
    mail = parsed(mails.answer(CAST.person("x@example.com", "X"), "Hi", ours, CAST, AT, "token3"))
    assert mail["In-Reply-To"] is None
    assert mail["Subject"] == "Re: Loft conversion, two rooms"


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe", b"From: ann@example.com\n\nx", b"To: ann@example.com\n\nx", b"From: x\nTo: y\n\n"],
)
def test_a_mail_without_sender_or_receiver_is_no_letter(raw: bytes) -> None:
    assert read_letter(raw) is None


def test_a_letter_is_read_through_its_encodings() -> None:
    raw = (
        b"From: =?utf-8?q?J=C3=BCrgen?= <j@example.com>\nTo: =?bogus?q?x?= <b@example.com>\n"
        b"Subject: =?utf-8?b?R3LDvMOfZQ==?=\nAuto-Submitted: auto-replied\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>no</p>\n'
        b"--b\nContent-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe\n--b--\n"
    )
    read = read_letter(raw)
    assert read is not None
    assert (read.sender_name, read.subject, read.text.strip()) == ("Jürgen", "Grüße", "Grüße")
    assert read.automatic


def test_an_unknown_charset_still_gives_text() -> None:
    raw = OURS.replace(b"charset=utf-8", b"charset=klingon")
    read = read_letter(raw)
    assert read is not None
    assert "gladly" in read.text
