"""The notice of a device, a job or a monitor: nobody wrote it, though its sender has an ordinary address."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.addresses import Mailbox
from leaddesk.rules.capture.mailing import any_of
from leaddesk.rules.capture.vocabulary import fold_text, folder

ENOUGH = 4
"""Signs that must meet: a device alone, or a figure alone, stands in enquiries too."""
_READ = 3000
_TAGGED = re.compile(r"\s{0,3}[\[\u3010][^\]\u3011]{1,40}[\]\u3011]")
_ROW = re.compile(r"[^\s:][^:\n]{0,40}[:\uff1a]\s{0,8}\S")
_LOGGED = (
    re.compile(r"(?<!\d)\d{1,2}:\d{2}:\d{2}(?!\d)"),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    re.compile(r"\b0x[0-9a-f]{2,16}\b", re.IGNORECASE),
    re.compile(r"\b(?:srv|vps|web|db|ns|mx|host|node|esx)[-_]?\d{1,6}\b", re.IGNORECASE),
    re.compile(r"(?<![\w/])/(?:home|var|usr|mnt|volume\d?|dev|etc)\b"),
)
"""A time to the second, an address or a name of a host, a code, a path: what only programs write down."""
_MEASURED = (
    re.compile(r"\d\s?[%\uff05]"),
    re.compile(r"\d\s?[kmgt]i?b\b", re.IGNORECASE),
    re.compile(r"\d\s?(?:\u00b0\s?)?C\b"),
    re.compile(r"\d\s?(?:ms|dpi|VA|min\b|rpm)\b"),
)


@functools.cache
def _words() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads((folder() / "machines.toml").read_text("utf-8"))
    return {name: any_of(words) for name, words in table.items()}


def names_machine(text: str) -> bool:
    """What `text` calls, an address's first part or a name shown, is a device or a program.

    >>> names_machine("nas-office"), names_machine("Ann Beck")
    (True, False)
    """
    return _words()["senders"].search(fold_text(text[:100])) is not None


def is_from_one(sender: Mailbox) -> bool:
    """The address or the name shown is a device's."""
    return names_machine(robots.local_part(sender.address)) or names_machine(sender.name)


def signs(subject: str, text: str, shown: str, address: str | None, to: tuple[str, ...]) -> int:
    """How many signs of a machine's notice meet; 0 where it speaks of nothing that happened to a device."""
    subject, text = subject[:200], text[:_READ]
    words, folded, title = _words(), fold_text(f"{subject}\n{text}"), fold_text(subject)
    from_device = is_from_one(Mailbox(shown, address))
    parts = _count(words["parts"], folded)
    level = int(bool(_TAGGED.match(subject)) or words["levels"].search(title) is not None)
    states = int(words["states"].search(folded) is not None)
    logged = _kinds(_LOGGED, text)
    if not (from_device or parts) or not (level or states or logged):
        return 0
    figures = logged + _kinds(_MEASURED, f"{subject}\n{text}")
    told = level + states + min(parts, 2) + min(figures, 2) + _is_table(text)
    return told + 2 * from_device + _from_home(address, to)


def _count(pattern: re.Pattern[str], folded: str) -> int:
    return len(set(pattern.findall(folded)))


def _kinds(patterns: tuple[re.Pattern[str], ...], text: str) -> int:
    return sum(pattern.search(text) is not None for pattern in patterns)


def _is_table(text: str) -> bool:
    """Half of the rows and three at least are a word, a colon and a value."""
    rows = [row.strip() for row in text.split("\n") if row.strip()][:60]
    labelled = sum(_ROW.match(row) is not None for row in rows)
    return labelled >= 3 and 2 * labelled >= len(rows)


def _from_home(address: str | None, to: tuple[str, ...]) -> bool:
    """Devices are set up with an address of the house that they write to."""
    domain = robots.domain_of(address)
    return bool(domain) and any(robots.domain_of(each) == domain for each in to)
