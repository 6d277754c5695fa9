"""A text message: how many parts it goes out in, and the links that open it where it can be sent.

3GPP TS 23.038: a text of the GSM alphabet has 160 characters, in several parts 153 each, and the characters
of its extension count double; any other character makes all of it UCS-2, 70 and 67 units of 16 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM_SIZES, _WIDE_SIZES = (160, 153), (70, 67)
MOST_IN_A_CODE = 300
"""Bytes of text that a code of the screen's size still shows sharp enough for a telephone's camera."""


_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."}
)


@dataclass(frozen=True, slots=True)
class TextSize:
    """What a text comes to; `outside` is the first character that makes its parts shorter, or empty."""

    characters: int
    parts: int
    left: int
    """Units that the last part still holds."""
    outside: str

    @property
    def words(self) -> str:
        """The same for the person who writes it.

        >>> size_of("Hi").words, size_of("Cześć").words
        ('2 characters, 1 text', '5 characters, 1 text (with “ś” a text holds 70)')
        """
        texts = "1 text" if self.parts == 1 else f"{self.parts} texts"
        why = f" (with “{self.outside}” a text holds {_WIDE_SIZES[0]})" if self.outside else ""
        many = "" if self.characters == 1 else "s"
        return f"{self.characters} character{many}, {texts}{why}"


def size_of(text: str) -> TextSize:
    """How many texts it takes; no character is cut between two.

    >>> [size_of("a" * n).parts for n in (0, 160, 161, 306, 307)]
    [1, 1, 2, 2, 3]
    >>> [size_of("ł" * n).parts for n in (70, 71, 134, 135)]
    [1, 2, 2, 3]
    """
    outside = next((c for c in text if c not in _GSM and c not in _EXTENSION), "")
    units = [len(c.encode("utf-16-le")) // 2 if outside else 1 + (c in _EXTENSION) for c in text]
    single, part = _WIDE_SIZES if outside else _GSM_SIZES
    if sum(units) <= single:
        return TextSize(len(text), 1, single - sum(units), outside)
    parts, left = 1, part
    for each in units:
        if each > left:
            parts, left = parts + 1, part
        left -= each
    return TextSize(len(text), parts, left, outside)


def plain_marks(text: str) -> str:
    """The same with quotation marks and dashes that a telephone has: one of print would halve a text."""
    return text.translate(_MARKS)


def with_text(link: str, text: str) -> str:
    """An `sms:` or WhatsApp link (`rules.calling`) that opens with these words.

    >>> with_text("sms:+4915112345678", "Hi & bye"), with_text("https://wa.me/4915112345678", "a\\nb")
    ('sms:+4915112345678?body=Hi%20%26%20bye', 'https://wa.me/4915112345678?text=a%0Ab')
    """
    name = "body" if link.startswith("sms:") else "text"
    return f"{link}?{name}={quote(text, safe='')}" if text else link


def code_text(link: str, text: str) -> str:
    """What a code says that moves the text to a telephone; of a text too long for it the number alone.

    >>> code_text("sms:+4915112345678", "Hi")
    'SMSTO:+4915112345678:Hi'
    """
    short = text if len(text.encode()) <= MOST_IN_A_CODE else ""
    if not link.startswith("sms:"):
        return with_text(link, short)
    return f"SMSTO:{link[4:]}:{short}" if short else link
