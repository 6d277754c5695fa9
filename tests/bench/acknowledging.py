"""Which mails of a corpus may be acknowledged, by evidence of their own: their headers and who is expected.

The verdict is not taken from the rules that are measured. "No" is due to whatever is no enquiry and to a
form's notice that nobody registered; "yes" to a person who writes themselves, and to a registered form's
notice with an address in it.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, MailKind
from tests.bench.scoring import Sample

_MACHINES = ("auto-submitted", "precedence", "list-id", "list-unsubscribe", "feedback-id", "x-autoreply")
_DISTRUSTED = ("dmarc=fail", "spf=fail")


@dataclass(frozen=True, slots=True)
class Due:
    """One question about a mail: what is known beforehand, and to whom a holding message may go, if so."""

    raw: bytes
    known: Known
    to: str | None


def is_right(due: Due) -> bool:
    """The reader's verdict is the one that is due."""
    verdict = read(due.raw, due.known).acknowledge
    if due.to is None:
        return verdict is None or not verdict.send
    return verdict is not None and verdict.send and (verdict.to or "").lower() == due.to


def dues(sample: Sample) -> Iterator[Due]:
    """What is due to a mail; nothing where its headers leave it open."""
    if sample.path.suffix != ".eml" or not isinstance(sample.expect.get("kind"), str):
        return
    raw = sample.path.read_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    sender, person = _address(mail, "From"), sample.expect.get("email")
    if sample.expect["kind"] != MailKind.ENQUIRY:
        yield Due(raw, _known(mail), None)
    elif isinstance(person, str) and person.lower() != sender:
        yield Due(raw, _known(mail), None)
        if _address(mail, "Return-Path") and not _is_distrusted(mail):
            yield Due(raw, _known(mail, sender), person.lower())
    elif isinstance(person, str) and _is_plain_letter(mail, person.lower()):
        yield Due(raw, _known(mail), person.lower())


def _is_plain_letter(mail: Message, person: str) -> bool:
    """From the person's own server, to us, with no mark of a machine."""
    return (
        _address(mail, "Return-Path") == person
        and mail["Reply-To"] is None
        and bool(_address(mail, "To"))
        and not any(name in mail for name in _MACHINES)
        and not _is_distrusted(mail)
    )


def _is_distrusted(mail: Message) -> bool:
    told = " ".join(str(value) for value in mail.get_all("Authentication-Results", []))
    return mail.get("X-Spam-Flag", "").upper() == "YES" or any(word in told for word in _DISTRUSTED)


def _known(mail: Message, form: str = "") -> Known:
    """We are whom the mail was sent to."""
    own = _address(mail, "To")
    domain = own.rpartition("@")[2]
    return Known(
        own_addresses=frozenset({own} if own else ()),
        own_domains=frozenset({domain} if domain and not is_freemail(domain) else ()),
        form_sources=frozenset({form} if form else ()),
    )


def _address(mail: Message, header: str) -> str:
    return email.utils.parseaddr(str(mail.get(header, "")))[1].lower()
