"""Header lines that nobody should be able to break us with."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.doors.mail.imap_heads import addresses, read_head

FIELDS = st.sampled_from([b"Message-ID", b"From", b"To", b"Subject", b"References", b"Auto-Submitted", b"X"])
VALUES = st.binary(max_size=60) | st.sampled_from(
    [b"<>", b"<a@[b>", b"=?utf-8?b?!!!?=", b"=?nonsense?q?x?=", b"((((", b'"<a@b', b"=?utf-8?q?a=0D=0AX: b?="]
)


@given(st.lists(st.tuples(FIELDS, VALUES), max_size=8))
def test_any_header_is_read(fields: list[tuple[bytes, bytes]]) -> None:
    head = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
    mail = read_head(1, None, head)
    assert "\n" not in mail.subject
    assert mail.head == head
    assert all("@" in address for address in mail.to)


@pytest.mark.parametrize("value", ['"' * 60_000, "<" * 60_000, "a@" * 30_000, "," * 60_000, "(" * 60_000])
def test_a_hostile_header_costs_no_time(value: str) -> None:
    began = time.monotonic()
    read_head(1, None, b"From: " + value.encode() + b"\r\nSubject: " + value.encode())
    assert time.monotonic() - began < 1


def test_a_display_name_that_looks_like_an_address_is_not_the_address() -> None:
    assert addresses('"boss@firm.example" <thief@evil.example>') == ("thief@evil.example",)
    assert addresses("boss@firm.example <thief@evil.example>") == ("thief@evil.example",)


def test_what_is_missing_is_none() -> None:
    mail = read_head(7, None, b"")
    assert (mail.uid, mail.message_id, mail.from_email, mail.to, mail.subject) == (7, None, None, (), "")
    assert not mail.automatic


@pytest.mark.parametrize(
    ("value", "automatic"),
    [(b"no", False), (b"No", False), (b"auto-generated", True), (b"auto-replied; x=1", True)],
)
def test_auto_submitted_tells_a_robot(value: bytes, automatic: bool) -> None:
    assert read_head(1, None, b"Auto-Submitted: " + value).automatic is automatic
