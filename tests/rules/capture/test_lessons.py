"""What a person taught, applied to mails: which lesson fits, and what it never touches."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.rules.capture.codec import from_json, known_from_json, known_to_json, to_json
from leaddesk.rules.capture.lessons import as_read, fitting, keys_of
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind, Reading
from leaddesk.words.teaching import Learned, Taught, Trait
from tests.letters import form_notice, letter

DAY = date(2026, 5, 3)
SAID_NO = "You said on 3 May 2026 that mail like this is no enquiry."
SAID_YES = "You said on 3 May 2026 that mail like this is an enquiry."
SUPPLIER = letter("Your slates are ready. Shall we bring them?", sender="Timber Yard <sales@timber.example>")
CONTACT = form_notice("Ngozi Eze", "ngozi@example.org", "A loft, please")
JOBS = form_notice("Ben Ode", "ben@example.org", "I am a roofer\nPosition: Roofer", subject="New application")
IN_THEIR_NAME = letter(
    "Name: Ann Beck\nEmail: ann@beck.example\nMessage: A loft, please", sender="Ann Beck <ann@beck.example>"
)
NEWSLETTER = letter(
    "Our offers of the week. Unsubscribe here.", sender="Shop <news@shop.example>",
    List_Unsubscribe="<mailto:stop@shop.example>", List_Id="<news.shop.example>",
)  # fmt: skip


def learned(raw: bytes, trait: Trait, taught: Taught = Taught.NO_ENQUIRY) -> Known:
    """What is known once this was taught by that mail."""
    return Known(learned=(Learned(trait, keys_of(read(raw, Known()))[trait], taught, DAY),))


def taught(raw: bytes, by: bytes, trait: Trait, word: Taught = Taught.NO_ENQUIRY) -> Reading:
    return read(raw, learned(by, trait, word))


@pytest.mark.parametrize(
    ("raw", "traits"),
    [
        pytest.param(SUPPLIER, [Trait.SENDER], id="a letter: its sender"),
        pytest.param(CONTACT, [Trait.FORM, Trait.ROBOT], id="a form: that form, then its robot"),
        pytest.param(NEWSLETTER, [Trait.ROBOT], id="a list's mail: its address"),
        pytest.param(letter(sender=None), [], id="no sender: nothing"),
        pytest.param(IN_THEIR_NAME, [], id="a form that writes in its visitors' names: nothing"),
    ],
)
def test_what_can_be_taught_by_a_mail_the_narrowest_first(raw: bytes, traits: list[Trait]) -> None:
    assert list(keys_of(read(raw, Known()))) == traits


def test_a_taught_senders_letter_is_no_enquiry_and_says_who_said_so() -> None:
    reading = taught(SUPPLIER, SUPPLIER, Trait.SENDER)
    assert (reading.kind, reading.taught) == (MailKind.TRANSACTIONAL, Taught.NO_ENQUIRY)
    assert reading.why[0] == SAID_NO
    assert reading.acknowledge is not None
    assert not reading.acknowledge.send


def test_case_makes_no_other_sender_and_another_person_there_is_another() -> None:
    shouted = letter("Ready!", sender="SALES@Timber.example")
    other = letter("Can you roof our hall?", sender="Boss <boss@timber.example>")
    assert taught(shouted, SUPPLIER, Trait.SENDER).taught is Taught.NO_ENQUIRY
    assert taught(other, SUPPLIER, Trait.SENDER).kind is MailKind.ENQUIRY


def test_a_form_that_a_taught_sender_fills_in_is_an_enquiry() -> None:
    notice = form_notice("Timber Yard", "sales@timber.example", "Could you roof our hall?")
    assert taught(notice, SUPPLIER, Trait.SENDER).kind is MailKind.ENQUIRY


def test_a_taught_form_hides_its_own_notices_and_not_those_of_the_form_beside_it() -> None:
    again = form_notice("Eva Li", "eva@example.org", "Hello\nPosition: Clerk", subject="New application")
    assert taught(again, JOBS, Trait.FORM).taught is Taught.NO_ENQUIRY
    assert taught(CONTACT, JOBS, Trait.FORM).kind is MailKind.ENQUIRY
    assert taught(JOBS, CONTACT, Trait.FORM).kind is MailKind.ENQUIRY


def test_a_taught_robot_is_all_of_its_mail() -> None:
    for raw in (CONTACT, JOBS):
        assert taught(raw, CONTACT, Trait.ROBOT).taught is Taught.NO_ENQUIRY
    assert taught(SUPPLIER, CONTACT, Trait.ROBOT).kind is MailKind.ENQUIRY


def test_the_narrowest_lesson_counts_and_of_two_alike_the_last() -> None:
    reading = read(CONTACT, Known())
    keys = keys_of(reading)
    robot = Learned(Trait.ROBOT, keys[Trait.ROBOT], Taught.NO_ENQUIRY, DAY)
    form = Learned(Trait.FORM, keys[Trait.FORM], Taught.ENQUIRY, DAY)
    later = Learned(Trait.FORM, keys[Trait.FORM], Taught.NO_ENQUIRY, date(2026, 6, 1))
    assert fitting(reading, (form, robot)) is form
    assert fitting(reading, (form, later, robot)) is later
    assert fitting(reading, ()) is None


def test_a_rescued_newsletters_next_mail_is_an_enquiry_that_is_not_acknowledged() -> None:
    reading = taught(NEWSLETTER, NEWSLETTER, Trait.ROBOT, Taught.ENQUIRY)
    assert (reading.kind, reading.why[0]) == (MailKind.ENQUIRY, SAID_YES)
    assert reading.acknowledge is not None
    assert not reading.acknowledge.send


def test_two_enquiries_through_a_rescued_robot_are_two_people() -> None:
    def notice(name: str) -> bytes:
        return letter(
            f"New order request.\nName: {name}\nEmail: {name.lower()}@mail.example\nOrder number: 7",
            sender="Portal <noreply@portal.example>",
            subject="Your order confirmation",
            Auto_Submitted="auto-generated",
        )

    first, second = (
        taught(notice(name), notice("Ann"), Trait.ROBOT, Taught.ENQUIRY) for name in ("Ann", "Bo")
    )
    assert (first.kind, first.email, first.form_notice) == (MailKind.ENQUIRY, "ann@mail.example", True)
    assert second.email == "bo@mail.example"


def test_a_robot_that_names_nobody_lends_its_address_to_no_lead() -> None:
    notice = letter("Somebody is waiting.", sender="Portal <noreply@portal.example>", subject="New lead")
    reading = taught(notice, notice, Trait.ROBOT, Taught.ENQUIRY)
    assert (reading.kind, reading.email, reading.name) == (MailKind.ENQUIRY, None, "Portal")


def test_a_rescued_person_is_who_asks() -> None:
    offer = letter(
        "Unsubscribe from our list", sender="Ann Beck <ann@beck.example>", Content_Type="text/html"
    )
    assert read(offer, Known()).kind is MailKind.NEWSLETTER
    reading = taught(offer, offer, Trait.SENDER, Taught.ENQUIRY)
    assert (reading.kind, reading.email, reading.form_notice) == (MailKind.ENQUIRY, "ann@beck.example", False)


@pytest.mark.parametrize("word", Taught)
def test_bounces_away_notes_and_our_own_mail_are_what_they_are(word: Taught) -> None:
    away = letter("I am away.", subject="Automatic reply: Loft", Auto_Submitted="auto-replied")
    key = Learned(Trait.ROBOT, "ngozi@example.org", word, DAY)
    assert read(away, Known(learned=(key,))).kind is MailKind.AUTOREPLY
    own = Known(
        own_addresses=frozenset({"ngozi@example.org"}),
        learned=(Learned(Trait.SENDER, "ngozi@example.org", word, DAY),),
    )
    assert read(letter(), own).kind is MailKind.OWN


def test_a_mail_that_no_lesson_may_hide_is_read_as_before() -> None:
    hidden, plain = taught(SUPPLIER, SUPPLIER, Trait.SENDER), read(SUPPLIER, Known())
    back = as_read(hidden)
    assert (back.kind, back.why, back.taught) == (plain.kind, plain.why, None)
    assert as_read(plain) is plain


def test_lessons_and_what_they_did_cross_the_pipe() -> None:
    known = learned(CONTACT, Trait.FORM)
    assert known_from_json(known_to_json(known)) == known
    reading = read(CONTACT, known)
    assert from_json(to_json(reading)) == reading
