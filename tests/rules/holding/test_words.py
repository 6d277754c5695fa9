"""The words of a holding message: their language, nobody's own words, and an hour that is understood."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.doors.paths import resource
from leaddesk.rules.holding.words import (
    by_words,
    elsewhere,
    holding_message,
    language_for,
    read_wordings,
    with_own,
)
from leaddesk.words.holding import HoldingMessage
from leaddesk.words.holding_text import read_holding

WORDINGS = read_wordings(resource("templates/holding.toml").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 24, 21, 15, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
TOMORROW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def message(
    language: str = "en", subject: str | None = "Lofts", by: datetime | None = TOMORROW, footer: str = "",
    *, is_open: bool = False,
) -> HoldingMessage:  # fmt: skip
    return holding_message(
        WORDINGS[language], firm="Linde & Son", footer=footer, their_subject=subject, promised_at=by, now=NOW,
        zone=BERLIN, is_open=is_open,
    )  # fmt: skip


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_every_language_says_all_of_it(language: str) -> None:
    said = message(language, footer="Privacy: https://linde.example/privacy")
    assert "9:30" in said.text
    assert "Linde & Son" in said.text
    assert re.search("autom[aá]t", said.text)
    assert said.text.endswith("Privacy: https://linde.example/privacy\n")
    for text in (said.text, said.subject, elsewhere(WORDINGS[language], "Linde & Son", "")):
        assert "{{" not in text
        assert "\n\n\n" not in text
        assert len(text.encode()) < 2048


def test_the_seven_languages_are_there() -> None:
    assert set(WORDINGS) == {"en", "de", "fr", "es", "it", "nl", "pl"}


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_who_is_still_open_does_not_say_that_it_is_closed(language: str) -> None:
    """Ten minutes before the end of the day the hour is tomorrow's, and the door is open."""
    shut, still = message(language).text, message(language, is_open=True).text
    assert WORDINGS[language].closed in shut
    assert WORDINGS[language].closed not in still
    assert "9:30" in still


def test_in_open_hours_no_hour_is_promised() -> None:
    said = message(by=None)
    assert "closed" not in said.text
    assert "\n\n\n" not in said.text
    assert "a person has been alerted, and nobody has read it yet" in said.text


def test_the_subject_is_theirs_behind_one_mark() -> None:
    assert (
        message(subject="Auto: auto: Lofts\r\nBcc: x@example.org").subject == "Auto: Lofts Bcc: x@example.org"
    )
    assert len(message(subject="x" * 300).subject) == 120
    assert message(subject=None).subject == "Auto: Your message to Linde & Son"
    assert message(subject=" ").subject == "Auto: Your message to Linde & Son"


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(minutes=15), "22:30"),
        (timedelta(hours=11, minutes=15), "9:30 tomorrow (Wednesday)"),
        (timedelta(days=5, hours=11, minutes=15), "9:30 on Monday"),
        (timedelta(days=9), "22:15 on Thursday, 3 December"),
    ],
)
def test_a_moment_is_said_as_people_say_it(later: timedelta, said: str) -> None:
    assert by_words(WORDINGS["en"], NOW + later, NOW, BERLIN) == said


def test_it_answers_in_their_language_then_in_the_firms() -> None:
    german = "Guten Tag, wann haben Sie Zeit für uns?"
    assert language_for(german, "Hi, thank you for your message.", WORDINGS) == "de"
    assert language_for("OK", german, WORDINGS) == "de"
    assert language_for("お問い合わせありがとうございます", "", WORDINGS) == "en"


def test_a_text_for_elsewhere_names_no_hour_and_no_alert() -> None:
    text = elsewhere(WORDINGS["en"], "Linde & Son", "")
    assert "alerted" not in text
    assert "automatic message" in text


@pytest.mark.parametrize("language", sorted(WORDINGS))
@pytest.mark.parametrize("own", ["We answer soon.", "Hi!\n\n{{firm}}", "{{promise}}", "{{ honest }} Bye"])
def test_no_text_of_a_firm_takes_the_honest_words_out(language: str, own: str) -> None:
    wording = with_own(WORDINGS[language], own)
    said = holding_message(
        wording, firm="Linde & Son", footer="Privacy: here", their_subject="Lofts", promised_at=TOMORROW,
        now=NOW, zone=BERLIN,
    )  # fmt: skip
    assert said.text.count(wording.honest) == 1
    assert said.text.count("9:30") == 1
    assert said.text.count("Privacy: here") == 1
    assert said.subject.startswith("Auto: ")
    assert "{{" not in said.text


@given(st.text(max_size=200))
def test_whatever_a_firm_writes_the_honest_words_stand(own: str) -> None:
    said = holding_message(
        with_own(WORDINGS["en"], own), firm="", footer="", their_subject=None, promised_at=None, now=NOW,
        zone=BERLIN,
    )  # fmt: skip
    assert WORDINGS["en"].honest in said.text


def test_an_empty_text_is_ours() -> None:
    assert with_own(WORDINGS["en"], " \n") is WORDINGS["en"]


def test_no_words_of_theirs_and_no_novel_go_into_an_automatic_text() -> None:
    assert read_holding(" Hello {{firm}} {{ promise }} ") == "Hello {{firm}} {{ promise }}"
    with pytest.raises(ValueError, match=r"first_name.* is no field"):
        read_holding("Hi {{first_name}}")
    with pytest.raises(ValueError, match="at most 1,500"):
        read_holding("x" * 1501)
