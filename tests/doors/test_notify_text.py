"""Text from outside on its way into a notification."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.doors.notify import Notice
from leaddesk.doors.notify.text import clip, one_line, tidy

ANYTHING = st.text(st.characters(), max_size=400)
"""Half characters too."""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ana\r\nBcc: x@example.com", "Ana Bcc: x@example.com"),
        ("a\0b", "a b"),
        ("\u200b\u2060", ""),
        ("\t a \u2028 b \u00a0\n", "a b"),
        ("\u202eevil\u202c \u2066x\u2069 \ufeffy", "evil x y"),
        ("half \udc80", "half \N{REPLACEMENT CHARACTER}"),
        ("👩‍👩‍👧 नमस्ते", "👩‍👩‍👧 नमस्ते"),
        ("<b>&amp;</b> -u %s \\n", "<b>&amp;</b> -u %s \\n"),
    ],
)
def test_a_line_is_cleaned_but_not_rewritten(text: str, line: str) -> None:
    assert one_line(text) == line


@given(ANYTHING)
def test_whatever_comes_one_clean_line_remains(text: str) -> None:
    line = one_line(text)
    assert not [sign for sign in line if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [
        sign for sign in line if unicodedata.bidirectional(sign) in ("RLO", "LRO", "RLE", "LRE", "RLI")
    ]
    assert line == line.strip() == one_line(line)


@given(ANYTHING, st.integers(1, 80))
def test_a_clipped_text_fits_by_the_measure_of_windows(text: str, units: int) -> None:
    clipped = clip(one_line(text), units)
    assert len(clipped.encode("utf-16-le")) <= 2 * units
    assert clipped == one_line(text) or clipped.endswith("…")


@given(ANYTHING, ANYTHING)
def test_a_tidy_notice_has_a_title_and_fits_everywhere(title: str, body: str) -> None:
    notice = tidy(Notice(title, body, urgent=True, key="lead:1"))
    assert notice.title
    assert len(notice.title.encode("utf-16-le")) <= 2 * 63
    assert len(notice.body.encode("utf-16-le")) <= 2 * 255
    assert (notice.urgent, notice.key) == (True, "lead:1")


def test_a_megabyte_costs_no_more_than_a_page() -> None:
    assert len(tidy(Notice("x", "word " * 200_000)).body) == 255
