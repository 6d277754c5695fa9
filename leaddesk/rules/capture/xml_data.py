"""Leads in XML: ADF and its kin.

The text is scanned for its tags only: there is no parser, hence no entity to expand and nothing to fetch.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary

DATA_LIMIT = 256 * 1024
"""Characters of data that are read."""
_XML_DEPTH = 40
_CDATA = "<![CDATA["

_TAG = re.compile(
    r"<!\[CDATA\[|<(/?)([A-Za-z_][\w:.-]{0,60})([^<>]{0,2000}?)(/?)>|<[!?][^<>]{0,2000}>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]{1,40})\s?=\s?[\"']([^\"'<>]{0,500})[\"']")
_LEAF_XML = {
    "comments": "message", "comment": "message", "email": "email", "phone": "phone", "company": "company",
    "firma": "company", "vorname": "first_name", "nachname": "last_name", "tel": "phone", "telefon": "phone",
    "anfrage": "message", "message": "message", "bevorzugt": "phone", "int_email": "email",
}  # fmt: skip


def find_xml(text: str) -> str | None:
    """Lead data in XML that stands somewhere in a text, also with its brackets escaped."""
    for candidate in (text, html.unescape(text) if "&lt;" in text else ""):
        lower = candidate[:DATA_LIMIT].lower()
        for root in ("adf", "openimmo_feedback", "openimmo", "lead"):
            start, end = lower.find(f"<{root}>"), lower.rfind(f"</{root}>")
            if start < 0:
                start = lower.find(f"<{root} ")
            if 0 <= start < end:
                return candidate[start : end + len(root) + 3]
    return None


def read_xml(text: str, vocabulary: Vocabulary) -> Sheet:
    """The customer, message and provider in ADF or a like vocabulary of elements."""
    return Sheet(tuple(_xml_pairs(text[:DATA_LIMIT], vocabulary)), "")


def _leaves(text: str) -> Iterator[tuple[tuple[str, ...], dict[str, str], str]]:
    """Each element that holds text: the path of names to it, its attributes, the text."""
    path: list[tuple[str, dict[str, str]]] = []
    place, pending = 0, ""
    while match := _TAG.search(text, place):
        pending += html.unescape(text[place : match.start()])
        place = match.end()
        if match.group() == _CDATA:
            end = text.find("]]>", place)
            end = len(text) if end < 0 else end
            pending, place = pending + text[place:end], min(end + 3, len(text))
        elif match[1]:
            if pending.strip() and path:
                yield tuple(name for name, _ in path), path[-1][1], pending.strip()
            pending = ""
            _leave(path, match[2].lower())
        elif match[2]:
            pending = ""
            yield from _enter(path, match)


def _leave(path: list[tuple[str, dict[str, str]]], name: str) -> None:
    """Close the element; those inside it that were never closed go with it."""
    if any(name == opened for opened, _ in path):
        while path.pop()[0] != name:
            pass


def _enter(
    path: list[tuple[str, dict[str, str]]], match: re.Match[str]
) -> Iterator[tuple[tuple[str, ...], dict[str, str], str]]:
    """Open an element; one that is empty but has attributes is a leaf at once."""
    name = match[2].lower()
    attributes = {key.lower(): html.unescape(value) for key, value in ATTRIBUTE.findall(match[3])}
    if match[4]:
        if attributes:
            yield (*(opened for opened, _ in path), name), attributes, ""
    elif len(path) < _XML_DEPTH:
        path.append((name, attributes))


def _xml_pairs(text: str, vocabulary: Vocabulary) -> Iterator[Pair]:
    names: dict[str, str] = {}
    for path, attributes, value in _leaves(text):
        leaf, around = path[-1], set(path[:-1])
        if "vendor" in around and leaf != "vendorname":
            continue
        if leaf == "id" and attributes.get("source"):
            yield Pair("source", attributes["source"].removesuffix(" Offer"), "origin")
        if "provider" in around:
            if leaf == "name" and value:
                yield Pair("provider", value, "vendor")
        elif (
            around & {"customer", "contact", "interessent", "prospect", "lead", "objekt", "feedback"}
            and value
        ):
            yield from _customer(path, attributes, value, names, vocabulary)
        elif value and leaf in ("portal", "sender", "name") and "sender" in around | {leaf}:
            yield Pair(leaf, value, "vendor")
    told = ("first", "middle", "last") if len(names.get("middle", "").rstrip(".")) > 1 else ("first", "last")
    full = names.get("full") or " ".join(names[part] for part in told if part in names)
    if full:
        yield Pair("name", full, "name")


def _customer(
    path: tuple[str, ...],
    attributes: dict[str, str],
    value: str,
    names: dict[str, str],
    vocabulary: Vocabulary,
) -> Iterator[Pair]:
    leaf = path[-1]
    if "vehicle" in path[:-1]:
        if leaf in ("year", "make", "model", "trim", "stock", "vin"):
            yield Pair(leaf, value, None)
        return
    if leaf == "name" and "customer" in path:
        names.setdefault(attributes.get("part", "full").lower(), value)
    elif leaf in _LEAF_XML:
        yield Pair(leaf, value, _LEAF_XML[leaf])
    elif leaf == "requestdate":
        yield Pair(leaf, value, "stamp")
    else:
        yield Pair(leaf.replace("_", " "), value, meaning_of(leaf, value, vocabulary))
