"""Pasted texts: read for a person who looks at them before anything is stored."""

from __future__ import annotations

import re

from leaddesk.desk.receive import Receive
from leaddesk.rules.capture.pasted import TEXT_LIMIT, pasted
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.phones import at_home, regions
from leaddesk.rules.capture.source_words import in_words
from leaddesk.rules.capture.vocabulary import shipped
from leaddesk.words.by_hand import Pasted
from leaddesk.words.mail import Reading

_NO_HEADERS = b"Content-Type: text/plain; charset=utf-8\n\n"
_HEADERS = re.compile(r"(?:[A-Za-z][\w-]{1,40}:[ \t].*\n(?:[ \t].*\n)*){2,}\n")
"""What a mail's source begins with. Labelled lines without "From:" are none: a form has them too."""


class Paste:
    """What a person copied from a chat, a page or a letter."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    def read(self, text: str) -> Pasted:
        """Who it seems to be and what they want. Stores nothing."""
        text = text[:TEXT_LIMIT].replace("\r\n", "\n")
        known = self._receive.known()
        is_whole = _is_whole(text)
        raw = text.encode("utf-8", "replace")
        reading = self._receive.parse(raw if is_whole else _NO_HEADERS + raw)
        if is_whole:
            text = reading.message or reading.visible
        domains = [address.rpartition("@")[2] for address in sorted(known.own_addresses)]
        vocabulary = shipped()
        language = vocabulary.language_of(text)
        return pasted(
            text,
            reading,
            Ours(known.own_addresses, known.own_domains),
            at_home(regions(domains, 0, language, vocabulary), known.country),
            _source(reading),
        )


def _is_whole(text: str) -> bool:
    """True for a mail's source and for a form's data, which the general reader takes as they are."""
    headers = _HEADERS.match(text[:4000])
    is_mail = headers is not None and re.search(r"(?m)^From: ", headers[0]) is not None
    return is_mail or text.lstrip().startswith(("{", "<", "[{"))


def _source(reading: Reading) -> str:
    """In words, where the text names a page, a campaign or a form; else the person is asked."""
    told = reading.source
    if not any((told.page_url, told.referrer, told.utm_source, told.utm_campaign, told.vendor)):
        return ""
    return in_words(reading, "").text
