"""What headers alone settle, and which mails must be read whole: those whose person stands in the body."""

from __future__ import annotations

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import first_mailbox
from leaddesk.rules.capture.headers import Headers
from leaddesk.words.mail import Known

_BULK = ("bulk", "list", "junk")


def must_be_read_whole(headers: Headers, known: Known) -> bool:
    """True for a robot's mail, one that came from us, and one whose answers go elsewhere.

    A form or a portal names its person in the body, a colleague passes a customer's words on there. What was
    sent to a list is none of these, and a robot's answer to a mail needs no reading either.
    """
    sender, reply_to = first_mailbox(headers.get("from")), first_mailbox(headers.get("reply-to"))
    if _is_ours(sender.address, known):
        return True
    if _is_bulk(headers) or robots.auto_submitted(headers) == "auto-replied":
        return False
    elsewhere = reply_to.address is not None and _domain(reply_to.address) != _domain(sender.address)
    speaks_for_others = robots.is_robot(sender.address) or robots.is_brand(sender.name, sender.address)
    if headers.get("in-reply-to"):
        return robots.is_robot(sender.address)
    return speaks_for_others or elsewhere or "list-unsubscribe" in headers or sender.address is None


def _is_ours(address: str | None, known: Known) -> bool:
    key = (address or "").casefold()
    return key in known.own_addresses or _domain(key) in known.own_domains


def _is_bulk(headers: Headers) -> bool:
    return "list-id" in headers or robots.precedence(headers) in _BULK


def _domain(address: str | None) -> str:
    return robots.domain_of(address)
