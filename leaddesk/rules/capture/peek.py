"""What is shown of a mail that could not be read: its first headers, nothing deeper."""

from __future__ import annotations

from leaddesk.rules.capture.addresses import Mailbox, first_mailbox
from leaddesk.rules.capture.headers import Headers, read_headers
from leaddesk.words.mail import MailKind, Reading

_PEEK_BYTES = 64 * 1024


def unreadable(raw: bytes, why: str) -> Reading:
    """A Reading of kind UNREADABLE with subject and sender, where the first headers tell them."""
    try:
        headers, _ = read_headers(raw[:_PEEK_BYTES])
        sender, subject = first_mailbox(headers.get("from")[:2000]), headers.text("subject")
    except Exception:  # whatever it was that the child could not read must not reach us either
        headers, sender, subject = Headers([]), Mailbox("", None), ""
    return Reading(
        kind=MailKind.UNREADABLE,
        why=(why,),
        name=sender.name or None,
        email=sender.address,
        subject=subject,
        from_name=sender.name,
        from_email=sender.address or sender.shown,
    )
