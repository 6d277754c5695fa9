"""The body of a mail of ours: plain text, a simple HTML twin of it where that is wished, and files."""

from __future__ import annotations

import base64
import binascii
import html
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from leaddesk.rules.capture.attachments import safe_name
from leaddesk.rules.capture.clean import lines_of

_LONGEST_PLAIN_LINE = 78
_TYPES = mimetypes.MimeTypes()
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_LINK = re.compile(r"https?://[^\s<>\"']{3,500}[^\s<>\"'.,;:!?)\]]")
_LINE = 57
"""Bytes that make a line of 76 letters in base64."""

Head = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes out with a mail."""

    name: str
    data: bytes


def body_of(
    text: str, boundary: str, files: Sequence[Enclosure] = (), *, is_html: bool = False
) -> tuple[Head, bytes]:
    """The headers that describe the body, and the body with its lines ended by CRLF.

    `boundary` is letters and figures that nobody can guess, so that no text can end a part.
    """
    part = _plain(text)
    if is_html:
        twin = _coded("text/html", _html(text))
        part = _joined("alternative", f"{boundary}a", [part, twin])
    if files:
        part = _joined("mixed", f"{boundary}m", [part, *map(_file, files)])
    return part


def wire_size(text: str, sizes: Sequence[int]) -> int:
    """About how many bytes a mail with files of these sizes has on the wire; rather more than less.

    >>> wire_size("", [57])
    2178
    """
    written = sum(-(-size // _LINE) * (_LINE // 3 * 4 + 2) + 100 for size in sizes)
    return written + 3 * len(text.encode()) + 2000


def html_of(text: str) -> str:
    """The simple twin of a plain text: its paragraphs, its lines, its links, and what is quoted set apart."""
    blocks = re.split(r"\n{2,}", lines_of(text).strip("\n"))
    return "<html><body>" + "".join(map(_block, blocks)) + "</body></html>"


def _block(block: str) -> str:
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        inner = "<br>".join(_linked(line.lstrip("> ")) for line in lines)
        return f"<blockquote>{inner}</blockquote>"
    return f"<p>{'<br>'.join(map(_linked, lines))}</p>"


def _linked(line: str) -> str:
    """One line as HTML: nothing in it means anything, but an address of the web can be pressed."""
    done, made = 0, []
    for found in _LINK.finditer(line):
        address = html.escape(found[0])
        made += [html.escape(line[done : found.start()]), f'<a href="{address}">{address}</a>']
        done = found.end()
    return "".join([*made, html.escape(line[done:])])


def _html(text: str) -> bytes:
    # A line break for each tag that ends a line, so that no line is long.
    return html_of(text).replace("<br>", "<br>\n").replace("</p>", "</p>\n").encode()


def _plain(text: str) -> tuple[Head, bytes]:
    plain = lines_of(text).rstrip("\n") + "\n"
    data = plain.replace("\n", "\r\n").encode()
    if data.isascii() and max(map(len, plain.split("\n"))) <= _LONGEST_PLAIN_LINE:
        return [("Content-Type", 'text/plain; charset="utf-8"'), ("Content-Transfer-Encoding", "7bit")], data
    return _coded("text/plain", plain.encode())


def _coded(kind: str, data: bytes) -> tuple[Head, bytes]:
    head = [("Content-Type", f'{kind}; charset="utf-8"'), ("Content-Transfer-Encoding", "quoted-printable")]
    return head, binascii.b2a_qp(data.replace(b"\n", b"\r\n"))


def _file(file: Enclosure) -> tuple[Head, bytes]:
    name = safe_name(file.name)
    head = [
        ("Content-Type", _type_of(name)),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment;\r\n {_named(name)}"),
    ]
    rows = (file.data[start : start + _LINE] for start in range(0, len(file.data), _LINE))
    return head, b"".join(base64.b64encode(row) + b"\r\n" for row in rows)


def _type_of(name: str) -> str:
    """By the ending; a mail or a text is a file too here, and shown by nobody as a part of ours."""
    kind = _TYPES.guess_type(name)[0] or ""
    is_file = _TYPE.fullmatch(kind) and not kind.startswith(("message/", "multipart/", "text/"))
    return kind if is_file else "application/octet-stream"


def _named(name: str) -> str:
    """The name of a file as a parameter: as it is where that is safe, else as RFC 2231 has it."""
    if re.fullmatch(r"[A-Za-z0-9 ._()+-]{1,60}", name):
        return f'filename="{name}"'
    coded = quote(name.encode(), safe="")
    if len(coded) <= 60:
        return f"filename*=utf-8''{coded}"
    rows = [coded[start : start + 60] for start in range(0, len(coded), 60)]
    named = [f"filename*0*=utf-8''{rows[0]}", *(f"filename*{n}*={row}" for n, row in enumerate(rows[1:], 1))]
    return ";\r\n ".join(named)


def _joined(kind: str, boundary: str, parts: Sequence[tuple[Head, bytes]]) -> tuple[Head, bytes]:
    made = b""
    for head, data in parts:
        block = "".join(f"{name}: {value}\r\n" for name, value in head)
        made += f"--{boundary}\r\n{block}\r\n".encode() + data + b"\r\n"  # which belongs to the boundary
    made += f"--{boundary}--\r\n".encode()
    return [("Content-Type", f'multipart/{kind}; boundary="{boundary}"')], made
