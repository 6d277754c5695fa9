"""A Reading filled in: what every mail tells, and who was found in it."""

from __future__ import annotations

from typing import Any

from leaddesk.rules.capture import lessons
from leaddesk.rules.capture.case import Case
from leaddesk.rules.capture.clean import one_line, plain
from leaddesk.rules.capture.evidence import Verdict
from leaddesk.rules.capture.headers import message_ids
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.names import person as person_name
from leaddesk.rules.capture.opt_out import asks_to_stop
from leaddesk.rules.capture.origin import source_of
from leaddesk.rules.capture.person import Who
from leaddesk.rules.capture.posts import submitted_at
from leaddesk.words.mail import MailKind, MailSource, Reading

TEST_HEADER = "x-leaddesk-test"


def of_person(case: Case, verdict: Verdict, who: Who, *, form_notice: bool = False) -> Reading:
    """The Reading of a mail in which a person was found."""
    told: dict[str, Any] = {
        "name": who.name,
        "email": who.email,
        "phone": who.phone,
        "company": who.company,
        "message": who.message,
        "fields": who.fields,
        "form_notice": form_notice,
    }
    if not form_notice:
        return plainly(case, verdict, **told)
    told["source"] = source_of(case.mail, case.sheet, case.ours, who.name, case.vocabulary)
    told["submitted_at"] = submitted_at(case.sheet)
    return plainly(case, verdict, who.message, **told)


def plainly(case: Case, verdict: Verdict, said: str | None = None, **told: Any) -> Reading:
    """The Reading without a person but the sender, save for what is `told`.

    `said`: what the person wrote, where it is not what stands above quotes and signature.
    """
    mail, headers = case.mail, case.mail.headers
    visible = case.parted.visible if said is None else said
    ids = message_ids(headers.get("message-id"))
    personal = verdict.kind in (MailKind.REPLY, MailKind.ENQUIRY)
    plainly: dict[str, Any] = {
        "kind": verdict.kind,
        "why": verdict.why,
        "name": person_name(mail.sender.name),
        "email": mail.sender.address,
        "message": visible,
        "visible": visible,
        "text": plain(bare(mail.lines)),
        "subject": mail.subject,
        "from_name": mail.sender.name,
        "from_email": mail.sender.address or mail.sender.shown,
        "reply_to": mail.reply_to.address,
        "to": mail.to,
        "message_id": ids[0] if ids else None,
        "references": message_ids(headers.get("in-reply-to"), headers.get("references")),
        "sent_at": case.sent_at,
        "attachments": mail.attachments,
        "source": MailSource(),
        "opt_out": personal and asks_to_stop(visible, case.vocabulary),
        "test_token": one_line(headers.get(TEST_HEADER)) or None,
        "by_program": lessons.is_by_program(case),
    }
    return Reading(**(plainly | told))
