"""The line in which a search found its words: as it was written, near them, whatever their form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.rules.find import folded, needles
from leaddesk.rules.found import line_with, marks

LONG = "Hello.\nWe have an old house with a big roof and would like to have a\nWet Room."


def line(words: str, *pieces: str) -> str | None:
    return line_with(pieces, needles(words))


def test_a_line_starts_near_what_was_found_and_keeps_its_case() -> None:
    assert line("wet", LONG) == "… would like to have a Wet Room."
    assert (
        line("hello", LONG)
        == "Hello. We have an old house with a big roof and would like to have a Wet Room."
    )


def test_the_first_piece_that_holds_a_word_is_shown() -> None:
    assert line("loft", "Nothing here", "The Loft", "a loft") == "The Loft"
    assert line("loft dormer", "A dormer", "A loft") == "A dormer"
    assert line("attic", "A dormer") is None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("GRÖSSE", "Die Größe zählt"),
        ("große", "Die GROSSE Frage"),
        ("mu\u0308ller", "Frau Müller"),
        ("öztürk", "Herr ÖZTU\u0308RK"),
        ("İzmir", "Aus İzmir"),
    ],
)
def test_a_word_is_found_in_any_form_of_its_letters(words: str, text: str) -> None:
    assert line(words, text) is not None


@pytest.mark.parametrize("words", ["07700 900123", "+44 7700 900 123", "0044 7700 900123", "900123"])
@pytest.mark.parametrize("number", ["+44 (0)7700 900123", "+44 7700 900-123"])
def test_a_number_is_shown_as_it_was_written(words: str, number: str) -> None:
    assert line(words, f"Ring me on {number} after six") == f"Ring me on {number} after six"


def test_a_long_line_is_cut() -> None:
    assert len(line("loft", "loft " * 200) or "") == 90


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("loft 9001", "Lofthouse, 07700 900 131", ["Loft", "900 1"]),
        ("größe", "GRÖSSE und Größe", ["GRÖSSE", "Größe"]),
        ("lo loft", "a loft", ["loft"]),
        ("12", "12 and 112", ["12", "12"]),
        ("kitchen", "a loft", []),
    ],
)
def test_what_was_found_is_marked_where_it_stands(words: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, needles(words))] == marked


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(max_size=40), st.text(max_size=8))
def test_no_text_breaks_it(text: str, words: str) -> None:
    wanted = needles(words)
    for start, end in marks(text, wanted):
        assert 0 <= start < end <= len(text)
    if wanted and all(needle in folded(text) and not needle.isdigit() for needle in wanted):
        assert line_with([text], wanted) is not None
