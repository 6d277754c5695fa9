"""Their words below ours: quoted, with a line that says whose they are and from when, in their language."""

from __future__ import annotations

from datetime import datetime, tzinfo

from leaddesk.rules.capture.clean import lines_of
from leaddesk.rules.language import language_of
from leaddesk.words.lead import Channel, Touch

_LINES, _LENGTH = 60, 4000
_WRITTEN = frozenset({Channel.EMAIL, Channel.FORM})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEADS = {
    "de": "Am {d.day}.{d.month}.{d.year} um {d.hour}:{d:%M} schrieb {name}:",
    "fr": "Le {d:%d/%m/%Y} à {d:%H:%M}, {name} a écrit :",
    "es": "El {d.day}/{d.month}/{d.year} a las {d.hour}:{d:%M}, {name} escribió:",
    "it": "Il giorno {d.day}/{d.month}/{d.year} alle ore {d.hour}:{d:%M} {name} ha scritto:",
    "nl": "Op {d.day}-{d.month}-{d.year} om {d.hour}:{d:%M} schreef {name}:",
    "pl": "Dnia {d:%d.%m.%Y} o {d.hour}:{d:%M} {name} napisał(a):",
    "ja": "{d.year}/{d.month}/{d.day} {d.hour}:{d:%M} {name}:",
}


def quote(touch: Touch, name: str, now: datetime, zone: tzinfo) -> str:
    """Their words with `> ` before each line, under a line that says whose they are; empty after a call."""
    text = lines_of(touch.text).strip()
    if touch.channel not in _WRITTEN or not text:
        return ""
    lines = text[:_LENGTH].split("\n")[:_LINES]
    if len("\n".join(lines)) < len(text):
        lines.append("[…]")
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"{_head(touch, name, now, zone)}\n{quoted}"


def _head(touch: Touch, name: str, now: datetime, zone: tzinfo) -> str:
    local = touch.at.astimezone(zone)
    head = _HEADS.get(language_of(touch.text) or "")
    if head is not None and name:
        return head.format(d=local, name=name)  # the pattern is ours; the name is only a value
    return f"On {_day(local, now.astimezone(zone))}, {name or 'you'} wrote:"


def _day(at: datetime, now: datetime) -> str:
    year = "" if at.year == now.year else f" {at.year}"
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}{year} at {at.hour}:{at:%M}"
