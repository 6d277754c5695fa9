"""First replies in the customer's language, and the language they wrote in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.rules.draft import first_draft
from leaddesk.rules.first_reply import (
    question_for,
    read_phrases,
    template_for,
    with_question,
)
from leaddesk.rules.language import language_of
from leaddesk.rules.template import unresolved
from leaddesk.words.lead import Person
from leaddesk.words.settings import REPLY_TEMPLATE

RESOURCES = Path(__file__).parents[2] / "resources"
PHRASES = read_phrases((RESOURCES / "templates/first-reply.toml").read_text(encoding="utf-8"))
TEMPLATES = {language: each.text for language, each in PHRASES.items()}
LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "ja"]


def written() -> Iterator[tuple[str, str]]:
    """Every message of the sample leads and of the demo, with its language."""
    for language in LANGUAGES:
        for ask in tomllib.loads((RESOURCES / f"samples/{language}.toml").read_text("utf-8"))["ask"]:
            yield language, ask["message"]
    for customer in tomllib.loads((RESOURCES / "demo/customers.toml").read_text("utf-8"))["customer"]:
        yield customer["language"], customer["message"]


@pytest.mark.parametrize(("language", "message"), list(written()))
def test_the_language_of_a_message_is_known(language: str, message: str) -> None:
    assert language_of(message) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "Rückruf 07700 900123",
        "12 m²",
        "???",
        "Preciso de um portão de correr de 4 metros",
        "Ελληνικά γράμματα",
    ],
)
def test_in_doubt_no_language_is_told(text: str) -> None:
    assert language_of(text) is None


def test_every_language_of_the_samples_has_a_template() -> None:
    assert sorted(TEMPLATES) == sorted(LANGUAGES)


def test_english_is_the_template_that_the_settings_know() -> None:
    assert TEMPLATES["en"] == REPLY_TEMPLATE.default


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_of_each_language_leaves_no_field_open(language: str) -> None:
    person = Person(name="Ngozi Adeyemi", emails=("ngozi@example.com",))
    draft = first_draft(
        TEMPLATES[language], person=person, my_name="Ann", subject="Loft", signature="", quoted=""
    )
    assert unresolved(draft) == ()
    assert "Ann" in draft
    assert "Ngozi" in draft or language in ("pl", "ja")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_name_nobody_is_greeted_with_a_gap(language: str) -> None:
    person = Person(name="ngozi@example.com", emails=("ngozi@example.com",))
    draft = first_draft(
        TEMPLATES[language], person=person, my_name="Ann", subject="Loft", signature="", quoted=""
    )
    first_line = draft.splitlines()[0]
    assert " ," not in first_line
    assert " :" not in first_line
    assert not first_line.startswith(" ")


def test_a_message_gets_the_template_of_its_language() -> None:
    assert template_for("Bonjour, pouvez-vous passer ?", TEMPLATES, "own") == TEMPLATES["fr"]
    assert template_for("OK", TEMPLATES, "own") == "own"
    assert template_for("Bonjour, pouvez-vous passer ?", {}, "own") == "own"


def test_the_question_stands_above_what_a_letter_ends_with() -> None:
    draft = "Hi Ngozi,\n\nthanks.\n\n\n\nBest wishes\nAnn"
    asked = "Hi Ngozi,\n\nthanks.\n\n\n\nHow did you hear of us?\n\nBest wishes\nAnn"
    assert with_question(draft, "How did you hear of us?") == asked


@pytest.mark.parametrize("draft", ["Thanks, we ring you.", "Hi,\n\n" + "a row of text\n" * 6])
def test_a_draft_without_an_ending_ends_with_the_question(draft: str) -> None:
    assert with_question(draft, "How?").endswith("\n\nHow?")


def test_every_language_has_its_question() -> None:
    questions = {language: each.heard for language, each in PHRASES.items()}
    assert set(questions) == set(TEMPLATES) == set(LANGUAGES)
    for language in LANGUAGES:
        phrases = PHRASES[language]
        draft = first_draft(
            phrases.text,
            person=Person(name="Ngozi Adeyemi"),
            my_name="Ann",
            subject="Loft",
            signature="",
            quoted="",
            opening=phrases.openings.by_kind["unknown"],
        )
        assert question_for(draft, questions) == questions[language], language
