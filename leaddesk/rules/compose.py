"""The bytes of a mail of ours: every value is cleaned before it becomes a header, and all are counted after.

Python up to 3.11.7 writes a line break that hides in an encoded word into the header block, so neither the
cleaning nor the counting is left to the library (FAULTS T1).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from leaddesk.rules.capture.addresses import Mailbox
from leaddesk.rules.capture.clean import clean_header
from leaddesk.rules.parts import Enclosure, body_of
from leaddesk.words.errors import Refused

DESK_HEADER = "X-LeadDesk-Desk"
"""Tells which desk wrote a mail: a second desk on the same mailbox is noticed by it."""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_TOKEN = re.compile(r"[A-Za-z0-9._-]{1,80}")
_KEPT_REFERENCES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail of ours says. Addresses are valid ones (`rules.recipients`); `at` is aware."""

    sender: Mailbox
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()
    subject: str
    text: str
    at: datetime
    message_id: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    desk: str
    marks: tuple[tuple[str, str], ...] = ()
    """Further headers of our own, each ASCII on one line."""
    way_out: str = ""
    """Value of List-Unsubscribe (`rules.reach.way_out`), for a mail that must carry one."""
    files: tuple[Enclosure, ...] = ()
    is_html: bool = False
    """With a simple HTML twin of the text."""


def message_id(token: str, address: str) -> str:
    """A Message-ID at the address's own domain; the token must hold something that nobody can guess."""
    return f"<{token}@{address.rpartition('@')[2]}>"


def body_hash(
    subject: str, body: str, recipients: Sequence[str], files: Iterable[tuple[str, str]] = ()
) -> str:
    """What a person approved: text, subject, recipients and files, as one SHA-256 in hex.

    `files` are names, each with the SHA-256 of its bytes.
    """
    enclosed = [list(each) for each in files]
    approved = json.dumps([subject, body, list(recipients), *([enclosed] if enclosed else [])])
    return hashlib.sha256(approved.encode("ascii")).hexdigest()


def build(letter: Letter) -> bytes:
    """The mail as it is frozen: text in UTF-8 and its files, CRLF, ASCII unless an address is not.

    Raises Refused when a header did not come out as it went in.
    """
    headers = _headers(letter)
    boundary = hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]
    described, body = body_of(letter.text, boundary, letter.files, is_html=letter.is_html)
    headers += described
    block = "".join(f"{name}: {value}\r\n" for name, value in headers)
    raw = block.encode() + b"\r\n" + body
    _count(raw, [name for name, _ in headers])
    return raw


def _headers(letter: Letter) -> list[tuple[str, str]]:
    headers = [("From", _mailboxes([letter.sender])), ("To", _mailboxes(letter.to))]
    if letter.cc:
        headers.append(("Cc", _mailboxes(letter.cc)))
    headers.append(("Subject", _written(letter.subject, "Subject")))
    headers.append(("Date", format_datetime(letter.at)))
    headers.append(("Message-ID", letter.message_id))
    headers += _threading(letter)
    if _TOKEN.fullmatch(letter.desk):
        headers.append((DESK_HEADER, letter.desk))
    headers += letter.marks
    if letter.way_out:
        headers.append(("List-Unsubscribe", letter.way_out))
    return [*headers, ("MIME-Version", "1.0")]


def _threading(letter: Letter) -> list[tuple[str, str]]:
    """In-Reply-To and References, of those Message-IDs that can stand in a header."""
    ids = [each for each in letter.references if _MESSAGE_ID.fullmatch(each)]
    answered = letter.in_reply_to
    if answered is None or not _MESSAGE_ID.fullmatch(answered):
        return []
    chain = list(dict.fromkeys([*(each for each in ids if each != answered), answered]))
    kept = chain if len(chain) <= _KEPT_REFERENCES else [chain[0], *chain[1 - _KEPT_REFERENCES :]]
    return [("In-Reply-To", answered), ("References", "\r\n ".join(kept))]


def _mailboxes(boxes: Iterable[Mailbox]) -> str:
    return ",\r\n ".join(_mailbox(box) for box in boxes)


def _mailbox(box: Mailbox) -> str:
    name = clean_header(box.name, 100)
    return f"{_phrase(name)} <{box.address}>" if name else str(box.address)


def _phrase(name: str) -> str:
    """A display name: as it is, in quotes, or encoded."""
    if not name.isascii():
        return _written(name, "To")
    if _ATOMS.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(text: str, name: str) -> str:
    """Any text as the value of an unstructured header, folded."""
    clean = clean_header(text)
    charset = "us-ascii" if clean.isascii() else "utf-8"
    return Header(clean, charset, header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _count(raw: bytes, expected: list[str]) -> None:
    """Whoever reads the mail must find the headers that we wrote, and no other."""
    found = BytesHeaderParser().parsebytes(raw).keys()
    if found != expected:
        raise Refused(
            "This mail was not sent: its headers did not come out as they were meant.",
            "Write the subject and the names anew.",
        )
