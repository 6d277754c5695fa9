"""A mail handed over to another mail program: nothing is lost, and nothing slips in."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.rules.mailto import hand_over

TO = ["ngozi@example.org"]


def fields(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)


def test_recipients_subject_thread_and_text_are_in_the_link() -> None:
    told = hand_over(
        [*TO, "b+c@example.org"],
        ["d@example.org"],
        "Re: Größe & more?",
        "Hi,\n\n50% off = yes",
        "<1@x.example>",
    )
    assert told.is_whole
    assert urlsplit(told.url).path == "ngozi@example.org,b%2Bc@example.org"
    assert fields(told.url) == [
        ("cc", "d@example.org"),
        ("subject", "Re: Größe & more?"),
        ("In-Reply-To", "<1@x.example>"),
        ("body", "Hi,\r\n\r\n50% off = yes"),
    ]
    assert "+" not in told.url


def test_a_text_that_is_too_long_for_a_link_is_left_to_be_pasted() -> None:
    told = hand_over(TO, [], "Loft", "word " * 600, None)
    assert not told.is_whole
    assert told.text == "word " * 600
    assert fields(told.url) == [("subject", "Loft")]


def test_an_id_that_is_none_and_a_subject_of_two_lines_bring_no_header() -> None:
    told = hand_over(TO, [], "Loft\r\nBcc: eve@example.org", "x", "<1@x>\r\nBcc: eve@example.org")
    assert fields(told.url) == [("subject", "Loft Bcc: eve@example.org"), ("body", "x")]
    assert hand_over(TO, [], "", "", None).url == "mailto:ngozi@example.org"


@given(st.text(), st.text(), st.none() | st.text())
def test_whatever_stands_in_it_the_link_has_our_fields_alone(
    subject: str, body: str, answers: str | None
) -> None:
    told = hand_over(["a&bcc=eve@example.org"], [], subject, body, answers)
    assert told.url.isascii()
    assert len(told.url) <= 2000
    assert not any(letter.isspace() for letter in told.url)
    target, _, query = told.url.removeprefix("mailto:").partition("?")
    assert unquote(target) == "a&bcc=eve@example.org"
    assert {each.partition("=")[0] for each in query.split("&") if each} <= {"subject", "In-Reply-To", "body"}
