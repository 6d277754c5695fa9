"""Mail that is broken or hostile: nothing raises or takes long, and what could be read is judged."""

from __future__ import annotations

import time

import pytest

from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known
from tests.rules.capture.letters import letter


def _nested(depth: int) -> bytes:
    opened = "".join(f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(depth))
    return f'From: a@b.example\nContent-Type: multipart/mixed; boundary="b0"\n\n{opened}text\n'.encode()


HOSTILE = {
    "an empty Message-ID": letter(headers={"Message-ID": "<>"}),
    "a bracket in the Message-ID": letter(headers={"Message-ID": "<a@[b>", "References": "<a@[b> <<>> >"}),
    "nested comments": letter(sender="(" * 5000 + "ann@beck.example"),
    "a line break in an encoded From": letter(
        sender="=?utf-8?q?Ann=0D=0ABcc:_x@y.example?= <ann@beck.example>"
    ),
    "an unknown charset": letter(headers={"Content-Type": "text/plain; charset=x-martian"}),
    "a charset that is no text": letter(headers={"Content-Type": "text/plain; charset=zlib"}),
    "32,000 quotes in From": letter(sender='"' * 32_000 + " <ann@beck.example>"),
    "20,000 addresses": letter(headers={"Cc": ", ".join(f"a{n}@b.example" for n in range(20_000))}),
    "1000 multiparts deep": _nested(1000),
    "20,000 parts": b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n'
    + b"--b\n\nx\n" * 20_000,
    "one header of a megabyte": letter(headers={"X-Long": "a" * 1_000_000}),
    "20,000 headers": letter(headers={f"X-{n}": "y" for n in range(20_000)}),
    "a megabyte of line breaks": letter(body="\n" * 1_000_000),
    "a megabyte of quote marks": letter(body="> " * 500_000),
    "a megabyte of labels": letter(body="Name: x\n" * 125_000),
    "a megabyte of divs": letter(html="<div>" * 200_000 + "x"),
    "a megabyte of unclosed tags": letter(html="<a href='" * 111_000),
    "a megabyte of unclosed comments": letter(html="<!--" * 250_000),
    "a megabyte of digits": letter(body="Phone: " + "0" * 1_000_000),
    "a word of a megabyte": letter(body="x" * 1_000_000),
    "entities that grow": letter(
        body='<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><adf><name>&b;</name></adf>'
    ),
    "JSON a hundred thousand deep": b"[" * 100_000,
    "an XML file that never closes": b"<adf>" + b"<contact>" * 30_000,
    "nothing but zeros": b"\0" * 10_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_mail_is_read_within_a_second_or_so(case: str) -> None:
    start = time.process_time()
    reading = read(HOSTILE[case], Known())
    assert time.process_time() - start < 1.5
    assert len(reading.text) <= 200_000
    assert not set(reading.subject + reading.from_name) & set("\r\n\0")


def test_the_text_of_many_parts_is_cut_and_not_lost() -> None:
    reading = read(HOSTILE["20,000 parts"], Known())
    assert reading.text.startswith("x")


def test_a_false_charset_is_read_with_replacement_marks() -> None:
    raw = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe aus Kiel"
    assert read(raw, Known()).text == "Gr\ufffd\ufffde aus Kiel"


def test_broken_base64_is_read_as_far_as_it_goes() -> None:
    raw = b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nSGVsbG8gIQ!!\n"
    assert read(raw, Known()).text.startswith("Hello !")


def test_invisible_and_turning_characters_leave_no_trace_in_a_name() -> None:
    reading = read(letter(sender="=?utf-8?q?Ann=E2=80=AE=E2=80=8B_Beck=00?= <ann@beck.example>"), Known())
    assert reading.from_name == "Ann Beck"
