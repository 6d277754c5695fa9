"""People told in a service's sentences, data dumped into a mail's text, and labels set in other ways."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.dumped import read_dump
from leaddesk.rules.capture.form_sentences import is_forms_sentence
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.spoken import told_by
from leaddesk.rules.capture.tails import Site, without_tail
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.rules.capture.wanted import below_name, message_of
from leaddesk.words.mail import Known, Reading

WORDS = shipped()


def notice(
    body: str, sender: str = "Leadhive <bot@leadhive.example>", subject: str = "New contact"
) -> Reading:
    head = f"From: {sender}\nTo: hi@roof.example\nSubject: {subject}\nDate: Tue, 10 Nov 2026 10:21:07 +0000"
    return read(f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{body}\n".encode(), Known())


@pytest.mark.parametrize(
    ("row", "announced", "forms"),
    [
        ("You have a new message:", False, True),
        ("Ann Beck has sent you a message", False, True),
        ("Ann Beck wrote on Monday:", False, True),
        ("I saw on your website that you do decks.", False, False),
        ("We found your website through a friend.", True, False),
        ("The roof leaks at the upstand.", False, False),
    ],
)
def test_a_forms_sentence_is_told_from_the_visitors(row: str, announced: bool, forms: bool) -> None:
    assert is_forms_sentence(row, WORDS, announced=announced) is forms


def test_a_visitor_who_mentions_the_website_keeps_the_first_words() -> None:
    sheet = read_pairs("You have a new message:\n\nI saw on your website that you do decks.\n", WORDS)
    assert message_of(sheet, WORDS) == "I saw on your website that you do decks."


def test_a_sentence_tells_name_address_and_number() -> None:
    told = told_by("Ann Beck (ann@example.org, 07700 900 123) filled in the form", WORDS, is_forms=True)
    assert {pair.meaning: pair.value for pair in told} == {
        "name": "Ann Beck",
        "email": "ann@example.org",
        "phone": "07700 900 123",
    }


def test_an_address_in_the_visitors_own_sentence_is_left_to_the_message() -> None:
    assert told_by("You can write to me at ann@example.org", WORDS, is_forms=False) == ()


def test_somebody_is_nobodys_name() -> None:
    assert notice("Someone has sent you a message through your website.\n\nCan you call?").name != "Someone"


def test_a_need_and_a_later_address_make_one_person() -> None:
    body = (
        "Ann Beck needs a plumber in Bath.\n\nA tap drips, day and night.\n\n"
        "Reach her on 07700 900 123 or ann.beck@example.org."
    )
    reading = notice(body)
    assert (reading.name, reading.email, reading.phone) == (
        "Ann Beck",
        "ann.beck@example.org",
        "+447700900123",
    )
    assert reading.message == "A tap drips, day and night."


DUMPS = {
    "json": 'Entry:\n{"name": "Ann Beck",\n"email": "ann@example.org",\n "message": "Two coats, please."\n}',
    "form": "name=Ann+Beck&email=ann%40example.org&message=Two+coats%2C+please.",
    "php": "Array\n(\n [name] => Ann Beck\n [email] => ann@example.org\n [message] => Two coats, please.\n)",
    "row": 'Name,Email,Message\n"Ann Beck",ann@example.org,"Two coats, please."',
    "tabs": "Name\tEmail\tMessage\nAnn Beck\tann@example.org\tTwo coats, please.",
}


@pytest.mark.parametrize("dump", DUMPS.values(), ids=DUMPS)
def test_data_in_the_text_of_a_mail_is_read(dump: str) -> None:
    sheet = read_dump(dump, WORDS)
    assert sheet is not None
    told = {pair.meaning: pair.value for pair in sheet.pairs}
    assert told == {"name": "Ann Beck", "email": "ann@example.org", "message": "Two coats, please."}


def test_a_letter_with_commas_is_no_table() -> None:
    assert read_dump("Dear Ann,\nred, green, blue\none, two, three\n", WORDS) is None


def test_dashes_and_numbered_questions_are_labels() -> None:
    dashed = read_pairs("Name - Ann Beck\nEmail - ann@example.org\nPhone - 07700 900 123", WORDS)
    asked = read_pairs("1. What's your first name?\nAnn\n\n2. And your email?\nann@example.org\n", WORDS)
    assert dashed.values("name", "email", "phone") == ["Ann Beck", "ann@example.org", "07700 900 123"]
    assert asked.values("first_name", "email") == ["Ann", "ann@example.org"]


def test_a_dash_in_a_letter_is_no_label() -> None:
    assert read_pairs("The hall - two doors - needs paint.\nEmail - I have none.", WORDS).pairs == ()


def test_what_a_service_notes_below_goes_and_the_visitors_number_stays() -> None:
    note = "Is there a garage?\n\nRef. 2210: flat, 68 m2, 249000"
    own = "Is there a garage?\n\nRef. 2210 is what we saw, our budget: 249000"
    assert without_tail(note, None, Site("homes"), WORDS) == "Is there a garage?"
    assert without_tail(own, None, Site("homes"), WORDS) == own


def test_the_name_and_the_town_above_the_words_are_no_words() -> None:
    assert (
        below_name("Ann\n\nBath, England\n\nIs the barn warm in March?", "Ann", WORDS)
        == "Is the barn warm in March?"
    )
    assert (
        below_name("Ann here, is the barn warm?\nThanks", "Ann", WORDS)
        == "Ann here, is the barn warm?\nThanks"
    )
