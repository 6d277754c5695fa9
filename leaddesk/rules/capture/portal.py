"""The link of a portal's mail behind which a person can be answered who is told without an address."""

from __future__ import annotations

import html
import re

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.html_text import links_of
from leaddesk.rules.capture.meaning import host_of, urls_in
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.person import Ours

_LONGEST = 2000
_SHORTEST = 3
"""Letters of a portal's name: shorter ones meet by chance."""
_ANSWERS = re.compile(
    r"lead|messag|inquir|enquir|repl[yi]|respon|conversation|thread|inbox|request|quote|contact|job|\d{4,}",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"unsub|opt-?out|preferenc|settings|privacy|terms|legal|imprint|/help|support|facebook|twitter|linkedin"
    r"|instagram|app-?store|\.(?:png|jpe?g|gif|svg|css|ico)\b",
    re.IGNORECASE,
)


def portal_link(mail: Opened, ours: Ours, message: str) -> str | None:
    """The first https link into the portal itself that looks like this enquiry's own, else none.

    Never a link of the visitor's words, of our own site, or of a host that is not the sender's.
    """
    domain = robots.domain_of(mail.sender.address)
    if not domain or ours.has(mail.sender.address) or is_freemail(domain):
        return None
    links = [*links_of(mail.html, 100), *urls_in(mail.lines[:20_000])[:100]]
    for link in dict.fromkeys(html.unescape(each) for each in links):
        if _is_of(domain, host_of(link)) and _is_its_own(link) and link not in message:
            return link
    return None


def _is_its_own(link: str) -> bool:
    path = link[8:].partition("/")[2]
    is_safe = link[:8].lower() == "https://" and len(link) <= _LONGEST
    return is_safe and bool(_ANSWERS.search(path)) and not _ELSEWHERE.search(path)


def _is_of(domain: str, host: str) -> bool:
    """The same name before the ending: portals use several endings, and mail from sub-domains."""
    return _name(host) == _name(domain) and len(_name(host)) >= _SHORTEST


def _name(host: str) -> str:
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-2]) <= 3:  # co.uk, com.au
        return parts[-3]
    return parts[-2] if len(parts) > 1 else ""
