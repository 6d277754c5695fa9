"""A mail of the firm as the customer's mail program sees it: enough to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses


@dataclass(frozen=True, slots=True)
class Letter:
    """What is needed of a mail to answer it."""

    sender: str
    sender_name: str
    to: tuple[tuple[str, str], ...]
    """Names and addresses of To."""
    subject: str
    message_id: str
    references: tuple[str, ...]
    text: str
    automatic: bool


def read_letter(raw: bytes) -> Letter | None:
    """The letter in these bytes, or None when they name no sender or nobody to answer."""
    mail = message_from_bytes(raw)
    senders, to = _addresses(mail, "From"), _addresses(mail, "To")
    if not senders or not to:
        return None
    return Letter(
        sender=senders[0][1],
        sender_name=senders[0][0],
        to=to,
        subject=_header(mail, "Subject"),
        message_id=_header(mail, "Message-ID"),
        references=tuple(_header(mail, "References").split()),
        text=_text(mail),
        automatic=_header(mail, "Auto-Submitted").lower() not in ("", "no"),
    )


def _addresses(mail: Message, name: str) -> tuple[tuple[str, str], ...]:
    found = getaddresses([str(value) for value in mail.get_all(name, [])])
    return tuple((_decoded(shown), address) for shown, address in found if "@" in address)


def _header(mail: Message, name: str) -> str:
    return " ".join(_decoded(str(mail.get(name, ""))).split())


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError):
        return text


def _text(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _text_of(payload, part.get_content_charset("utf-8"))
    return ""


def _text_of(payload: bytes, charset: str) -> str:
    try:
        return payload.decode(charset, "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")
