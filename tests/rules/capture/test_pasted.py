"""Pasted texts: chats, signatures, forms, and a bare sentence."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.pasted import TEXT_LIMIT, pasted
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.capture.read import read
from leaddesk.words.by_hand import Pasted
from leaddesk.words.mail import Known

OURS = Ours(frozenset({"us@roofs.example"}), frozenset())
HOME = Regions(("GB",))
NOWHERE = Regions(())


def told(text: str, regions: Regions = HOME) -> Pasted:
    reading = read(b"Content-Type: text/plain; charset=utf-8\n\n" + text.encode(), Known())
    return pasted(text, reading, OURS, regions)


def test_a_chat_gives_its_speaker_and_loses_its_heads() -> None:
    found = told(
        "[10:42, 24/11/2026] Ngozi Adeyemi: Hello, do you do loft conversions?\n"
        "[10:43, 24/11/2026] Ngozi Adeyemi: It's a terraced house in York"
    )
    assert found.name == "Ngozi Adeyemi"
    assert found.message == "Hello, do you do loft conversions?\nIt's a terraced house in York"


def test_a_chat_with_somebody_unsaved_gives_the_number() -> None:
    found = told("24/11/2026, 10:42 - +44 7700 900231: Roof leaks: can you come?")
    assert (found.name, found.number) == ("", "+447700900231")
    assert found.message == "Roof leaks: can you come?"


def test_the_head_of_a_message_on_a_page_is_its_name() -> None:
    found = told("Jens Petersen  11:03\nMoin, das Dach muss neu. Tel 0171 3920051", Regions(("DE",)))
    assert (found.name, found.number) == ("Jens Petersen", "+491713920051")
    assert found.message == "Moin, das Dach muss neu. Tel 0171 3920051"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, this is Ngozi Adeyemi. A leaking roof.", "Ngozi Adeyemi"),
        ("Guten Tag, mein Name ist Uta Keller und ich suche jemanden.", "Uta Keller"),
        ("Bonjour, je m'appelle Zoé Martin, notre toit fuit.", "Zoé Martin"),
        ("Hola, me llamo Inés Ruiz. ¿Tienen hueco?", "Inés Ruiz"),
        ("I am looking for a roofer", ""),
        ("A roof, please.\nCan you come on Monday?\n\nAnn Hollis", "Ann Hollis"),
    ],
)
def test_people_say_who_they_are(text: str, name: str) -> None:
    assert told(text).name == name


def test_lines_that_only_tell_how_to_reach_them_are_no_message() -> None:
    found = told("Ann Hollis\nann@hollis.example\n0131 496 0021\n\nA new kitchen by March?")
    assert found == Pasted(
        name="Ann Hollis", email="ann@hollis.example", number="+441314960021",
        message="A new kitchen by March?",
    )  # fmt: skip


def test_a_number_is_found_where_no_country_is_known() -> None:
    assert told("Please ring me on 07700 900 231 about a fence", NOWHERE).number == "07700900231"
    assert told("Order 20261124 of 12 fences", NOWHERE).number == ""


def test_our_own_address_is_nobody() -> None:
    assert told("To us@roofs.example from pat@hill.example: a fence").email == "pat@hill.example"


def test_labelled_lines_are_read_as_a_form() -> None:
    found = told("Name: Ann Hollis\nEmail: ann@hollis.example\nPhone: 0131 496 0021\nMessage: A kitchen?")
    assert (found.name, found.email, found.message) == ("Ann Hollis", "ann@hollis.example", "A kitchen?")


def test_a_bare_sentence_is_all_message() -> None:
    assert told("Roof?") == Pasted(message="Roof?")
    assert told("") == Pasted()


def test_of_a_book_the_beginning_is_read() -> None:
    assert len(told("word " * 100_000).message) <= TEXT_LIMIT
