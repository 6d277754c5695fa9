"""A form is known again by what its mails share, and never by what a visitor wrote."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.codec import known_from_json, known_to_json
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.shape import akin, same_form
from leaddesk.words.forms import FormShape, KnownForm, Marked, Pointer, Stand
from leaddesk.words.mail import Known, MailKind
from tests.letters import form_notice, letter

ROBOT = "Lofts website <wordpress@lofts.example>"


def shape(raw: bytes) -> FormShape:
    found = read(raw, Known()).shape
    assert found is not None
    return found


def notice(name: str, more: str = "", subject: str = "New message from {}", sender: str = ROBOT) -> bytes:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    body = f"Name: {name}\nEmail: {email}\n{more}Message: A dormer, please."
    return letter(body, sender=sender, subject=subject.format(name), Return_Path="<www-data@host.example>")


def registered(raw: bytes) -> Known:
    return Known(frozenset({"ann@lofts.example"}), forms=(KnownForm(1, shape(raw), True),))


def test_two_visitors_of_one_form_have_one_shape() -> None:
    one, other = shape(notice("Ngozi Eze")), shape(notice("Bo Larsen"))
    assert one == other
    assert one == FormShape("wordpress@lofts.example", "new message from", ("email", "message", "name"))


def test_an_answer_left_out_is_the_same_form_and_another_form_of_the_robot_is_not() -> None:
    contact = shape(notice("Ngozi Eze", more="Phone: 0151 496 0000\nPostcode: L1 1AA\n"))
    assert same_form(contact, shape(notice("Bo Larsen")))
    sign_up = letter("Email: bo@example.org", sender=ROBOT, subject="New subscriber")
    assert not same_form(contact, shape(sign_up))
    quote = letter(
        "Company: Eze Ltd\nContact person: Ngozi Eze\nEmail: n@example.org\nRoof area: 40", sender=ROBOT,
        subject="Quote calculator",
    )  # fmt: skip
    assert not same_form(contact, shape(quote))


def test_the_same_words_from_another_robot_are_another_form() -> None:
    assert not same_form(
        shape(notice("Ngozi Eze")), shape(notice("Ngozi Eze", sender="Web <wordpress@other.example>"))
    )


def test_a_subject_that_the_visitor_wrote_is_no_part_of_the_shape() -> None:
    body = "From: Ngozi Eze <n@example.org>\nSubject: My leaking roof\n\nMessage Body:\nIt drips."
    assert shape(letter(body, sender=ROBOT, subject="My leaking roof")).subject == ""


def test_a_form_that_writes_as_its_visitor_is_known_by_its_labels() -> None:
    one = shape(notice("Ngozi Eze", sender="Ngozi Eze <ngozi@example.org>"))
    other = shape(notice("Bo Larsen", sender="Bo Larsen <bo@example.org>"))
    assert (one.sender, other.sender) == ("", "")
    assert same_form(one, other)


def test_a_changed_form_is_akin_but_not_the_same() -> None:
    old = FormShape("web@lofts.example", "new enquiry", ("your name", "your email", "your wish"))
    new = FormShape("web@lofts.example", "new enquiry", ("full name", "mail", "project", "phone"))
    assert akin(old, new)
    assert not same_form(old, new)


def test_a_registered_form_may_be_acknowledged_at_the_address_in_it() -> None:
    raw = notice("Bo Larsen", sender="Ann <ann@lofts.example>")
    before = read(raw, Known(frozenset({"ann@lofts.example"}))).acknowledge
    assert before is not None
    assert before.send is False
    after = read(raw, registered(notice("Ngozi Eze", sender="Ann <ann@lofts.example>"))).acknowledge
    assert after is not None
    assert (after.send, after.to) == (True, "bo@example.org")


def test_registering_one_form_of_a_robot_says_nothing_of_its_others() -> None:
    known = registered(notice("Ngozi Eze"))
    other = letter(
        "Company: Eze Ltd\nName: Bo\nEmail: bo@example.org\nRoof area: 40", sender=ROBOT, subject="Calculator"
    )
    acknowledge = read(other, known).acknowledge
    assert acknowledge is not None
    assert acknowledge.send is False


def test_a_registered_form_that_tells_no_address_is_not_acknowledged() -> None:
    known = registered(notice("Ngozi Eze"))
    raw = letter(
        "Name: Bo Larsen\nPhone: 0151 496 0000\nMessage: Ring me.",
        sender=ROBOT,
        subject="New message from Bo",
    )
    reading = read(raw, known)
    assert reading.acknowledge is not None
    assert (reading.acknowledge.send, reading.acknowledge.to) == (False, None)


@pytest.mark.parametrize("subject", ["Your order confirmation", "Payment received: invoice 12"])
def test_a_registered_form_is_an_enquiry_whatever_its_words_look_like(subject: str) -> None:
    raw = form_notice("Ngozi Eze", "n@example.org", "My order never came; payment was made.", subject=subject)
    found = shape(raw)
    assert read(raw, Known(forms=(KnownForm(3, found, True),))).kind is MailKind.ENQUIRY


def test_what_is_known_of_forms_goes_through_the_pipe() -> None:
    pointer = Pointer(Marked.NAME, Stand.AFTER, "Who:", "(")
    known = Known(forms=(KnownForm(1, shape(notice("Bo Larsen")), True, (pointer,)),))
    assert known_from_json(known_to_json(known)) == known
