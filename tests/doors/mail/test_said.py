"""A server's words before they are shown."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.doors.mail.said import said


@given(st.binary(max_size=2000) | st.text(max_size=2000))
def test_any_words_become_one_short_clean_line(words: bytes | str) -> None:
    line = said(words)
    assert len(line) <= 300
    assert line.isprintable() or not line.isascii()
    assert not {"\r", "\n", "\x1b", "\u202e", "\u2028"} & set(line)


@pytest.mark.parametrize("form", [str, lambda word: base64.b64encode(word.encode()).decode()])
def test_a_secret_is_blacked_out_in_every_form(form: object) -> None:
    assert callable(form)
    assert said(f"535 {form('hunter 2')} is wrong", "hunter 2") == "535 *** is wrong"
