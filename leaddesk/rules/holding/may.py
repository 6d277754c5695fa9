"""May a holding message go out? One pure function of what is known; the first rule that refuses says why.

The rules are RFC 3834's (A1 to A17 of our list). What the mail alone decides, `rules.capture.acknowledge` has
judged already; here stand the rules that ask what the desk knows besides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.person import email_key
from leaddesk.words.holding import Held
from leaddesk.words.mail import Acknowledge

ONCE_IN = timedelta(days=7)
"""At most one to a sender in this time (RFC 3834, section 2)."""
FRESH = timedelta(hours=24)
"""An older enquiry gets none: it would come as a surprise."""
A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PER_MINUTE, PER_HOUR, PER_DAY, PER_DOMAIN = 5, 30, 100, 3
"""Backstops against machines that answer machines, whatever their headers hide; PER_DOMAIN is for an hour."""


@dataclass(frozen=True, slots=True)
class Lately:
    """How many went out: in the last minute, hour and day, and in the last hour to the sender's domain."""

    minute: int = 0
    hour: int = 0
    day: int = 0
    domain: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that the rules look at."""

    by_mail: Acknowledge
    """What the mail alone decides."""
    received_at: datetime
    now: datetime
    is_on: bool = True
    is_quiet: bool = False
    """Read in a first sync or a reading anew, not as it landed."""
    is_form: bool = False
    """Of a registered form: an unregistered one has been refused by the mail alone."""
    has_enquired: bool = False
    """They enquired before."""
    wrote_before: bool = False
    """We wrote to them before this mail."""
    is_answered: bool = False
    is_confirmed: bool = False
    """The website confirms its enquiries by itself."""
    other_desk: str = ""
    """Why another LeadDesk may be answering for this mailbox; empty where none does."""
    has_account: bool = True
    last_to_them: datetime | None = None
    lately: Lately = Lately()


_Rule = Callable[[Case], str | None]


def judge(case: Case) -> Held:
    """The verdict. Its `rule` is the first that refuses: the switch, the mail by itself, then the rest."""
    if not case.is_on:
        return _no("off", "the holding message is switched off.")
    if not case.by_mail.send:
        return Held(to=None, rule=case.by_mail.rule, why=case.by_mail.why)
    for name, rule in _RULES:
        why = rule(case)
        if why:
            return _no(name, why)
    return Held(to=case.by_mail.to, rule=None, why="Nothing speaks against an automatic reply.")


def _no(rule: str, why: str) -> Held:
    return Held(to=None, rule=rule, why=f"No automatic reply because {why}")


def sender_key(address: str) -> str:
    """The sender as the ledger counts: one person's tags are one.

    >>> sender_key("Bob+Tickets@Example.org")
    'bob@example.org'
    """
    local, at, domain = email_key(address).rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def counted_domain(address: str) -> str:
    """The domain that shares one backstop; empty for freemail, where everybody is somebody else."""
    domain = sender_key(address).rpartition("@")[2]
    return "" if is_freemail(domain) else domain


def no_more(*, received_at: datetime, promised_at: datetime | None, now: datetime) -> str | None:
    """Why a message that waits has become wrong by the time alone, or None."""
    if now - received_at > FRESH:
        return "It could not go out within a day."
    if promised_at is not None and now >= promised_at:
        return "What it promises is over."
    return None


def _a12(case: Case) -> str | None:
    if case.is_quiet:
        return "it was read later, not as it landed."
    return "it is older than a day." if case.now - case.received_at > FRESH else None


def _a17(case: Case) -> str | None:
    return "a person was quicker." if case.is_answered else None


def _known(case: Case) -> str | None:
    """A registered form's visitor may come again; by letter only who is new is told that it arrived."""
    if case.has_enquired:
        return None if case.is_form else "they enquired before: they know you."
    return "you wrote to them before: they know you." if case.wrote_before else None


def _site(case: Case) -> str | None:
    return "your website confirms it by itself." if case.is_confirmed and case.is_form else None


def _desk(case: Case) -> str | None:
    return case.other_desk or None


def _account(case: Case) -> str | None:
    return None if case.has_account else "no mailbox is set up to send it from."


def _a7(case: Case) -> str | None:
    last = case.last_to_them
    if last is None or case.now - last >= ONCE_IN:
        return None
    return "they had one in the last seven days."


def _a8(case: Case) -> str | None:
    lately = case.lately
    limits = (
        (lately.minute, PER_MINUTE, "in the last minute"),
        (lately.hour, PER_HOUR, "in the last hour"),
        (lately.day, PER_DAY, "in the last day"),
        (lately.domain, PER_DOMAIN, "to the same domain in the last hour"),
    )
    return next((f"{count} went out {when}." for count, most, when in limits if count >= most), None)


_RULES: tuple[tuple[str, _Rule], ...] = (
    ("A12", _a12), ("A17", _a17), ("known", _known), ("site", _site), ("desk", _desk),
    ("account", _account), ("A7", _a7), ("A8", _a8),
)  # fmt: skip
