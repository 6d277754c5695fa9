"""A mail taken apart into its parts: one pass over the bytes, bounded in size, depth and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leaddesk.rules.capture.encoded import decode, decode_words, from_base64, from_quoted_printable
from leaddesk.rules.capture.headers import Headers, parameters, read_headers

MAIL_LIMIT = 10 * 1024 * 1024
"""Bytes of a mail that are read."""
DEPTH_LIMIT = 20
PART_LIMIT = 200
SECTION_LIMIT = 400
"""Boundary lines of the whole mail that are followed."""
TEXT_BYTES = 1024 * 1024
"""Bytes of one text part that are decoded."""

_DASHES = re.compile(rb"(?:^|[\r\n])--([^\r\n]{1,100}?)[ \t]*[\r\n]")
_REST_OF_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r\n|[\r\n]|\Z)")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the mail; `body` is still encoded. `inside` is the type of the multipart around it."""

    headers: Headers
    type: str
    parameters: dict[str, str]
    body: bytes
    inside: str

    @property
    def disposition(self) -> str:
        return self.headers.word("content-disposition")

    @property
    def file_name(self) -> str:
        """The name as the sender gave it: not safe for a file system."""
        named = parameters(self.headers.get("content-disposition")).get("filename")
        return decode_words(named or self.parameters.get("name", ""))

    @property
    def is_attachment(self) -> bool:
        if self.inside == "multipart/report":
            return False
        if self.disposition == "attachment":
            return True
        return bool(self.file_name) or not self.type.startswith("text/")

    def content(self, limit: int | None = None) -> bytes:
        """The decoded bytes, of the first `limit` encoded ones."""
        data = self.body[:limit]
        encoding = self.headers.word("content-transfer-encoding")
        if encoding == "base64":
            return from_base64(data)
        return from_quoted_printable(data) if encoding == "quoted-printable" else data

    def text(self) -> str:
        data = self.content(TEXT_BYTES)
        charset = self.parameters.get("charset", "")
        if not charset and self.type == "text/html":
            match = _META_CHARSET.search(data[:4096])
            charset = match[1].decode("ascii") if match else ""
        return decode(data, charset)


@dataclass(frozen=True, slots=True)
class Structure:
    """Headers of the mail and its leaves in order."""

    headers: Headers
    type: str
    parameters: dict[str, str]
    parts: tuple[Part, ...]


def take_apart(raw: bytes, limit: int = MAIL_LIMIT) -> Structure:
    """The structure of `raw`, of which at most `limit` bytes are looked at. Never raises."""
    raw = raw[:limit]
    headers, start = read_headers(raw, _mbox_line(raw))
    kind = _type(headers, "text/plain")
    walk = _Walk(raw)
    walk.down(start, len(raw), headers, kind)
    return Structure(headers, kind, parameters(headers.get("content-type")), tuple(walk.leaves))


def _mbox_line(raw: bytes) -> int:
    """The length of a leading "From " line, as mailbox files have it, and of empty lines."""
    start = len(raw) - len(raw.lstrip(b"\r\n"))
    if raw[start : start + 5] == b"From " or raw[start : start + 6] == b">From ":
        end = raw.find(b"\n", start)
        return end + 1 if end >= 0 else len(raw)
    return start


def _type(headers: Headers, default: str) -> str:
    value = headers.get("content-type").split(";", 1)[0].strip().lower()
    main, slash, sub = value.partition("/")
    return value if slash and main and sub else (f"{main}/" if main == "multipart" else default)


class _Walk:
    """One way down the tree of parts, with a budget of sections for the whole mail."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._sections_left = SECTION_LIMIT
        self.leaves: list[Part] = []

    def down(
        self, start: int, end: int, headers: Headers, kind: str, inside: str = "", depth: int = 0
    ) -> None:
        given = parameters(headers.get("content-type"))
        if not kind.startswith("multipart/"):
            self.leaves.append(Part(headers, kind, given, self._raw[start:end], inside))
            return
        if depth >= DEPTH_LIMIT:
            return
        boundary = _boundary(self._raw, start, end, given)
        sections = list(self._sections(start, end, boundary)) if boundary else []
        if not sections:
            self.leaves.append(Part(headers, "text/plain", given, self._raw[start:end], inside))
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        for section_start, section_end in sections:
            if len(self.leaves) >= PART_LIMIT:
                return
            inner, body = read_headers(self._raw, section_start, section_end)
            self.down(body, section_end, inner, _type(inner, default), kind, depth + 1)

    def _sections(self, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
        """Start and end of each section between boundary lines; one that is not closed goes to the end."""
        opened = -1
        for line_start, line_end, closing in _boundary_lines(self._raw, start, end, b"--" + boundary):
            if opened >= 0:
                yield opened, max(opened, line_start)
            opened = -1 if closing else line_end
            self._sections_left -= 1
            if closing or self._sections_left <= 0:
                break
        if opened >= 0:
            yield opened, end


def _boundary_lines(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each boundary line begins (its line break included) and ends, and whether it closes."""
    place = raw.find(mark, start, end)
    while place >= 0:
        rest = _REST_OF_BOUNDARY.match(raw, place + len(mark), end)
        if rest and (place == start or raw[place - 1] in b"\r\n"):
            yield _before_break(raw, place), rest.end(), bool(rest[1])
        place = raw.find(mark, place + len(mark), end)


def _before_break(raw: bytes, place: int) -> int:
    """The place before the line break that ends at `place`; it belongs to the boundary."""
    if raw[place - 2 : place] == b"\r\n":
        return place - 2
    return place - 1 if place else place


def _boundary(raw: bytes, start: int, end: int, given: dict[str, str]) -> bytes:
    told = given.get("boundary", "").rstrip()
    if told:
        return told.encode("utf-8", "replace")[:200]
    match = _DASHES.search(raw, max(start - 1, 0), min(end, start + 20_000))
    return match[1] if match else b""
