"""The reading of one mail: from its bytes to everything that the desk asks of it."""

from __future__ import annotations

from leaddesk.rules.capture.clean import plain
from leaddesk.rules.capture.opened import Opened, date_of, message_ids, open_mail
from leaddesk.words.mail import Known, MailKind, Reading


def read(raw: bytes, known: Known) -> Reading:
    """All that can be told from `raw` alone and from what we know of ourselves.

    Pure, and bounded in bytes, depth and number of parts, but not in time: bytes from outside belong
    into the reader child (doors.mail.reader).
    """
    return _first_reading(open_mail(raw), known)


def _first_reading(mail: Opened, known: Known) -> Reading:
    text = plain(mail.lines)
    ids = message_ids(mail.headers.get("message-id"))
    return Reading(
        kind=MailKind.ENQUIRY,
        why=("Nothing in it speaks against a person who asks.",),
        name=mail.sender.name or None,
        email=mail.sender.address,
        message=text,
        visible=text,
        text=text,
        subject=mail.subject,
        from_name=mail.sender.name,
        from_email=mail.sender.address,
        reply_to=mail.reply_to.address,
        to=mail.to,
        message_id=ids[0] if ids else None,
        references=message_ids(mail.headers.get("in-reply-to"), mail.headers.get("references")),
        sent_at=date_of(mail.headers.get("date")),
        attachments=mail.attachments,
    )
