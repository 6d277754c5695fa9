"""What headers alone settle, and which mails must be read whole: those whose person stands in the body."""

from __future__ import annotations

import enum

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import first_mailbox
from leaddesk.rules.capture.headers import Headers
from leaddesk.rules.capture.own_list import written_headers
from leaddesk.words.mail import Known

_BULK = ("bulk", "list", "junk")


class Need(enum.Enum):
    """How far a mail must be read to know who asks."""

    NOT = enum.auto()
    HEAD = enum.auto()
    WHOLE = enum.auto()


def need(headers: Headers, known: Known) -> Need:
    """Whole: a robot's mail, one that came from us, and one whose answers go elsewhere.

    A form or a portal names its person in the body, a colleague passes a customer's words on there; some
    forms call themselves bulk. What was sent to a list, but a list of ours, and answers nothing is nobody's
    enquiry; headers settle all the others.
    """
    headers = written_headers(headers, known)
    sender, reply_to = first_mailbox(headers.get("from")), first_mailbox(headers.get("reply-to"))
    answers = bool(headers.get("in-reply-to") or headers.get("references"))
    if _is_ours(sender.address, known):
        return Need.WHOLE
    is_robot = robots.is_robot(sender.address) or sender.address is None
    elsewhere = reply_to.address is not None and _domain(reply_to.address) != _domain(sender.address)
    if _is_bulk(headers):
        if answers:
            return Need.HEAD
        is_form = (is_robot or elsewhere) and not robots.list_headers(headers)
        return Need.WHOLE if is_form else Need.NOT
    if robots.auto_submitted(headers) == "auto-replied":
        return Need.HEAD
    if answers:
        return Need.WHOLE if is_robot else Need.HEAD
    speaks_for_others = is_robot or robots.is_brand(sender.name, sender.address)
    is_whole = speaks_for_others or elsewhere or "list-unsubscribe" in headers
    return Need.WHOLE if is_whole else Need.HEAD


def _is_ours(address: str | None, known: Known) -> bool:
    key = (address or "").casefold()
    return key in known.own_addresses or _domain(key) in known.own_domains


def _is_bulk(headers: Headers) -> bool:
    return "list-id" in headers or robots.precedence(headers) in _BULK


def _domain(address: str | None) -> str:
    return robots.domain_of(address)
