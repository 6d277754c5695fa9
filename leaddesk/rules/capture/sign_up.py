"""Who joined a newsletter, as far as the notice tells: no lead, but the first touch of one."""

from __future__ import annotations

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.case import Case
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.person import Who
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text
from leaddesk.words.mail import MailKind, Reading

SIGNED_UP = "Somebody joined a newsletter: no enquiry."
"""The reason that such a notice is given."""


JOINING = frozenset({"newsletter", "subscribe", "subscriber"})
"""Words by which posted data tells it."""
_FEW = 12
"""Words of a robot's own sentence about it."""


def is_signup(case: Case, who: Who) -> bool:
    """A form's notice that somebody joined a newsletter and asks for nothing besides.

    A box to tick for the newsletter stands on many a form: whoever gives words of their own enquires, and,
    where the subject does not say that it is about the newsletter, who gives a number or another answer.
    """
    mail, words = case.mail, case.vocabulary
    if case.sheet.values("message") or "?" in who.message or len(who.message.split()) > _FEW:
        return False
    if words.subjects["signup"].found_in(fold_text(mail.subject)) is not None:
        return True
    is_told = words.text["signup"].found_in(fold_text(mail.lines[:3000])) is not None
    return is_told and not who.phone and not answers_more(who, words)


def answers_more(who: Who, vocabulary: Vocabulary) -> bool:
    """An answer was given to a question that is not about the newsletter."""
    told = (fold_text(f"{label} {value}") for label, value in who.fields.items() if value.strip())
    return any(
        JOINING.isdisjoint(text.split()) and vocabulary.text["signup"].found_in(text) is None for text in told
    )


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
