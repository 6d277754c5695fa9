"""A mail opened: headers, addresses, the text to be read, the files that hang on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from leaddesk.rules.capture.addresses import Mailbox, first_mailbox, read_mailboxes
from leaddesk.rules.capture.attachments import listed
from leaddesk.rules.capture.clean import TEXT_LIMIT, lines_of
from leaddesk.rules.capture.headers import Headers
from leaddesk.rules.capture.html_text import html_to_text
from leaddesk.rules.capture.parts import Part, Structure, take_apart
from leaddesk.words.mail import Attachment


@dataclass(frozen=True, slots=True)
class Opened:
    """What every later rule looks at. `lines` may hold the marks of html_text and tabs between cells."""

    structure: Structure
    headers: Headers
    sender: Mailbox
    reply_to: Mailbox
    to: tuple[str, ...]
    subject: str
    lines: str
    html: str
    html_lines: str
    """Text of the HTML part, also where `lines` come from a plain part; empty when there is none."""
    attachments: tuple[Attachment, ...]


def open_mail(raw: bytes) -> Opened:
    """Take `raw` apart and choose its text. Never raises for what a sender may write."""
    structure = take_apart(raw)
    headers = structure.headers
    plain, html = _bodies(structure)
    html_lines = lines_of(html_to_text(html)) if html.strip() else ""
    return Opened(
        structure=structure,
        headers=headers,
        sender=first_mailbox(headers.get("from")),
        reply_to=first_mailbox(headers.get("reply-to")),
        to=_recipients(headers),
        subject=headers.text("subject"),
        lines=_chosen(plain, html_lines),
        html=html,
        html_lines=html_lines,
        attachments=listed(structure),
    )


def _bodies(structure: Structure) -> tuple[str, str]:
    """All plain text parts, and all HTML parts, that are shown as the mail's own text."""
    plain: list[str] = []
    html: list[str] = []
    for part in structure.parts:
        if part.is_attachment or not part.type.startswith("text/"):
            continue
        if part.type == "text/html":
            html.append(part.text()[:TEXT_LIMIT])
        elif part.type == "text/plain":
            plain.append(_unflowed(part))
    return lines_of("\n".join(plain)), "\n".join(html)


def _unflowed(part: Part) -> str:
    """The text of a plain part, soft line breaks of format=flowed taken out (RFC 3676)."""
    text = part.text()[:TEXT_LIMIT]
    if part.parameters.get("format", "").lower() != "flowed":
        return text
    return _flowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")


def _flowed(text: str, *, delete_space: bool) -> str:
    """Rows that end in a blank go on in the next one; quoted rows and the signature's mark do not."""
    rows: list[str] = []
    goes_on = False
    for row in text.splitlines():
        quoted = row.startswith(">")
        if goes_on and not quoted:
            rows[-1] += row.removeprefix(" ")
        else:
            rows.append(row)
        goes_on = row.endswith(" ") and row != "-- " and not quoted
        if goes_on and delete_space:
            rows[-1] = rows[-1][:-1]
    return "\n".join(rows)


def _chosen(plain: str, html_lines: str) -> str:
    """The plain text, unless it is empty or a mere hint that there is HTML."""
    if not plain.strip():
        return html_lines
    if (
        html_lines
        and len(plain.strip()) < 200
        and len(html_lines) > 4 * len(plain)
        and "html" in plain.lower()
    ):
        return html_lines
    return plain


def _recipients(headers: Headers) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in ("to", "cc"):
        for value in headers.all(name):
            for box in read_mailboxes(value):
                if box.address:
                    found.setdefault(box.address.lower())
    return tuple(found)[:200]


def date_of(value: str) -> datetime | None:
    """A Date header as an aware time, or None."""
    try:
        at = parsedate_to_datetime(value[:200])
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
