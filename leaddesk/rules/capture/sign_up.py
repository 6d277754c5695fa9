"""Who joined a newsletter, as far as the notice tells: no lead, but the first touch of one."""

from __future__ import annotations

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.case import Case
from leaddesk.rules.capture.html_text import bare
from leaddesk.words.mail import MailKind, Reading

SIGNED_UP = "Somebody joined a newsletter: no enquiry."
"""The reason that such a notice is given."""


def signed_up(case: Case, reading: Reading) -> str | None:
    """The address of a form's visitor, else the only one in the notice that is nobody's of ours."""
    if reading.kind is not MailKind.NEWSLETTER or SIGNED_UP not in reading.why:
        return None
    if reading.form_notice:
        return reading.email
    sender = (case.mail.sender.address or "").lower()
    found = {
        address.lower()
        for address in addresses_in(bare(case.mail.lines[:5000]), 20)
        if not (case.ours.has(address) or robots.is_robot(address)) and address.lower() != sender
    }
    return found.pop() if len(found) == 1 else None
