"""The last lines of a follow-up: in their language, with the address; what is missing is said."""

from __future__ import annotations

import pytest

from leaddesk.rules.last_lines import last_lines, missing

ADDRESS = "Lofts Ltd\n1 High Street\nBath"


@pytest.mark.parametrize(
    ("body", "address", "what"),
    [
        (f"Hello\n\n{last_lines('Hello', ADDRESS)}", ADDRESS, None),
        ("Hello\nReply STOP.\nLofts Ltd\n1 High Street, Bath", ADDRESS, None),
        ("Hello\nReply STOP.", ADDRESS, "does not say your postal address"),
        ("Hello\nLofts Ltd, 1 High Street, Bath", ADDRESS, "how to end it"),
        ("Hello\nReply STOP.", " \n", "none is set"),
    ],
)
def test_what_is_missing_is_said(body: str, address: str, what: str | None) -> None:
    told = missing(body, address)
    assert told is None if what is None else what in (told or "")


def test_a_language_without_lines_has_english_ones() -> None:
    assert last_lines("", "") == "If you would rather not hear from us again, reply STOP."
