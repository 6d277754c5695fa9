"""What a server said, made fit to be shown: clean, short and without our secrets."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

_LONGEST = 300


def said(text: bytes | str, *secrets: str) -> str:
    r"""A server's words as one clean line of at most 300 characters, with `secrets` blacked out.

    >>> said(b"550 no\r\n such \x1b[1muser")
    '550 no such [1muser'
    >>> said("535 hunter2 is wrong", "hunter2")
    '535 *** is wrong'
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    for secret in secrets:
        for form in _forms(secret):
            text = text.replace(form, "***")
    if not (text.isascii() and text.isprintable()):
        text = _without_controls(text)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _without_controls(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _forms(secret: str) -> Iterator[str]:
    """The forms in which an error text may echo a secret, the longest first."""
    if len(secret) >= 4:
        raw = secret.encode()
        yield base64.b64encode(raw).decode()
        yield quote(secret)
        yield secret
