"""What an answer starts from: subject, thread, quote, greeting."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from leaddesk.rules.answer import (
    PLAIN_SUBJECT,
    Letterhead,
    answered,
    first_words,
    last_word,
    own_address,
    subject_of,
    their_address,
    without_reply_marks,
)
from leaddesk.rules.draft import first_draft
from leaddesk.rules.quote import quote
from leaddesk.words.lead import Channel
from leaddesk.words.settings import REPLY_TEMPLATE
from tests.made import account, at, called, enquiry, person, wrote
from tests.made import answered as we_wrote

BERLIN = ZoneInfo("Europe/Berlin")


def letter(minutes: float, *, ours: bool = False, subject: str = "Loft") -> Letterhead:
    return Letterhead(at=at(minutes), ours=ours, message_id=f"<{minutes}@x>", subject=subject)


# -- subject


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Loft", "Loft"),
        ("Re: Loft", "Loft"),
        ("RE: AW: sv:Loft", "Loft"),
        ("Re[2]: Loft", "Loft"),
        ("Antw.: Loft", "Antw.: Loft"),
        ("回复：阁楼", "阁楼"),
        ("Fwd: Loft", "Fwd: Loft"),
        ("Resin floor", "Resin floor"),
        ("R: preventivo", "preventivo"),
        ("Re:", ""),
        ("Re: \r\nBcc: x@y.example", "Bcc: x@y.example"),
    ],
)
def test_reply_marks_are_not_doubled(subject: str, bare: str) -> None:
    assert without_reply_marks(subject) == bare


def test_a_mail_is_answered_under_its_own_subject() -> None:
    assert subject_of(letter(0, subject="AW: Loft"), enquiry(subject="x"), is_form=False) == "Re: Loft"


def test_a_form_gives_its_subject_field_or_their_first_words() -> None:
    robots = enquiry(subject="New submission #4711", message="Hello,\ndo you fit dormers?")
    assert subject_of(None, robots, is_form=True) == "Re: do you fit dormers?"
    asked = enquiry(subject="New submission #4711", fields={"Betreff:": " Dachausbau "})
    assert subject_of(None, asked, is_form=True) == "Re: Dachausbau"


@pytest.mark.parametrize("silent", [enquiry(message=""), enquiry(message="Hello"), None])
def test_without_words_there_is_a_plain_subject(silent: object) -> None:
    assert subject_of(None, silent, is_form=True) == PLAIN_SUBJECT  # type: ignore[arg-type]  # a table
    assert subject_of(letter(0, subject="Re:"), None, is_form=False) == PLAIN_SUBJECT


def test_first_words_end_at_a_word() -> None:
    words = first_words("We would like to have the attic of our terraced house, built in 1911, insulated.")
    assert words == "We would like to have the attic of our terraced house…"


def test_a_greeting_that_asks_is_no_mere_greeting() -> None:
    assert first_words("Hi, do you fit dormers?\nThanks") == "Hi, do you fit dormers?"


# -- thread and addresses


def test_an_answer_threads_to_the_last_mail() -> None:
    assert answered([letter(0), letter(9, ours=True), letter(5)], None) == letter(9, ours=True)
    assert answered([], None) is None


def test_a_forms_notice_is_no_mail_to_thread_to() -> None:
    assert answered([letter(0), letter(1, ours=True)], since=at(2)) is None
    assert answered([letter(0), letter(3, ours=True)], since=at(2)) == letter(3, ours=True)


def test_the_last_word_is_theirs_and_no_machines() -> None:
    touches = [wrote(1, 0), wrote(2, 5), wrote(3, 9, automatic=True), we_wrote(4, 12)]
    assert last_word(touches) == touches[1]
    assert last_word([we_wrote(1, 0)]) is None


def test_from_is_the_address_they_wrote_to() -> None:
    ours = account("ann@lofts.example", own_addresses=("Info@lofts.example",))
    assert own_address(ours, ["other@x.example", "info@LOFTS.example"]) == "Info@lofts.example"
    assert own_address(ours, ["other@x.example"]) == "ann@lofts.example"


def test_a_robots_address_is_never_answered() -> None:
    ngozi = person(emails=("ngozi@work.example", "ngozi@home.example"))
    assert their_address(ngozi, "Ngozi@Home.example") == "ngozi@home.example"
    assert their_address(ngozi, "wordpress@lofts.example") == "ngozi@work.example"
    assert their_address(person(), "wordpress@lofts.example") is None


# -- quote


def test_their_words_are_quoted_with_their_time_in_our_zone() -> None:
    touch = wrote(1, 0, text="Hello,\n\nwhat is a dormer?\n> old")
    assert quote(touch, "Ngozi Eze", at(60), BERLIN) == (
        "On Mon 2 Nov at 10:00, Ngozi Eze wrote:\n> Hello,\n>\n> what is a dormer?\n> > old"
    )


def test_another_year_is_told() -> None:
    said = quote(wrote(1, 0, text="x"), "Ngozi", at(0) + timedelta(days=100), UTC)
    assert said.startswith("On Mon 2 Nov 2026 at 9:00, Ngozi wrote:")


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Guten Tag, wann haben Sie Zeit für uns?", "Am 2.11.2026 um 10:00 schrieb Jo {x}:"),
        (
            "Bonjour, pouvez-vous nous faire un devis pour le toit ?",
            "Le 02/11/2026 à 10:00, Jo {x} a écrit :",
        ),
    ],
)
def test_the_line_above_a_quote_is_in_their_language(text: str, head: str) -> None:
    assert quote(wrote(1, 0, text=text), "Jo {x}", at(0), BERLIN).startswith(f"{head}\n> {text}")


def test_a_call_is_not_quoted() -> None:
    assert quote(wrote(1, 0, channel=Channel.CALL, text="rang about a loft"), "Ngozi", at(0), UTC) == ""
    assert quote(wrote(1, 0, text="  "), "Ngozi", at(0), UTC) == ""


@pytest.mark.parametrize("text", ["line\n" * 500, "word " * 5000])
def test_a_long_mail_is_quoted_in_part(text: str) -> None:
    said = quote(wrote(1, 0, text=text), "Ngozi", at(0), UTC)
    assert len(said) < 4200
    assert said.count("\n") < 70
    assert said.endswith("\n> […]")


# -- first draft


def draft(name: str, **more: str) -> str:
    given = {
        "template": REPLY_TEMPLATE.default,
        "my_name": "Ann",
        "subject": "",
        "signature": "",
        "quoted": "",
        "opening": "thank you for your message.",
    }
    given |= more
    return first_draft(person=person(name, emails=("n@x.example",)), **given)


def test_the_first_draft_greets_by_name_signs_and_quotes() -> None:
    written = draft("Ngozi Eze", signature="Ann Lee\nLofts Ltd", quoted="On Mon, Ngozi wrote:\n> Hello")
    assert written.startswith("Hi Ngozi,\n\nthank you for your message.")
    assert written.endswith("Best wishes\nAnn\n\n-- \nAnn Lee\nLofts Ltd\n\nOn Mon, Ngozi wrote:\n> Hello")


@pytest.mark.parametrize("nobody", ["", "n@x.example", "Unknown sender", "+44 7700 900123", "…"])
def test_nobody_is_greeted_with_a_gap(nobody: str) -> None:
    assert draft(nobody).startswith("Hi,\n")


def test_a_call_of_ours_does_not_change_what_is_answered() -> None:
    from leaddesk.words.lead import Reached

    assert last_word([wrote(1, 0), called(2, 5, Reached.NO_ANSWER)]) == wrote(1, 0)
