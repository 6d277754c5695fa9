"""The parts of a text by its alphabet, and the links that carry it."""

from __future__ import annotations

import pytest

from leaddesk.rules.texting import MOST_IN_A_CODE, code_text, plain_marks, size_of, with_text


@pytest.mark.parametrize(
    ("text", "parts", "left"),
    [
        ("", 1, 160),
        ("a" * 160, 1, 0),
        ("a" * 161, 2, 2 * 153 - 161),
        ("€" * 80, 1, 0),
        ("a" * 152 + "€" + "a" * 10, 2, 153 - 12),  # the € would be cut, so a part ends before it
        ("ł" * 70, 1, 0),
        ("ł" * 71, 2, 2 * 67 - 71),
        ("😀" * 35, 1, 0),
        ("😀" * 36, 2, 67 - 6),  # a part of 67 holds 33 of them: no surrogate pair is cut
        ("Grüße, Señor! ¿Qué? Ça", 1, 160 - 22),
    ],
)
def test_parts_are_counted_as_the_network_counts_them(text: str, parts: int, left: int) -> None:
    size = size_of(text)
    assert (size.parts, size.left) == (parts, left)


def test_the_character_that_shortens_a_text_is_named() -> None:
    assert size_of("Ça va").outside == ""
    assert size_of("Zażółć").outside == "ż"
    assert size_of("it’s").words == "4 characters, 1 text (with “’” a text holds 70)"


def test_what_they_wrote_never_leaves_the_text_part_of_a_link() -> None:
    hostile = "a&body=b#c?d%20 e\nf"
    assert with_text("sms:+44770", hostile) == "sms:+44770?body=a%26body%3Db%23c%3Fd%2520%20e%0Af"
    assert with_text("https://wa.me/44770", "") == "https://wa.me/44770"


def test_a_text_too_long_for_a_code_hands_on_the_number_alone() -> None:
    assert code_text("sms:+44770", "x" * (MOST_IN_A_CODE + 1)) == "sms:+44770"
    assert code_text("https://wa.me/44770", "Hi you") == "https://wa.me/44770?text=Hi%20you"


def test_the_marks_of_print_become_those_of_a_telephone() -> None:
    assert plain_marks("“Loft” – it’s fine … „ja“ «oui»") == '"Loft" - it\'s fine ... "ja" "oui"'
    assert size_of(plain_marks("“Loft” – it’s")).outside == ""
