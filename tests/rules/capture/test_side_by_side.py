"""Values side by side, labels that nobody writes by hand, who is told beside what they wrote, who signs."""

from __future__ import annotations

import json

import pytest

from leaddesk.rules.capture.alternating import alternating
from leaddesk.rules.capture.cells import side_by_side
from leaddesk.rules.capture.label_rows import LabelRows
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.speakers import asker, said_beside
from leaddesk.rules.capture.vocabulary import fold, shipped
from leaddesk.words.mail import Known, MailKind
from tests.rules.capture.letters import letter

WORDS = shipped()
BOLD = "\ue005"


def is_label(cell: str) -> bool:
    return fold(cell) in WORDS.labels


def told(body: str) -> list[tuple[str, str]]:
    return [(pair.label, pair.value) for pair in read_pairs(body, WORDS).pairs]


def test_four_cells_of_a_row_are_two_labelled_values() -> None:
    rows = ["Forename\t\tAnn\t\tSurname\t\tBeck", "Guests\t\t4\t\tNeeded by\t\tMay", "Comments\t\tNo nuts."]
    assert side_by_side(rows, is_label) == [
        "Forename\tAnn", "Surname\tBeck", "Guests\t4", "Needed by\tMay", "Comments\t\tNo nuts.",
    ]  # fmt: skip


def test_a_label_over_its_value_in_one_cell_stands_beside_another() -> None:
    rows = ["Name", "Ann Beck\t\tPhone", "07700 900714", "Message", "Are bills included?"]
    assert side_by_side(rows, is_label) == [
        "Name", "Ann Beck", "Phone", "07700 900714", "Message", "Are bills included?",
    ]  # fmt: skip


def test_a_row_of_labels_over_a_bold_one_of_values() -> None:
    rows = [
        "Guest\t\tDate",
        f"{BOLD}Ann Beck\t\t{BOLD}3 May",
        "Group size\t\tLanguage",
        f"{BOLD}5\t\t{BOLD}English",
    ]
    assert side_by_side(rows, is_label) == [
        "Guest\tAnn Beck", "Date\t3 May", "Group size\t5", "Language\tEnglish",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        ["Name\t\tAnn Beck", "Roof area\t\t120"],
        ["Name\t\tEmail\t\tPhone\t\tMessage", "Ann\t\ta@beck.example\t\t1\t\tHello"],
        ["Contact\t\tEmail", "Roof area\t\t120"],
    ],
)
def test_a_plain_table_stays_as_it_is(rows: list[str]) -> None:
    assert side_by_side(rows, is_label) == rows


def test_a_name_and_a_number_are_enough_for_labels_that_take_turns() -> None:
    rows = [
        "Callback wanted",
        "Name",
        "Ann Beck",
        "Phone",
        "07700 900714",
        "About what",
        "A lock that turns.",
    ]
    labels = LabelRows(WORDS)
    assert alternating(rows, labels.is_bare, labels.meaning) == {1, 3, 5}
    without_number = [
        "Callback wanted",
        "Name",
        "Ann Beck",
        "Colour",
        "Red",
        "About what",
        "A lock that turns.",
    ]
    assert not alternating(without_number, labels.is_bare, labels.meaning)


def test_a_question_with_a_colon_behind_it_ends_a_message_though_its_answer_is_empty() -> None:
    rows = "Name: Ann Beck\nMessage: Is there parking?\nWe are six.\nWhich room would you like?:"
    assert ("Message", "Is there parking?\nWe are six.") in told(rows)
    assert ("Your message", "Is there parking?") in told(
        "Name:\t\tAnn\nEmail:\t\ta@beck.example\nYour message:\t\tIs there parking?\nWhich room?:"
    )


def test_a_label_with_underscores_ends_a_message_of_several_paragraphs() -> None:
    body = (
        "full_name:\nAnn Beck\n\nmail:\na@beck.example\n\n"
        "idea_for_it:\nA heron on the forearm, black only, a hand high.\n\nWhen?\n\nfound_us:\nFriend\n"
    )
    assert told(body)[2:] == [
        ("idea_for_it", "A heron on the forearm, black only, a hand high.\nWhen?"),
        ("found_us", "Friend"),
    ]


@pytest.mark.parametrize(
    ("row", "name", "words"),
    [
        ("Sue Pargeter messaged you: could you quote?", "Sue Pargeter", "could you quote?"),
        ("Edda Fink hat dir geschrieben: Schneidet ihr Obst?", "Edda Fink", "Schneidet ihr Obst?"),
        ("Marcus Bell wrote: Do you sweep flues?", "Marcus Bell", "Do you sweep flues?"),
    ],
)
def test_one_row_tells_who_wrote_and_what(row: str, name: str, words: str) -> None:
    found = said_beside(row, WORDS)
    assert found is not None
    assert (found[0], found[2]) == (name, words)


@pytest.mark.parametrize(
    "row",
    [
        "Un acheteur potentiel vous écrit : est-elle libre ?",
        "Note: she wrote twice before.",
        "Ann wrote: yes",
    ],
)
def test_a_row_that_names_nobody_tells_nobodys_words(row: str) -> None:
    assert said_beside(row, WORDS) is None


def test_a_visitor_who_just_filled_in_a_form_is_no_name() -> None:
    assert asker("A visitor just filled in the form", WORDS) is None
    assert asker("Ann Beck just filled in the form", WORDS) == "Ann Beck"


@pytest.mark.parametrize(
    ("sender", "signature", "name"),
    [
        ("Hotel Bellariva <reception@bellariva.example>", "Kind regards\nAnn Beck\nOwner", "Ann Beck"),
        ("office@school.example", "Many thanks,\nMs A. Beck | Manager\nThe School", "A. Beck"),
        ("office@school.example", "Best\n\nAnn Beck-Ray, Nursery Manager\nThe School", "Ann Beck-Ray"),
        ("Beck Roofs <info@beckroofs.example>", "Thanks and kind regards\nAnn Beck", "Ann Beck"),
        ("Ann Beck <ann@beck.example>", "Kind regards\nAnn", "Ann Beck"),
        ("Beck Roofs <info@beckroofs.example>", "Kind regards", "Beck Roofs"),
    ],
)
def test_behind_a_firms_address_stands_who_signs(sender: str, signature: str, name: str) -> None:
    body = f"Hello,\n\ncould you mend our climbing frame?\n\n{signature}\n"
    found = read(letter(sender, body=body), Known())
    assert found.name == name
    assert found.message == "Hello,\n\ncould you mend our climbing frame?"


def test_a_subject_names_whoever_the_address_is_made_of() -> None:
    body = "Email: svenja.t@beck.example\nMessage: Can I still join the course?"
    raw = letter("Form <noreply@firm.example>", subject="New booking: Svenja Thoms", body=body)
    assert read(raw, Known()).name == "Svenja Thoms"


def test_an_address_in_the_forms_sentence_belongs_to_the_name() -> None:
    body = (
        "It was submitted by\n(gwen.parry@beck.example) on Tuesday\n\n"
        "Name: Gwen Parry\n\nPhone: 029 2018 0114\n\nComments: My boots need soles."
    )
    found = read(letter("Site <webmaster@firm.example>", body=body, subject="Form results"), Known())
    assert (found.name, found.email) == ("Gwen Parry", "gwen.parry@beck.example")


def test_characters_of_which_nothing_is_seen_are_no_text() -> None:
    found = read(letter(body="\u200b\u200d\u2060\ufeff\u2800\u3164", subject=""), Known())
    assert found.text == ""


def test_a_question_right_under_a_messages_label_is_the_message() -> None:
    body = "Name: Ann Beck\nE-mail: a@b.example\n\nMessage:\nCan two share a card?\nIf so, what is it?\n"
    assert told(body)[2] == ("Message", "Can two share a card?\nIf so, what is it?")


def test_an_italian_mobile_is_not_an_american_number() -> None:
    body = "Salve, la cella non scende sotto i 9 gradi.\n\nDistinti saluti\nPino Rey\n339 555 0166\n"
    assert read(letter("Pino Rey <info@pino.example>", body=body), Known()).phone == "+393395550166"


def test_data_tells_the_person_beside_the_site() -> None:
    mobile = {"value": "+44 7700 900123", "type": "mobile"}
    data = {"site": {"name": "Maple Tutors"}, "contact": {"name": "Ann Beck", "phones": [mobile]}}
    found = read(json.dumps(data).encode(), Known())
    assert (found.kind, found.name, found.phone) == (MailKind.ENQUIRY, "Ann Beck", "+447700900123")


@pytest.mark.parametrize(("middle", "name"), [("M.", "Luz Rey"), ("Sol", "Luz Sol Rey")])
def test_an_initial_between_the_parts_of_a_name_goes(middle: str, name: str) -> None:
    parts = f"<name part='first'>Luz</name><name part='middle'>{middle}</name><name part='last'>Rey</name>"
    contact = f"<contact>{parts}<email>luz@beck.example</email></contact>"
    raw = f"<?adf version='1.0'?><adf><prospect><customer>{contact}</customer></prospect></adf>"
    assert read(raw.encode(), Known()).name == name
