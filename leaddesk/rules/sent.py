"""A mail found in Sent that LeadDesk did not write: a person's answer, or the website's own confirmation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from leaddesk.rules.capture.headers import read_headers

_DATE_TOLERANCE = timedelta(minutes=2)
_WEB_MAILERS = (
    "phpmailer",
    "wpmail",
    "swiftmailer",
    "symfony mailer",
    "nodemailer",
    "laravel",
    "drupal",
    "joomla",
)
_WEBMAILS = ("roundcube", "squirrelmail", "horde", "rainloop", "snappymail", "sogo", "zimbra")
"""Pages on which a person writes, and which may run on PHP as well."""
_MACHINE_HEADERS = ("x-php-originating-script", "x-php-script", "x-auto-response-suppress", "x-autoreply")

_ALIKE = 0.9
"""Share of the words that must be the same; a name or a number is never counted."""
_FEWEST_WORDS = 4
_MOST_WORDS = 400
_WORD = re.compile(r"[^\W\d_]+")
_REPLY_MARK = re.compile(r"^\s*((re|aw|sv|antw|tr|fwd?|wg)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and own words of a mail, without quote and signature."""

    subject: str
    text: str


def is_by_a_machine(raw: bytes) -> bool:
    """True when the headers tell a web mailer or an automatic sender. Being quick is never evidence."""
    headers, _ = read_headers(raw)
    automatic = headers.get("auto-submitted").strip().lower()
    if automatic and not automatic.startswith("no"):
        return True
    mailer = f"{headers.get('x-mailer')} {headers.get('user-agent')}".lower()
    if any(name in mailer for name in _WEBMAILS):
        return False
    return any(headers.get(name) for name in _MACHINE_HEADERS) or any(name in mailer for name in _WEB_MAILERS)


def are_alike(one: Words, other: Words, names: Iterable[str] = ()) -> bool:
    """True when two mails differ in nothing but names and numbers: a machine filled in a form letter.

    `names` are words that may differ, such as those of the recipients.

    >>> hello = "Dear {}, thank you for your message! Your ticket has the number {}."
    >>> are_alike(Words("We got it", hello.format("Ngozi", 17)), Words("We got it", hello.format("Bob", 9)))
    True
    """
    left_out = {word.casefold() for name in names for word in _WORD.findall(name)}
    if _words(_bare(one.subject), left_out) != _words(_bare(other.subject), left_out):
        return False
    if one.text == other.text:
        return bool(one.text.strip())
    ones, others = _words(one.text, left_out), _words(other.text, left_out)
    if ones == others:
        return bool(ones)
    if min(len(ones), len(others)) < _FEWEST_WORDS:
        return False
    return SequenceMatcher(None, ones, others, autojunk=False).ratio() >= _ALIKE


def same_subject(subject: str, names: Iterable[str] = ()) -> str:
    """What two subjects share that differ in nothing but names, numbers and marks of a reply.

    >>> same_subject("Re: Ticket 17, Ngozi", ["Ngozi"]) == same_subject("ticket 9, Bob", ["Bob"])
    True
    """
    left_out = {word.casefold() for name in names for word in _WORD.findall(name)}
    return " ".join(_words(_bare(subject), left_out))


def date_mark(stored_at: datetime, date_header: datetime | None) -> str:
    """A word of warning where the Date header and the server's time differ by more than two minutes."""
    if date_header is None or abs(date_header - stored_at) <= _DATE_TOLERANCE:
        return ""
    return "The mail's own date differs from the server's time, which counts."


def _words(text: str, left_out: set[str]) -> list[str]:
    found = (word.casefold() for word in _WORD.findall(text[: _MOST_WORDS * 20]))
    return [word for word in found if word not in left_out][:_MOST_WORDS]


def _bare(subject: str) -> str:
    return _REPLY_MARK.sub("", subject)
