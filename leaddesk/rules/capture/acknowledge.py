"""May it be answered by a holding message? Rules A1 to A6, A9 to A11, from the mail alone (RFC 3834)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import first_mailbox
from leaddesk.rules.capture.headers import ACK_HEADER, Headers, message_ids
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.person import Ours
from leaddesk.words.mail import Acknowledge, Known, MailKind

_DMARC_FAIL = re.compile(r"\bdmarc\s{0,3}=\s{0,3}fail\b", re.IGNORECASE)
_FILTERED = re.compile(r"\bSFV:(?:SPM|SKS|SKB)\b")


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at."""

    mail: Opened
    kind: MailKind
    form_notice: bool
    email: str | None
    """The person's address, from the payload where it is a form."""
    known: Known
    is_registered_form: bool = False
    """It has the shape of a registered form."""

    @property
    def registered(self) -> bool:
        sender = (self.mail.sender.address or "").lower()
        return self.is_registered_form or (bool(sender) and sender in self.known.form_sources)

    @property
    def return_path(self) -> str | None:
        return first_mailbox(self.mail.headers.get("return-path")).address


_Rule = Callable[[Case], str | None]


def judge(case: Case) -> Acknowledge:
    """The verdict. Its `rule` is the first that refuses, in the order of FAULTS 2.3."""
    rules = _REGISTERED if case.registered else _RULES
    for name, rule in rules:
        why = rule(case)
        if why:
            return Acknowledge(False, None, name, f"No automatic reply because {why}")
    if case.kind is not MailKind.ENQUIRY:
        return Acknowledge(False, None, "kind", "No automatic reply because it is no new enquiry.")
    to = case.email if case.registered else case.return_path
    return Acknowledge(True, to, None, "Nothing speaks against an automatic reply.")


def _a1(case: Case) -> str | None:
    told = case.mail.headers.all("auto-submitted")
    if all(robots.keyword(value) == "no" for value in told):
        return None
    return "it says that it is automatic (Auto-Submitted)."


def _a2(case: Case) -> str | None:
    path = case.mail.headers.get("return-path").strip()
    if case.mail.structure.type == "multipart/report":
        return "it is a report of a mail system."
    if not path:
        return "nobody is named who would get it (no Return-Path)."
    return "nobody is named who would get it (empty Return-Path)." if case.return_path is None else None


def _a3(case: Case) -> str | None:
    for address in (case.mail.sender.address, case.return_path):
        if address and robots.must_not_be_answered(address):
            return f"{address} is the address of a program."
    return None


def _a4(case: Case) -> str | None:
    headers = case.mail.headers
    listed = robots.list_headers(headers)
    if listed:
        return f"it comes from a list ({listed[0].title()})."
    for value in (*headers.all("precedence"), *headers.all("x-precedence")):
        if robots.keyword(value).replace("-", "_") in ("bulk", "list", "junk", "auto_reply"):
            return f"it is bulk mail (Precedence: {robots.keyword(value)})."
    machine = robots.machine_header(headers)
    return f"a program wrote it ({machine.title()})." if machine else None


def _a5(case: Case) -> str | None:
    if robots.suppresses_answers(case.mail.headers):
        return "it asks for no automatic replies (X-Auto-Response-Suppress)."
    return None


def _a6(case: Case) -> str | None:
    if ACK_HEADER in case.mail.headers:
        return "it is an automatic reply of ours."
    ours = Ours(case.known.own_addresses, case.known.own_domains)
    if any(_is_own(ours, address) for address in (case.mail.sender.address, case.return_path)):
        return "it comes from one of our own addresses."
    ids = " ".join((case.mail.headers.get("message-id"), *case.mail.headers.all("references")))
    if any(_domain_of_id(each) in case.known.own_domains for each in message_ids(ids)):
        return "it goes round in a circle: a mail of ours is in it."
    return None


def _domain_of_id(message_id: str) -> str:
    return message_id.rpartition("@")[2].rstrip(">").lower()


def _is_own(ours: Ours, address: str | None) -> bool:
    """Ours also with a +tag."""
    if not address:
        return False
    local, _, domain = address.rpartition("@")
    return ours.has(address) or ours.has(f"{local.partition('+')[0]}@{domain}")


def _a9(case: Case) -> str | None:
    sender, path = case.mail.sender.address, case.return_path
    if not sender:
        return "it names no sender."
    if robots.domain_of(sender) != robots.domain_of(path):
        return "it was sent through another domain than its sender's (Return-Path)."
    return None


def _forms(case: Case) -> str | None:
    return "it comes from a form that is not registered." if case.form_notice else None


def _a10(case: Case) -> str | None:
    ours = Ours(case.known.own_addresses, case.known.own_domains)
    own_known = bool(case.known.own_addresses or case.known.own_domains)
    if own_known:
        named = any(_is_own(ours, address) for address in case.mail.to)
    else:
        named = _delivered_to_a_recipient(case.mail.headers, case.mail.to)
    return None if named else "none of our addresses is in To or Cc."


def _delivered_to_a_recipient(headers: Headers, to: tuple[str, ...]) -> bool:
    """Where our addresses are not known, those it was delivered to stand for them."""
    delivered = [
        first_mailbox(value).address
        for name in ("delivered-to", "x-original-to", "envelope-to")
        for value in headers.all(name)
    ]
    found = {address.lower() for address in delivered if address}
    return bool(set(to) & found) if found else bool(to)


def _a11(case: Case) -> str | None:
    headers = case.mail.headers
    if is_marked_spam(headers) or case.kind is MailKind.SPAM:
        return "it is marked as spam."
    if any(_DMARC_FAIL.search(value) for value in headers.all("authentication-results")):
        return "its sender could not be confirmed (DMARC)."
    return None


def is_marked_spam(headers: Headers) -> bool:
    """The receiving server called it spam. Exchange tells it by a level from -1 to 9, spam from 5."""
    level = headers.word("x-ms-exchange-organization-scl")
    if (level.isdecimal() and len(level) == 1 and level >= "5") or _FILTERED.search(
        headers.get("x-forefront-antispam-report")
    ):
        return True
    flag, status = headers.word("x-spam-flag"), headers.word("x-spam-status").rstrip(",")
    return flag in ("yes", "true") or status == "yes" or headers.word("x-spam") in ("yes", "true")


def _registered_address(case: Case) -> str | None:
    if not case.email:
        return "the form tells no address."
    return f"{case.email} is the address of a program." if robots.must_not_be_answered(case.email) else None


def _registered_own(case: Case) -> str | None:
    ours = Ours(case.known.own_addresses, case.known.own_domains)
    return "the form tells one of our own addresses." if _is_own(ours, case.email) else None


_RULES: tuple[tuple[str, _Rule], ...] = (
    ("A1", _a1), ("A2", _a2), ("A3", _a3), ("A4", _a4), ("A5", _a5), ("A6", _a6), ("A9", _a9),
    ("Forms", _forms),
    ("A10", _a10), ("A11", _a11),
)  # fmt: skip
_REGISTERED: tuple[tuple[str, _Rule], ...] = (
    ("A2", _a2), ("A3", _registered_address), ("A6", _registered_own), ("A11", _a11),
)  # fmt: skip
