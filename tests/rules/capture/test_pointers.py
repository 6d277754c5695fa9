"""Teaching by pointing: the place of a marked value is kept, found in the next mail, and never guessed."""

from __future__ import annotations

import pytest

from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.capture.pointers import Found, find, in_words, pointer_of
from leaddesk.rules.capture.read import read
from leaddesk.words.errors import Usage
from leaddesk.words.forms import KnownForm, Mark, Marked, Pointer, Stand
from leaddesk.words.mail import Known, MailKind
from tests.letters import letter

SAMPLE = """Hallo team, somebody came by the kiosk!
Visitor
Ngozi Eze
Reach them: 0151 496 0000 (evenings)
Box: ngozi@example.org
They said
We have a loft
and no stairs.

Kiosk 4, seen on: https://lofts.example/stairs"""
NEXT = """Hallo team, somebody came by the kiosk!
Visitor
Bo Larsen
Reach them: 0151 496 0111 (evenings)
Box: bo@example.org
They said
Just a question.

Kiosk 4, seen on: https://lofts.example/roof"""
GB = Regions(("GB",))
MARKED = {
    Marked.NAME: "Ngozi Eze",
    Marked.PHONE: "0151 496 0000",
    Marked.EMAIL: "ngozi@example.org",
    Marked.MESSAGE: "We have a loft\nand no stairs.",
    Marked.PAGE: "https://lofts.example/stairs",
}


def mark(field: Marked, words: str, text: str = SAMPLE) -> Mark:
    start = text.index(words)
    return Mark(field, start, start + len(words))


def taught() -> tuple[Pointer, ...]:
    return tuple(pointer_of(SAMPLE, mark(field, words)) for field, words in MARKED.items())


def test_what_was_marked_is_found_again_in_the_sample_and_in_the_next_mail() -> None:
    assert find(taught(), SAMPLE, GB).values == {
        **MARKED,
        Marked.PHONE: "+441514960000",
    }
    assert find(taught(), NEXT, GB) == Found(
        {
            Marked.NAME: "Bo Larsen",
            Marked.PHONE: "+441514960111",
            Marked.EMAIL: "bo@example.org",
            Marked.MESSAGE: "Just a question.",
            Marked.PAGE: "https://lofts.example/roof",
        },
        (),
    )


def test_the_rule_is_the_label_before_it_or_the_row_above() -> None:
    name, phone, _, message, _ = taught()
    assert (name.stand, name.words) == (Stand.UNDER, "Visitor")
    assert (phone.stand, phone.words, phone.until) == (Stand.AFTER, "Reach them:", "(")
    assert (message.words, message.until) == ("They said", "Kiosk 4, seen on:")
    assert in_words(phone) == "phone: what stands behind “Reach them:”, up to “(”"


def test_a_changed_form_is_told_and_never_guessed() -> None:
    changed = NEXT.replace("Reach them:", "Call:").replace("bo@example.org", "not told")
    assert find(taught(), changed, GB).lost == ("phone", "email")


def test_what_the_visitor_left_empty_is_empty_and_not_lost() -> None:
    found = find(taught()[1:3], "Reach them:\nBox: bo@example.org", GB)
    assert found == Found({Marked.PHONE: None, Marked.EMAIL: "bo@example.org"}, ())


def test_a_label_is_not_the_start_of_a_longer_word() -> None:
    pointer = Pointer(Marked.NAME, Stand.AFTER, "Name")
    assert find([pointer], "Names of guests\nName Bo Larsen", GB).values == {Marked.NAME: "Bo Larsen"}


def test_the_first_row_needs_no_words() -> None:
    pointer = pointer_of("Bo Larsen\nasks", Mark(Marked.NAME, 0, 9))
    assert find([pointer], "\n Ngozi Eze\nasks", GB).values == {Marked.NAME: "Ngozi Eze"}


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        (Marked.NAME, "\n", "Nothing is marked."),
        (Marked.NAME, "Visitor\nNgozi", "Only a message goes over several rows."),
    ],
)
def test_a_mark_that_says_nothing_is_refused_in_words(field: Marked, words: str, said: str) -> None:
    with pytest.raises(Usage) as refused:
        pointer_of(SAMPLE, mark(field, words))
    assert refused.value.sentence == said


def form_mail(text: str) -> bytes:
    return letter(
        text,
        sender="Kiosk <kiosk-system@stand.example>",
        subject="Kiosk visit",
        Auto_Submitted="auto-generated",
    )


def test_the_reader_reads_the_next_mail_as_it_was_shown() -> None:
    before = read(form_mail(SAMPLE), Known())
    assert before.name != "Ngozi Eze"
    assert before.shape is not None
    known = Known(forms=(KnownForm(7, before.shape, pointers=taught()),))
    after = read(form_mail(NEXT), known)
    assert (after.kind, after.form, after.lost) == (MailKind.ENQUIRY, 7, ())
    assert (after.name, after.email, after.message) == ("Bo Larsen", "bo@example.org", "Just a question.")
    assert after.source.page_url == "https://lofts.example/roof"
    assert after.why == ("A form's notice, read as you showed.",)


def test_where_the_form_changed_the_general_reading_stands() -> None:
    plain = read(form_mail(NEXT.replace("Visitor", "Guest")), Known())
    assert plain.shape is not None
    known = Known(forms=(KnownForm(7, plain.shape, pointers=taught()),))
    told = read(form_mail(NEXT.replace("Visitor", "Guest")), known)
    assert (told.form, told.lost) == (7, ("name",))
    assert (told.kind, told.name, told.email, told.message) == (
        plain.kind,
        plain.name,
        plain.email,
        plain.message,
    )


def test_an_address_that_is_not_in_its_row_is_that_of_reply_to() -> None:
    first = read(letter(SAMPLE, sender="Kiosk <kiosk@host.example>", subject="Visitor"), Known())
    assert first.shape is not None
    known = Known(forms=(KnownForm(1, first.shape, False, taught()),))
    text = NEXT.replace("Box: bo@example.org", "Box:")
    mail = letter(text, sender="Kiosk <kiosk@host.example>", subject="Visitor", Reply_To="bo@example.org")
    reading = read(mail, known)
    assert (reading.form, reading.lost, reading.email) == (1, (), "bo@example.org")
