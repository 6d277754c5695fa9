"""Who asks, and for what, in the schema.org data that services hide in their mails: JSON-LD and microdata.

The same data stands on tickets and bills that are sent to ourselves. So it counts only where it names a
person with an address or a number, and never for what somebody bought.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from leaddesk.rules.capture.microdata import read_items
from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.vocabulary import fold

Item = dict[str, object]

_LIMIT = 400_000
_DEPTH = 12
_SCRIPT = re.compile(r"<script\b[^<>]{0,200}application/ld\+json[^<>]{0,200}>", re.IGNORECASE)
_SCRIPT_LIMIT = 60_000
_ASKERS = (
    "undername",
    "customer",
    "sender",
    "author",
    "agent",
    "participant",
    "buyer",
    "attendee",
    "applicant",
)
"""Properties under which the person stands; in lower case, as all names here."""
_WORDS = ("text", "messagebody", "message", "comment", "specialrequests", "description")
"""Properties that hold what the person wrote, the surest first."""
_BOUGHT = frozenset({
    "order", "invoice", "parceldelivery", "flightreservation", "trainreservation", "busreservation", "ticket",
})  # fmt: skip
_NO_ANSWER = frozenset({"name", "url", "image", "id", "identifier", "potentialaction", "modifytime", "email"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_schema(markup: str) -> Sheet | None:
    """The person and the request in the data of an HTML body, or None when it tells none."""
    if "schema.org" not in markup[:_LIMIT]:
        return None
    for item in _items(markup[:_LIMIT]):
        for around in _within(item, 0):
            person = _person(around)
            if person and _type(around) not in _BOUGHT:
                return Sheet((*person, *_request(around)), "")
    return None


def _items(markup: str) -> Iterator[Item]:
    for opening in list(_SCRIPT.finditer(markup))[:20]:
        start = opening.end()
        end = markup.find("</script", start, start + _SCRIPT_LIMIT)
        if end < 0:
            continue
        script = markup[start:end]
        try:
            data = json.loads(html.unescape(script) if "&quot;" in script else script)
        except (ValueError, RecursionError):
            continue
        yield from (each for each in (data if isinstance(data, list) else [data]) if isinstance(each, dict))
    if "itemprop" in markup:
        yield from read_items(markup)


def _within(item: Item, depth: int) -> Iterator[Item]:
    """The item and those inside it, the outer ones first."""
    if depth > _DEPTH:
        return
    yield item
    for value in item.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _within(each, depth + 1)


def _type(item: Item) -> str:
    told = item.get("@type")
    first = told[0] if isinstance(told, list) and told else told
    return str(first).rpartition("/")[2].lower()


def _person(around: Item) -> list[Pair]:
    """Name, address and number of whoever asks; empty where neither address nor number is told."""
    for key, value in around.items():
        first = value[0] if isinstance(value, list) and value else value
        if key.lower() in _ASKERS and isinstance(first, dict) and _type(first) in ("person", "none"):
            pairs = list(_ways(first))
            if any(pair.meaning in ("email", "phone") for pair in pairs):
                return pairs
    return []


def _ways(person: Item) -> Iterator[Pair]:
    told = {key.lower(): value.strip() for key, value in person.items() if isinstance(value, str)}
    parts = " ".join(told[key] for key in ("givenname", "familyname") if told.get(key))
    firm = person.get("worksFor")
    company = firm.get("name") if isinstance(firm, dict) else firm
    for meaning, value in (
        ("name", told.get("name") or parts),
        ("email", told.get("email", "").removeprefix("mailto:")),
        ("phone", told.get("telephone", "").removeprefix("tel:")),
        ("company", company if isinstance(company, str) else ""),
    ):
        if value:
            yield Pair(meaning, value, meaning)


def _request(around: Item) -> Iterator[Pair]:
    """What the person wrote, and the other answers beside it."""
    told = {
        key: str(value).strip()
        for key, value in around.items()
        if isinstance(value, str | int | float) and not key.startswith("@")
    }
    lower = {key.lower(): value for key, value in told.items()}
    wrote = next((key for key in _WORDS if len(lower.get(key, "").split()) >= 3), "")
    if wrote:
        yield Pair("message", lower[wrote], "message")
    for key, value in told.items():
        if value and key.lower() not in _NO_ANSWER and key.lower() != wrote and "schema.org" not in value:
            yield Pair(fold(_CAMEL.sub(" ", key)), value, None)
