"""Notices without a label for the message: services that pass on what somebody wrote to us."""

from __future__ import annotations

from leaddesk.rules.capture.posts import read_post
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter


def test_an_answer_to_our_ad_is_an_enquiry_in_its_writers_words() -> None:
    body = 'Hello,\n\nMina replied to your ad "Oak table".\n\n"Is it still there, and would you deliver?"\n'
    reading = read(letter("Markt <hello@markt.example>", subject="Oak table", body=body), Known())
    assert (reading.kind, reading.message) == (MailKind.ENQUIRY, "Is it still there, and would you deliver?")


def test_a_block_quote_is_the_message_where_no_label_names_one() -> None:
    html = (
        "<h1>Respond to Ann's inquiry</h1><p>Ann Beck</p><blockquote>Could we check in at nine?</blockquote>"
    )
    raw = letter("Rooms <notify@rooms.example>", html=html, reply_to="Ann Beck <a1@guest.example>")
    assert read(raw, Known()).message == "Could we check in at nine?"


def test_a_call_asked_for_on_a_page_keeps_number_and_page() -> None:
    body = "Callback request\n\nPhone number: +44 7700 900 612\nVisitor page: https://firm.example/kitchens"
    reading = read(letter("Ring <widget@ring.example>", subject="Callback request", body=body), Known())
    assert (reading.phone, reading.source.page_url) == ("+447700900612", "https://firm.example/kitchens")


def test_who_says_i_would_like_in_the_message_is_no_name() -> None:
    body = (
        "Ann has sent a request.\n\nHer message\nHello, I would like two lessons.\n\nEmail: ann@example.org"
    )
    reading = read(
        letter("Tutors <notify@tutors.example>", subject="Ann has sent a request", body=body), Known()
    )
    assert reading.name == "Ann"


def test_a_title_that_names_only_the_website_is_none() -> None:
    body = "Name: Ann Beck\nEmail: ann@example.org\nMessage: A loft, please"
    raw = letter("Site <wordpress@firm.example>", subject="New message from your website", body=body)
    assert read(raw, Known()).source.form is None


def test_a_posted_forms_own_name_and_the_host_are_not_the_visitor() -> None:
    posted = '{"form": {"name": "Contact"}, "organizer": {"name": "Studio", "email": "s@studio.example"},'
    posted += ' "data": {"Name": "Ann Beck", "Email": "ann@example.org"}}'
    reading = read_post(posted.encode(), shipped())
    assert (reading.name, reading.email, reading.source.form) == ("Ann Beck", "ann@example.org", "Contact")
