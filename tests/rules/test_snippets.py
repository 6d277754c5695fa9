"""Snippets, as they are written in the settings."""

from __future__ import annotations

import pytest

from leaddesk.words.settings import SNIPPETS
from leaddesk.words.snippets import Snippet, read_snippets, write_snippets


def test_a_snippet_may_have_lines_and_empty_ones() -> None:
    text = ";Visit May I come by?\n\nWhich day?\n\n;würde  Es würde passen."
    assert read_snippets(text) == (
        Snippet("visit", "May I come by?\n\nWhich day?"),
        Snippet("würde", "Es würde passen."),
    )


def test_what_is_written_is_read_again() -> None:
    shipped = SNIPPETS.default
    assert read_snippets(write_snippets(shipped)) == shipped
    assert read_snippets("") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("May I come by?", "begins with ';'"),
        (";a one\n;A two", "two snippets called ';a'"),
        (";a\n;b two", "';a' has no text"),
    ],
)
def test_what_is_no_list_of_snippets_is_told(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_snippets(text)
