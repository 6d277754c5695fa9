"""When an alert comes again, and what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.rules.alerting import About, Subject, next_showing, words_for_many, words_for_one
from tests.made import at

REPEATS = (2, 5, 15, 30)
NGOZI = Subject(name="Ngozi Eze", wants="Can you quote for a loft?", about=About.NEW, since=at(0))
BOB = Subject(name="Bob", wants="Yes, Friday", about=About.ANSWERED, since=at(0))

EVE = Subject(name="Eve", wants="Call me in spring", about=About.WOKEN, since=at(0))


@pytest.mark.parametrize(
    ("shown", "now", "comes"),
    [
        (1, 0, 2),
        (2, 2, 5),
        (3, 5, 15),
        (4, 15, 30),
        (5, 30, None),
        (1, 2, 5),
        (1, 7, 15),
        (2, 20, 30),
        (1, 31, None),
        (0, 0, 2),
    ],
)
def test_an_alert_comes_again_as_it_is_set_and_makes_up_for_nothing(
    shown: int, now: float, comes: float | None
) -> None:
    expected = None if comes is None else at(comes)
    assert next_showing(at(0), shown, REPEATS, at(now)) == expected


def test_without_repeats_it_comes_once() -> None:
    assert next_showing(at(0), 1, (), at(0)) is None


@pytest.mark.parametrize(
    ("subject", "loudness", "short", "title", "body"),
    [
        (NGOZI, 1, False, "Ngozi Eze: new enquiry", "Can you quote for a loft?"),
        (BOB, 1, False, "Bob: answered", "Yes, Friday"),
        (NGOZI, 2, False, "Ngozi Eze still waits, 6 min", "Can you quote for a loft?"),
        (NGOZI, 1, True, "New enquiry", ""),
        (NGOZI, 3, True, "New enquiry, still waiting", ""),
        (BOB, 1, True, "They answered", ""),
        (EVE, 1, False, "Eve: you wanted to see this again", "Call me in spring"),
        (EVE, 2, False, "Eve: you wanted to see this again", "Call me in spring"),
        (replace(EVE, about=About.CALL), 1, False, "Eve: a call is due", "Call me in spring"),
        (replace(EVE, about=About.UNSURE), 1, True, "Your answer may not have arrived", ""),
    ],
)
def test_what_one_alert_says(subject: Subject, loudness: int, short: bool, title: str, body: str) -> None:
    words = words_for_one(subject, loudness, at(6), short=short)
    assert (words.title, words.body) == (title, body)


@pytest.mark.parametrize(
    ("subjects", "title"),
    [
        ([NGOZI] * 4, "4 new enquiries"),
        ([BOB] * 4, "4 answers"),
        ([NGOZI, BOB, BOB, NGOZI, NGOZI], "3 new enquiries and 2 answers"),
        ([NGOZI, BOB, EVE, EVE], "1 new enquiry, 1 answer and 2 reminders"),
        ([NGOZI, BOB, BOB, BOB], "1 new enquiry and 3 answers"),
        ([NGOZI, NGOZI, NGOZI, BOB], "3 new enquiries and 1 answer"),
    ],
)
def test_what_one_alert_about_many_says(subjects: list[Subject], title: str) -> None:
    assert words_for_many(subjects, short=False).title == title
    assert words_for_many(subjects, short=True).title == title


def test_an_alert_about_many_names_the_first_and_a_short_one_nobody() -> None:
    many = [NGOZI, BOB, NGOZI, BOB]
    assert words_for_many(many, short=False).body == "Ngozi Eze, Bob, Ngozi Eze and others wait for you"
    assert words_for_many(many, short=True).body == ""
