"""The body of a mail of ours: its text, its HTML twin, its files."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from leaddesk.rules.parts import Enclosure, body_of, html_of, wire_size


def read(text: str, files: tuple[Enclosure, ...] = (), *, is_html: bool = False) -> EmailMessage:
    head, body = body_of(text, "b0undary", files, is_html=is_html)
    block = "".join(f"{name}: {value}\r\n" for name, value in head)
    raw = b"MIME-Version: 1.0\r\n" + block.encode() + b"\r\n" + body
    assert all(len(line) <= 998 and line.endswith(b"\r\n") for line in raw.splitlines(keepends=True))
    made = message_from_bytes(raw, policy=default)
    assert isinstance(made, EmailMessage)
    return made


def test_a_plain_text_stays_one_part() -> None:
    mail = read("Yes, we do.\nAnn")
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == ["Yes, we do.", "Ann"]


@pytest.mark.parametrize(
    "name",
    [
        "plan.pdf",
        "Größe & Plan.pdf",
        "見積書.pdf",
        "a" * 90 + ".pdf",
        'x";\r\nBcc: a@b.example.pdf',
        "../../x.pdf",
    ],
)
def test_a_file_arrives_as_it_was_under_a_harmless_name(name: str) -> None:
    data = bytes(range(256)) * 9
    mail = read("See the plan.", (Enclosure(name, data),))
    (file,) = mail.iter_attachments()
    assert file.get_payload(decode=True) == data
    assert file.get_content_type() == "application/pdf"
    told = file.get_filename() or ""
    assert told.endswith(".pdf")
    assert "/" not in told
    assert "Bcc" not in file
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["See the plan."]


@pytest.mark.parametrize("name", ["mail.eml", "page.html", "note.txt", "thing", "x.py"])
def test_what_could_be_taken_for_our_own_words_is_a_file(name: str) -> None:
    (file,) = read("Here.", (Enclosure(name, b"<b>x</b>"),)).iter_attachments()
    assert file.get_content_type() == "application/octet-stream"


def test_the_twin_says_the_same_and_nothing_in_it_is_markup_of_theirs() -> None:
    text = "Hi <b>Ngozi</b>,\n\nsee https://lofts.example/a?b=1&c=2.\nAnn\n\n> <img src=x>"
    mail = read(text, is_html=True)
    plain, twin = mail.iter_parts()
    assert (plain.get_content_type(), twin.get_content_type()) == ("text/plain", "text/html")
    page = twin.get_content()
    assert "<b>" not in page
    assert "<img" not in page
    assert "<blockquote>&lt;img" in page
    assert '<a href="https://lofts.example/a?b=1&amp;c=2">' in page
    assert "c=2</a>." in page


def test_a_twin_and_a_file_stand_beside_each_other() -> None:
    mail = read("Grüße", (Enclosure("plan.pdf", b"%PDF"),), is_html=True)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]


def test_the_size_on_the_wire_is_never_less_than_said() -> None:
    files = tuple(Enclosure(f"photo {n}.jpg", bytes(size)) for n, size in enumerate((1, 57, 58, 300_000)))
    _, body = body_of("é" * 3000, "b0undary", files)
    told = wire_size("é" * 3000, [len(each.data) for each in files])
    assert len(body) + 1000 < told + 1000
    assert told < len(body) * 1.1 + 12_000


def test_lines_and_paragraphs_stay() -> None:
    assert html_of("a\nb\n\n\nc") == "<html><body><p>a<br>b</p><p>c</p></body></html>"
