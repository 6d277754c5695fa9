"""Mails of ours: what was meant is what a reader finds, and no name or subject can add to it."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.rules.capture.addresses import Mailbox, read_mailboxes
from leaddesk.rules.capture.clean import clean_header
from leaddesk.rules.capture.encoded import decode_words
from leaddesk.rules.capture.headers import read_headers
from leaddesk.rules.compose import DESK_HEADER, Letter, body_hash, build, message_id

AT = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
LETTER = Letter(
    sender=Mailbox("Ann Lee", "ann@lofts.example"),
    to=(Mailbox("Ngozi Adeyemi", "ngozi@example.org"),),
    subject="Re: Loft",
    text="Yes, we can.\n",
    at=AT,
    message_id="<token@lofts.example>",
    desk="0123abcd",
)
PLAIN_HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    DESK_HEADER,
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
]
ENCODED_BREAK = "=?utf-8?q?Bob=0D=0ABcc=3A_evil=40x.example?="
HOSTILE = [
    ENCODED_BREAK,
    "Bob\r\nBcc: evil@x.example",
    "Bob\nBcc: evil@x.example",
    "Bob\u2028Bcc: evil@x.example",
    "Bob\x0bBcc: evil@x.example\x1e\x85",
    '"; <evil@x.example>, "',
    "Bob <evil@x.example>, ",
    "\\",
    "evil@x.example",
    "=?utf-8?b?Qm9iDQpCY2M6IGV2aWxAeC5leGFtcGxl?=",
    "\ud800 lone",
    "-rf",
    ":;,()<>@[]",
]


def opened(raw: bytes) -> EmailMessage:
    made = email.message_from_bytes(raw, policy=default)
    assert isinstance(made, EmailMessage)
    return made


def text_of(raw: bytes) -> str:
    return str(opened(raw).get_content()).replace("\r\n", "\n")


def names(raw: bytes) -> list[str]:
    return email.message_from_bytes(raw).keys()


def test_a_reader_finds_what_was_meant() -> None:
    mail = opened(build(LETTER))
    assert mail["from"] == "Ann Lee <ann@lofts.example>"
    assert mail["to"] == "Ngozi Adeyemi <ngozi@example.org>"
    assert mail["subject"] == "Re: Loft"
    assert mail["date"].datetime == AT
    assert mail["message-id"] == "<token@lofts.example>"
    assert mail[DESK_HEADER] == "0123abcd"
    assert mail.get_content_type() == "text/plain"
    assert text_of(build(LETTER)) == "Yes, we can.\n"


def test_every_line_ends_with_crlf_and_none_is_long() -> None:
    text = "Grüße aus Köln\n" + "ein langes Wort " * 200 + "\n" + "ü" * 3000
    references = tuple(f"<{number}{'x' * 300}@example.org>" for number in range(50))
    to = tuple(Mailbox("Jürgen Müller-Lüdenscheidt " * 4, f"a{n}@example.org") for n in range(50))
    raw = build(
        replace(LETTER, text=text, to=to, subject="ß" * 300, in_reply_to="<x@y>", references=references)
    )
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    assert text_of(raw) == text + "\n"


@pytest.mark.parametrize(
    "text",
    ["-- \nAnn", ".\n..\n.hidden", "From here on\n>From", "tab\tstays  \nblank at the end ", "", "\n\nlate"],
)
def test_the_text_arrives_as_it_was_written(text: str) -> None:
    assert text_of(build(replace(LETTER, text=text))) == text.rstrip("\n") + "\n"


def test_the_text_of_every_script_arrives() -> None:
    text = "Grüße — 你好, γειά, שלום, 👩‍👩‍👧 café"
    assert text_of(build(replace(LETTER, text=text))) == text + "\n"


def test_an_answer_names_the_mail_that_it_answers() -> None:
    raw = build(replace(LETTER, in_reply_to="<b@x>", references=("<a@x>", "<b@x>")))
    mail = opened(raw)
    assert mail["in-reply-to"] == "<b@x>"
    assert read_headers(raw)[0].get("references").split() == ["<a@x>", "<b@x>"]


def test_a_long_thread_keeps_its_first_and_its_last_mails() -> None:
    references = tuple(f"<{number}@x>" for number in range(100))
    raw = build(replace(LETTER, in_reply_to="<last@x>", references=references))
    kept = read_headers(raw)[0].get("references").split()
    assert kept[0] == "<0@x>"
    assert kept[-2:] == ["<99@x>", "<last@x>"]
    assert len(kept) == 20


@pytest.mark.parametrize("bad", ["<a b@x>", "<a\r\nBcc: e@x.example>", "no brackets", "<ü@x>", ""])
def test_a_message_id_that_cannot_stand_in_a_header_is_left_out(bad: str) -> None:
    assert names(build(replace(LETTER, in_reply_to=bad, references=("<a@x>",)))) == PLAIN_HEADERS
    raw = build(replace(LETTER, in_reply_to="<b@x>", references=("<a@x>", bad)))
    assert read_headers(raw)[0].get("references").split() == ["<a@x>", "<b@x>"]


def test_cc_stands_in_the_header() -> None:
    raw = build(replace(LETTER, cc=(Mailbox("", "cara@example.org"), Mailbox("Dé", "d@example.org"))))
    assert [a.addr_spec for a in opened(raw)["cc"].addresses] == ["cara@example.org", "d@example.org"]


def test_an_address_of_another_script_stands_as_it_is() -> None:
    raw = build(replace(LETTER, to=(Mailbox("Zoë", "zoë@xn--exmple-cua.org"),)))
    assert "<zoë@xn--exmple-cua.org>".encode() in raw


def test_message_ids_stand_at_our_own_domain() -> None:
    assert message_id("a1b2", "ann@lofts.example") == "<a1b2@lofts.example>"


def test_the_hash_covers_text_subject_and_recipients() -> None:
    hashes = {
        body_hash("s", "b", ("a@x", "c@x")),
        body_hash("s", "b", ("a@x",)),
        body_hash("s", "b ", ("a@x", "c@x")),
        body_hash("sb", "", ("a@x", "c@x")),
        body_hash("s\ud800", "b", ("a@x", "c@x")),
    }
    assert len(hashes) == 5


# -- hostile names and subjects (FAULTS T1)


def check_headers(name: str, subject: str) -> None:
    """The header block is the expected one, however it is read, and nobody else is a recipient."""
    raw = build(
        replace(
            LETTER,
            sender=Mailbox(name, "ann@lofts.example"),
            to=(Mailbox(name, "ngozi@example.org"),),
            cc=(Mailbox(name, "cara@example.org"),),
            subject=subject,
        )
    )
    expected = [*PLAIN_HEADERS[:2], "Cc", *PLAIN_HEADERS[2:]]
    assert names(raw) == expected
    headers, body = read_headers(raw)
    assert list(headers) == [header.lower() for header in expected]
    assert raw[body:] == b"Yes, we can.\r\n"
    assert [box.address for box in read_mailboxes(headers.get("to"))] == ["ngozi@example.org"]
    assert [box.address for box in read_mailboxes(headers.get("cc"))] == ["cara@example.org"]
    assert [box.address for box in read_mailboxes(headers.get("from"))] == ["ann@lofts.example"]
    assert all("\n" not in decode_words(headers.get(each)) for each in headers)
    assert headers.text("subject") == clean_header(subject)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_or_subject_adds_no_header_and_no_recipient(text: str) -> None:
    check_headers(text, text)


ODD = st.text(st.characters(codec=None), max_size=120)
PIECES = st.lists(
    st.one_of(ODD, st.sampled_from([*HOSTILE, "\r\n", "\n", "=?", "?=", '"', "\\", "<", ">", ",", "ü"])),
    max_size=6,
).map("".join)


@settings(
    max_examples=300, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(PIECES, PIECES)
def test_no_name_and_no_subject_adds_a_header(name: str, subject: str) -> None:
    check_headers(name, subject)


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_text_becomes_a_header_or_ends_the_mail(text: str) -> None:
    raw = build(replace(LETTER, text=text))
    assert names(raw) == PLAIN_HEADERS
    assert b"\n" not in raw.replace(b"\r\n", b"")
