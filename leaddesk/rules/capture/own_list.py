"""A shared inbox that is fed by a list of ours: info@ as a group of the mail provider is no mailing list."""

from __future__ import annotations

import dataclasses
import re

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.headers import Headers
from leaddesk.rules.capture.opened import Opened
from leaddesk.words.mail import Known

_ID = re.compile(r"<([^<>\s]{1,250})>\s*\Z")
_PUT_ON = ("precedence", "x-precedence", "mailing-list")


def as_written(mail: Opened, known: Known) -> Opened:
    """The mail without what a list of ours put on it; any other mail as it is."""
    headers = written_headers(mail.headers, known)
    return mail if headers is mail.headers else dataclasses.replace(mail, headers=headers)


def written_headers(headers: Headers, known: Known) -> Headers:
    """The same for headers alone. Only addresses that are known as ours tell which list is ours."""
    if not _is_ours(headers.get("list-id"), known):
        return headers
    kept = (name for name in headers if name not in _PUT_ON and not name.startswith("list-"))
    return Headers([(name, value) for name in kept for value in headers.all(name)])


def _is_ours(list_id: str, known: Known) -> bool:
    """`<info.lofts.example>` is info@lofts.example."""
    found = _ID.search(list_id.strip()[-300:].lower())
    if not found:
        return False
    domains = known.own_domains | {
        domain for a in known.own_addresses if not is_freemail(domain := robots.domain_of(a))
    }
    return any(found[1].endswith(f".{domain}") for domain in domains if domain)
