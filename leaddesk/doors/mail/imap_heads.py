"""Header lines read leniently: enough to know who wrote to whom, and no hostile header can break it."""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header

from leaddesk.doors.mail.imap_values import HeaderMail

WANTED = (
    "MESSAGE-ID IN-REPLY-TO REFERENCES FROM TO CC SUBJECT DATE AUTO-SUBMITTED X-MAILER USER-AGENT "
    "X-PHP-ORIGINATING-SCRIPT X-PHP-SCRIPT X-AUTO-RESPONSE-SUPPRESS X-AUTOREPLY"
)
"""The header fields that are asked for; the last ones tell machines from people."""
LONGEST = 65536
"""Bytes of header that are asked for at most."""

_FIELD = re.compile(rb"([!-9;-~]{1,80}):[ \t]*(.*)", re.DOTALL)
_ID = re.compile(r"<[^<>\s]{1,900}>")
_QUOTED = re.compile(r'"[^"]*"')
_ANGLED = re.compile(r"<\s*([^<>\s@]{1,256}@[^<>\s@]{1,256})\s*>")
_BARE = re.compile(r"""[^<>\s@,;:"()]{1,256}@[^<>\s@,;:"()]{1,256}""")


def read_head(uid: int, internaldate: datetime | None, head: bytes) -> HeaderMail:
    """The header of one mail. Never raises."""
    fields = _fields(head[:LONGEST])
    ids = _ID.findall(fields.get("message-id", ""))
    answered = _ID.findall(fields.get("in-reply-to", "")) + _ID.findall(fields.get("references", ""))
    senders = addresses(fields.get("from", ""))
    return HeaderMail(
        uid=uid,
        internaldate=internaldate,
        message_id=ids[0] if ids else None,
        references=tuple(dict.fromkeys(answered)),
        from_email=senders[0] if senders else None,
        to=addresses(fields.get("to", "") + "," + fields.get("cc", "")),
        subject=_decoded(fields.get("subject", "")),
        automatic=fields.get("auto-submitted", "no").split(";")[0].strip().lower() not in ("no", ""),
        head=head,
    )


def addresses(value: str) -> tuple[str, ...]:
    """The mail addresses of a header value, in lower case and in their order, each once.

    >>> addresses('"b@x.org" <Ana@Example.org>, bob@example.org (Bob)')
    ('ana@example.org', 'bob@example.org')
    """
    bare = _QUOTED.sub(" ", value)
    found = [match for part in bare.split(",") for match in _ANGLED.findall(part) or _BARE.findall(part)]
    return tuple(dict.fromkeys(address.lower() for address in found))


def _fields(head: bytes) -> dict[str, str]:
    """The first value of each field, unfolded, names in lower case."""
    fields: dict[str, str] = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines():
        if match := _FIELD.match(line):
            fields.setdefault(match[1].decode("ascii").lower(), match[2].decode("utf-8", "replace").strip())
    return fields


def _decoded(value: str) -> str:
    """A header's text with its encoded words read; what cannot be read stays as it is."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, Base64Error, ValueError):
        return value
    text = "".join(part if isinstance(part, str) else _text(part, charset) for part, charset in parts)
    return " ".join(text.split())


def _text(part: bytes, charset: str | None) -> str:
    try:
        return part.decode(charset or "utf-8", "replace")
    except LookupError:
        return part.decode("latin-1")
