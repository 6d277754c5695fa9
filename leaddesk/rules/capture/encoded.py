"""Bytes to text: charsets that lie, encoded words that are broken. Nothing here raises."""

from __future__ import annotations

import binascii
import codecs
import functools
import re

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,4000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s{1,200}(?==\?)")
_NOT_BASE64 = bytes(
    byte
    for byte in range(256)
    if chr(byte) not in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
)
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}
_NOT_TEXT = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_ONE_BYTE = ("cp125", "iso8859", "mac", "cp850", "cp437", "latin")


@functools.lru_cache(maxsize=128)
def codec_name(charset: str) -> str | None:
    """Python's name for a declared charset, widened to what senders mean by it; None when unknown.

    >>> codec_name("ISO-8859-1"), codec_name("UTF8 "), codec_name("x-unknown")
    ('cp1252', 'utf-8', None)
    """
    asked = charset.strip().strip("\"'").lower()
    if not asked or not asked.isascii() or "\0" in asked:
        return None
    try:
        info = codecs.lookup(
            {
                "ks_c_5601-1987": "cp949",
                "x-sjis": "cp932",
                "unicode-1-1-utf-7": "utf-7",
                "utf-8-mac": "utf-8",
                "iso-8859-8-i": "iso-8859-8",
            }.get(asked, asked)
        )
    except (LookupError, ValueError):
        return None
    if info.name in _NOT_TEXT or not info._is_text_encoding:
        return None
    return _WIDER.get(info.name, info.name)


def decode(data: bytes, charset: str | None) -> str:
    """`data` as text; what the charset cannot explain becomes U+FFFD.

    A one-byte charset yields to valid UTF-8: senders lie that way more often than they write such text.
    """
    if (
        data.isascii()
        and b"\x1b" not in data
        and (charset or "").strip("\"' ").lower() in ("", "utf-8", "us-ascii")
    ):
        return data.decode("ascii")
    name = codec_name(charset or "")
    if name is None or name.startswith(_ONE_BYTE):
        return _guessed(data, name or "cp1252")
    try:
        return data.decode(name, "replace")
    except (UnicodeError, ValueError):
        return data.decode("latin-1")


def _guessed(data: bytes, fallback: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(fallback, "replace")


def decode_words(value: str) -> str:
    """A header value with its encoded words decoded; neighbours of one charset are joined before decoding."""
    if "=?" not in value:
        return value
    value = _BETWEEN_WORDS.sub(r"\1", value)
    pieces: list[str] = []
    pending, charset, place = b"", "", 0
    for match in _WORD.finditer(value):
        data = word_bytes(match[2], match[3])
        follows = match.start() == place and match[1].lower() == charset
        if not follows:
            pieces += [decode(pending, charset), value[place : match.start()]]
            pending, charset = b"", match[1].lower()
        pending += data
        place = match.end()
    return "".join([*pieces, decode(pending, charset.partition("*")[0]), value[place:]])


def word_bytes(kind: str, text: str) -> bytes:
    """The bytes of one encoded word."""
    if kind in "bB":
        return from_base64(text.encode("ascii", "ignore"))
    return binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)


def from_base64(data: bytes) -> bytes:
    """Base64 read as far as it goes: foreign characters and missing padding are passed over."""
    letters = data.translate(None, _NOT_BASE64)
    return binascii.a2b_base64(letters[: len(letters) - (len(letters) % 4 == 1)] + b"=" * (-len(letters) % 4))


def from_quoted_printable(data: bytes) -> bytes:
    """Quoted-printable read as far as it goes."""
    return binascii.a2b_qp(data)
