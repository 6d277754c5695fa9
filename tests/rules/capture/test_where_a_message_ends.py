"""Where the visitor's words end in a form's notice, and where they begin."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.asked import asked
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.quotes import part
from leaddesk.rules.capture.signed_off import without_what_follows
from leaddesk.rules.capture.tails import Site, without_tail
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.rules.capture.wanted import message_of

WORDS = shipped()
FIELDS = "Name: Ann Beck\nEmail: ann@example.org\n"


def signed(text: str) -> str:
    return "\n".join(without_what_follows(text.split("\n"), "Ann Beck", WORDS))


def test_what_stands_behind_the_visitors_name_is_the_services() -> None:
    assert signed("Is the boat free in May?\n\nThanks, Ann\n\nBook early.") == (
        "Is the boat free in May?\n\nThanks, Ann"
    )


@pytest.mark.parametrize("behind", ["I am at home after six.", "PS: the gate is open."])
def test_who_still_speaks_behind_the_name_is_kept(behind: str) -> None:
    text = f"Is the boat free in May?\n\nThanks, Ann\n\n{behind}"
    assert signed(text) == text


def test_a_number_behind_the_name_is_the_signature() -> None:
    card = "Is the boat free in May?\nAnn Beck\n\n07700 900123"
    assert signed(f"{card}\n\nBook early.") == card


def test_a_name_in_the_first_words_signs_nothing() -> None:
    text = "Dear all,\nAnn Beck\n\nneeds a boat in May."
    assert signed(text) == text


def test_advice_on_trading_is_a_services_and_no_visitors() -> None:
    told = "Is it free?\n\nWho pays ahead is covered by our insurance."
    own = "Is it free?\n\nI would pay by card; does our insurance matter?"
    assert without_tail(told, None, Site("boats"), WORDS) == "Is it free?"
    assert without_tail(own, None, Site("boats"), WORDS) == own


def test_a_site_of_ours_signs_with_its_own_name() -> None:
    assert without_tail("Is it free?\n\nYour Boatyard shop", None, Site("boatyard", True), WORDS) == (
        "Is it free?"
    )


def test_a_list_in_a_message_is_no_field() -> None:
    told = read_pairs(f"{FIELDS}Message: A boat, please.\nColour: blue\nand not too small\n", WORDS)
    assert told.first("message") == "A boat, please.\nColour: blue\nand not too small"


def test_a_row_without_the_stars_of_all_labels_is_the_visitors() -> None:
    starred = (
        "*Name*: Ann Beck\n*Email*: ann@example.org\n*Message*: A boat, please.\nColour: blue\n\n*Page*: /a\n"
    )
    told = read_pairs(starred, WORDS)
    assert told.first("message") == "A boat, please.\nColour: blue"
    assert told.first("page") == "/a"


def test_a_forms_question_stands_over_its_answer() -> None:
    told = read_pairs(
        f"{FIELDS}What would you like to hire?\nA boat for six people in the first week of May.\n", WORDS
    )
    assert message_of(told, WORDS) == "A boat for six people in the first week of May."


def test_one_question_behind_an_empty_row_may_be_the_visitors() -> None:
    rows = ["Name: Ann Beck", "", "Is the boat still free?", "We would be six."]
    assert asked(rows, lambda row: row.startswith("Name")) == frozenset()


def test_a_farewell_above_the_name_belongs_to_the_signature() -> None:
    told = part("Is it free?\n\nWith kind regards from Bath\nDr. Ann Beck\nHill Boats", WORDS, "Dr. Ann Beck")
    assert (told.visible, told.signature) == (
        "Is it free?",
        "With kind regards from Bath\nDr. Ann Beck\nHill Boats",
    )


def test_a_site_is_named_as_it_calls_itself_too() -> None:
    site = Site("nagi", True, "Yoga Nagi Bath")
    assert without_tail("Is it free?\n\nYoga Nagi Bath, Hill Street", None, site, WORDS) == "Is it free?"


def test_a_site_that_sends_in_its_visitors_name_cuts_no_signature() -> None:
    text = "Is it free?\n\nAnn Beck, Bath"
    assert without_tail(text, "Ann Beck", Site("forms", False, "Ann Beck"), WORDS) == text
