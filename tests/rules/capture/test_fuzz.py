"""Every reader of mail under noise: nothing uncaught, nothing over a second, nothing lost.

LEADDESK_FUZZ=20 in the environment makes twenty times as many cases, for a night.
"""

from __future__ import annotations

import base64
import os
import quopri
import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.rules.capture.codec import from_json, to_json
from leaddesk.rules.capture.html_text import html_to_text
from leaddesk.rules.capture.opened import open_mail
from leaddesk.rules.capture.parts import PART_LIMIT, take_apart
from leaddesk.rules.capture.quotes import part
from leaddesk.rules.capture.read import read
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.words.mail import Known, Reading
from tests.bench.scoring import CORPORA

TIMES = int(os.environ.get("LEADDESK_FUZZ", "1"))
LIMIT_S = 1.0
Found = TypeVar("Found")
FOLDERS = ("mail", "replies", "bounces", "autoreplies", "torture", "adf", "payloads")
FILES = {
    folder: [path.read_bytes()[:30_000] for path in sorted((CORPORA / folder).iterdir())
             if path.suffix in (".eml", ".xml", ".json", ".txt") and ".expect." not in path.name]
    for folder in FOLDERS
}  # fmt: skip
PIECES = (
    b"\r", b"\n", b"\r\n", b"\n\n", b"\x00", b"\xff", b"\xc3", b"\x1b$B", b" ", b"\t", b":", b";",
    b"=", b"=\n",
    b"=?utf-8?q?", b"?=", b"=0D=0A", b"--", b"-- \n", b"> ", b">", b"<", b"</", b"<!--", b"<![CDATA[", b"]]>",
    b"<blockquote>", b"<table><tr><td>", b"<div style='", b"&#", b"&lt;", b'"', b"'", b"(", b")", b"@", b",",
    b"From: a@b.example\n", b"To: ((((\n", b"Message-ID: <>\n",
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"\n--b\n", b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/html; charset=x-none\n",
    b"Content-Type: message/rfc822\n\n", b"Return-Path: <>\n", b"Final-Recipient: rfc822;",
    b"Status: 5.1.1\n",
    b"Am 1.1. schrieb A <a@b.example>:\n", b"Von: A\nGesendet: B\nAn: C\nBetreff: D\n", b"https://",
    b"{", b"[",
    b'{"a":', b"\\u0000", b"1e999", b"<adf>", b"</adf>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;",
    b"%00", b"&a=",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, folder: str) -> bytes:
    """A file of the corpus, pieces of it cut out, doubled, or put in where they hurt; or one cut short."""
    raw = bytearray(draw(st.sampled_from(FILES[folder])))
    for _ in range(draw(st.integers(0, 10))):
        place, size = draw(st.integers(0, len(raw))), draw(st.integers(0, 60))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6)) * draw(st.sampled_from((1, 1, 1, 300)))
        raw[place : place + size] = piece
    return bytes(raw[: draw(st.integers(0, len(raw)))] if draw(st.integers(0, 5)) == 0 else raw)


def fuzzed(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many cases, the same ones in each run."""
    return settings(
        max_examples=count * TIMES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def within_a_second(read_it: Callable[[], Found]) -> Found:
    start = time.process_time()
    found = read_it()
    assert time.process_time() - start < LIMIT_S
    return found


def check(reading: Reading) -> None:
    """It crosses the pipe, and what is shown on one line is one line."""
    assert from_json(to_json(reading)) == reading
    lines = (reading.subject, reading.from_name, reading.name or "", *reading.fields.values())
    assert not any(set(line) & set("\r\0\x1b\u2028\u202e") for line in lines)
    assert "\n" not in reading.subject + reading.from_name + (reading.name or "")
    assert not set(reading.text + reading.visible + reading.message) & set("\r\0\x1b\u202e")
    assert all("/" not in file.name and "\\" not in file.name for file in reading.attachments)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_spoiled_file_hurts(folder: str) -> None:
    @given(mutated(folder))
    @fuzzed(300 if folder == "mail" else 150)
    def each(raw: bytes) -> None:
        check(within_a_second(lambda: read(raw, Known(own_domains=frozenset({"firm.example"})))))

    each()


@given(st.binary(max_size=3000) | st.lists(st.sampled_from(PIECES), max_size=300).map(b"".join))
@fuzzed(500)
def test_no_bytes_at_all_hurt(raw: bytes) -> None:
    check(within_a_second(lambda: read(raw, Known())))


@given(st.lists(st.sampled_from(PIECES), max_size=400).map(b"".join))
@fuzzed(400)
def test_a_mail_taken_apart_stays_in_its_bounds(raw: bytes) -> None:
    found = within_a_second(lambda: take_apart(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + raw))
    assert len(found.parts) <= PART_LIMIT


TAGS = (
    "div",
    "table",
    "tr",
    "td",
    "blockquote",
    "p",
    "span",
    "b",
    "a",
    "ul",
    "li",
    "style",
    "script",
    "h1",
    "br",
)
HTML = st.lists(
    st.sampled_from([opened for tag in TAGS for opened in (f"<{tag}>", f"</{tag}>", f"<{tag} ")])
    | st.sampled_from(('class="gmail_quote">', "style='display:none'>", "<!--", "-->", "&nbsp;",
    "&#0;", "&amp"))
    | st.text(max_size=12),
    max_size=120,
).map("".join)  # fmt: skip


@given(HTML, st.sampled_from((1, 1, 1, 200)))
@fuzzed(500)
def test_no_html_hurts(html: str, times: int) -> None:
    text = within_a_second(lambda: html_to_text(html * times))
    assert "<script>" not in text or "&lt;" in html


ROWS = st.sampled_from((
    "", ">", "> x", ">> y", "--", "-- ", "___", "-----Original Message-----",
    "Am 2.11.2026 schrieb Ann <a@b.example>:",
    "On Mon, Ann wrote:", "From: Ann", "Sent: Monday", "To: Bob", "Subject: x", "Von: A",
    "Kind regards", "Ann Beck",
    "Begin forwarded message:", "Sent from my phone", "a question?", "\ue000", "\ue001", "\ue002",
    "\ue003", "\ue004",
)) | st.text(max_size=30)  # fmt: skip


@given(st.lists(ROWS, max_size=80), st.sampled_from((1, 1, 1, 50)))
@fuzzed(800)
def test_a_body_in_parts_is_still_all_there(rows: list[str], times: int) -> None:
    text = "\n".join(rows * times)
    parted = within_a_second(lambda: part(text, shipped(), "Ann Beck"))
    if times * len(rows) > 3000:
        return
    kept = "".join(f"{parted.visible}{parted.signature}{parted.quoted}".split())
    ruled = [row for row in rows if row.strip("_-=*~ ")]
    for row in ruled:
        words = "".join(row.split())
        if words.isascii() and words.isalnum():
            assert words in kept


WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12)


@st.composite
def parted_mail(draw: st.DrawFn, depth: int = 0) -> tuple[str, list[str]]:
    """A well-formed part, plain or of parts, with the words that stand in it."""
    if depth < 4 and draw(st.integers(0, 2)):
        made = [draw(parted_mail(depth + 1)) for _ in range(draw(st.integers(1, 3)))]
        mark = f"mark{depth}{draw(WORDS)}"
        body = "".join(f"--{mark}\n{text}\n" for text, _ in made)
        words = [word for _, inner in made for word in inner]
        return f'Content-Type: multipart/mixed; boundary="{mark}"\n\n{body}--{mark}--\n', words
    word = draw(WORDS)
    encoding = draw(st.sampled_from(("7bit", "base64", "quoted-printable")))
    data = f"Hello {word}\n".encode()
    encoded = {"base64": base64.encodebytes(data), "quoted-printable": quopri.encodestring(data)}
    text = encoded.get(encoding, data).decode()
    return f"Content-Type: text/plain\nContent-Transfer-Encoding: {encoding}\n\n{text}", [word]


@given(parted_mail())
@fuzzed(300)
def test_no_part_of_a_sound_mail_is_lost(made: tuple[str, list[str]]) -> None:
    text, words = made
    lines = open_mail(f"From: a@b.example\nMIME-Version: 1.0\n{text}".encode()).lines
    assert all(word in lines for word in words)


def test_the_corpus_is_there_to_be_spoiled() -> None:
    assert all(len(files) >= 8 for files in FILES.values())
