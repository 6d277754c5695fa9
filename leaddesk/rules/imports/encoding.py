"""The encoding of a file: its mark, else UTF-8 where all of it is UTF-8, else what its bytes look like."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from leaddesk.rules.imports.plausible import oddness

HEAD = 256 * 1024
"""Bytes from the beginning of a file by which it is judged."""
_TELLING = 64 * 1024
"""Bytes of lines that are not ASCII, wherever they stand: by these an encoding is told."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES = re.compile(rb"\x1b[$(]")
_COMMON = ("cp1252",)
"""Preferred where another encoding reads the same."""
_USUAL = (
    "cp1252", "iso8859-15", "mac-roman", "cp850", "cp1250", "iso8859-2", "cp437", "cp852", "cp1254", "cp1257",
    "cp1251", "koi8-r", "cp866", "cp1253", "cp1255", "cp1256",
)  # fmt: skip
"""What programs of the past thirty years wrote, the commonest first."""
_WEIGHED = 8192
"""Bytes that are read in each of these ways."""
_MOSTLY = 4
"""A file is still UTF-8 when so many times more of its signs can be read than cannot."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """What has to be seen of a file to tell its encoding."""

    head: bytes
    telling: bytes
    is_utf8: bool
    size: int


def sampled(chunks: Iterable[bytes]) -> Sampled:
    """Reads a whole file once, piece by piece, and keeps little of it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    head, telling = bytearray(), bytearray()
    is_utf8, size = True, 0
    for chunk in chunks:
        size += len(chunk)
        head += chunk[: max(0, HEAD - len(head))]
        if len(telling) < _TELLING and not chunk.isascii():
            telling += _not_ascii(chunk)[: _TELLING - len(telling)]
        is_utf8 = is_utf8 and _goes_on(decoder, chunk, final=False)
    return Sampled(bytes(head), bytes(telling), is_utf8 and _goes_on(decoder, b"", final=True), size)


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _not_ascii(chunk: bytes) -> bytes:
    return b"\n".join(line for line in chunk.splitlines() if not line.isascii())


def encoding_of(seen: Sampled) -> str:
    """The codec that reads the file, by its name in Python.

    >>> encoding_of(sampled(["Küche".encode()])), encoding_of(sampled(["Küche;Bad".encode("utf-16")]))
    ('utf-8', 'utf-16')
    """
    for mark, name in _MARKS:
        if seen.head.startswith(mark):
            return name
    wide = _without_mark(seen.head)
    if wide is not None:
        return wide
    if seen.is_utf8 and not _ESCAPES.search(seen.head):
        return "utf-8"
    if _is_mostly_utf8(seen.telling):
        return "utf-8"
    return _by_look(seen.telling or seen.head)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    start = head[:4096]
    if len(start) < 4 or start.count(0) < len(start) / 5:
        return None
    if start[1::2].count(0) > 2 * start[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > 2 * start[1::2].count(0) else None


def _is_mostly_utf8(telling: bytes) -> bool:
    """A line from elsewhere does not make a file something else."""
    text = telling.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not character.isascii() for character in text) - bad
    return good >= _MOSTLY * bad > 0


def _by_look(sample: bytes) -> str:
    """What a statistical guess says, unless another usual encoding gives a text that makes more sense."""
    import chardet  # noqa: PLC0415 - its models take a while to load

    told = _known(chardet.detect(sample[:_TELLING], prefer_superset=True)["encoding"])
    candidates = list(dict.fromkeys(filter(None, (told, *_USUAL))))
    read = sample[:_WEIGHED]
    odd = {name: oddness(text) for name in candidates if (text := _decoded(read, name)) is not None}
    if not odd:
        return told or "cp1252"
    best = min(odd, key=lambda name: (odd[name], candidates.index(name)))
    if best.startswith("gb") and _holds_kana(read, best) and _decoded(read, "euc_jp"):
        return "euc_jp"
    return next((common for common in _COMMON if _reads_alike(sample, common, best)), best)


def _decoded(sample: bytes, name: str) -> str | None:
    """The text, without a sign that was cut off at the end; None where it is none in this encoding."""
    try:
        return codecs.getincrementaldecoder(name)().decode(sample)
    except (UnicodeDecodeError, LookupError):
        return None


def _holds_kana(sample: bytes, name: str) -> bool:
    """Japanese in its own encoding also reads as Chinese, but for its kana: no Chinese text has them."""
    text = _decoded(sample, name) or ""
    return sum("\u3041" <= sign <= "\u30fa" for sign in text) >= 2


def _known(told: str | None) -> str | None:
    try:
        name = codecs.lookup(told or "").name
    except (LookupError, ValueError):
        return None
    return name if name not in ("ascii", "utf-8", "utf-7") else None


def _reads_alike(sample: bytes, one: str, other: str) -> bool:
    try:
        return sample.decode(one) == sample.decode(other, "replace")
    except UnicodeDecodeError:
        return False
