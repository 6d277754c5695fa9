"""The header block of a mail or a part, bounded before anything looks into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from leaddesk.rules.capture.clean import LINE_LIMIT, one_line
from leaddesk.rules.capture.encoded import decode, decode_words

ACK_HEADER = "x-leaddesk-ack"
"""Stands in our own holding messages."""
BLOCK_LIMIT = 256 * 1024
"""Bytes of a header block that are read."""
HEADER_LIMIT = 16 * 1024
"""Bytes of one header that are read."""
HEADER_COUNT = 1000

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_PARAMETER = re.compile(r';\s*([^\s=;]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_END = re.compile(rb"\r\n\r\n|\n\n|\n\r\n|\r\r")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")
_BARE_ID = re.compile(r"[^<>\s@]{1,400}@[^<>\s@]{1,400}")
REFERENCE_LIMIT = 100


class Headers:
    """Headers by name, in order. Values are unfolded text in which encoded words still stand."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def get(self, name: str) -> str:
        """The first value of a lower-case name, or an empty text."""
        return self._values.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def text(self, name: str, limit: int = LINE_LIMIT) -> str:
        """The first value for people: decoded, on one line."""
        return one_line(decode_words(self.get(name)), limit)

    def word(self, name: str) -> str:
        """The first value without comment and parameters, in lower case: `auto-replied` of a long header."""
        return re.split(r"[;(\s]", self.get(name).strip(), maxsplit=1)[0].lower()


def read_headers(raw: bytes, start: int = 0, end: int | None = None) -> tuple[Headers, int]:
    """The headers at `start` and the place where the body begins."""
    end = len(raw) if end is None else end
    block = raw[start : min(end, start + BLOCK_LIMIT)]
    pairs: list[tuple[bytes, bytearray]] = []
    offset = start
    lines = block.splitlines(keepends=True)
    for place, line in enumerate(lines):
        bare = line.rstrip(b"\r\n")
        if not bare:
            return _made(pairs), offset + len(line)
        if not _take(bare, pairs) and place and not _goes_on(lines, place):
            return _made(pairs), offset
        offset += len(line)
    return _made(pairs), _body_after(raw, offset, end)


def _take(line: bytes, pairs: list[tuple[bytes, bytearray]]) -> bool:
    """Add a line to the headers; False when it is none."""
    if line[:1] in b" \t":
        if pairs and len(pairs[-1][1]) < HEADER_LIMIT:
            pairs[-1][1].extend(line[:HEADER_LIMIT])
        return True
    match = _FIELD.match(line)
    if match and len(pairs) < HEADER_COUNT:
        pairs.append((match[1], bytearray(line[match.end() : match.end() + HEADER_LIMIT])))
    return bool(match)


def _goes_on(lines: list[bytes], place: int) -> bool:
    """A stray line among headers is passed over when a header follows it."""
    return any(_FIELD.match(line) for line in lines[place + 1 : place + 2])


def _body_after(raw: bytes, offset: int, end: int) -> int:
    """Where the body begins behind a header block that was too large to be read whole."""
    if offset >= end:
        return end
    match = _END.search(raw, offset, end)
    return match.end() if match else end


def _made(pairs: list[tuple[bytes, bytearray]]) -> Headers:
    return Headers(
        [(name.decode("ascii").lower(), decode(bytes(value[:HEADER_LIMIT]), None)) for name, value in pairs]
    )


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, RFC 2231 pieces put together.

    >>> parameters("x; name*0=\\"ab\\"; name*1=cd; charset=utf-8")
    {'charset': 'utf-8', 'name': 'abcd'}
    """
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, text in _PARAMETER.findall(value)[:100]:
        key, _, rest = name.lower().partition("*")
        unquoted = _unquoted(text)
        if not rest and "*" not in name:
            plain.setdefault(key, unquoted)
            continue
        number = rest.rstrip("*")
        pieces.setdefault(key, {})[int(number) if number.isdecimal() and len(number) < 4 else 0] = (
            unquoted,
            name.endswith("*"),
        )
    return plain | {key: _joined(parts) for key, parts in pieces.items()}


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    charset, data = "", b""
    for place, (_, (piece, encoded)) in enumerate(sorted(parts.items())):
        text = piece
        if encoded and not place and piece.count("'") >= 2:
            charset, _, text = piece.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset)


def _unquoted(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"'))
    return text


def message_ids(*values: str) -> tuple[str, ...]:
    """The Message-IDs in header values, in order, without doubles; one that lost its brackets gets them."""
    found = dict.fromkeys(mid for value in values for mid in _MESSAGE_ID.findall(value) or _bare_id(value))
    return tuple(found)[:REFERENCE_LIMIT]


def _bare_id(value: str) -> tuple[str, ...]:
    return (f"<{value.strip()}>",) if _BARE_ID.fullmatch(value.strip()) else ()
