"""Who asks, and for what: from a form's labelled values or from a personal mail and its signature."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from leaddesk.rules.capture import clues, names
from leaddesk.rules.capture.clean import one_line, plain
from leaddesk.rules.capture.firms import signed_company
from leaddesk.rules.capture.meaning import only_address
from leaddesk.rules.capture.phones import Regions, first_phone, labelled_phone
from leaddesk.rules.capture.sheet import INTRO, OWN_ROW, Pair, Sheet
from leaddesk.rules.capture.tails import without_tail
from leaddesk.rules.capture.transcript import visitor_said
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_USED_UP = frozenset({
    "name", "first_name", "last_name", "email", "phone", "company", "message", "ip", "agent", "page",
    "landing", "journey", "referrer", "form", "vendor", "origin", "consent",
    "utm_source", "utm_medium", "utm_campaign",
})  # fmt: skip
_QUOTED = re.compile(r"[\"\u201c\u201e\u00ab\u300c](.{10,5000}?)[\"\u201d\u00bb\u300d\u201c]", re.DOTALL)
_QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d' \u00a0"


@dataclass(frozen=True, slots=True)
class Who:
    """The person and what they want."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    company: str | None = None
    message: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ours:
    """Addresses and domains that are the business's own, as known and as the mail's recipients tell."""

    addresses: frozenset[str]
    domains: frozenset[str]

    def has(self, address: str | None) -> bool:
        if not address:
            return False
        lower = address.lower()
        return lower in self.addresses or lower.rpartition("@")[2] in self.domains


def from_sheet(
    sheet: Sheet, ours: Ours, regions: Regions, vocabulary: Vocabulary, language: str, service: str = ""
) -> Who:
    """The person of a form's notice. `service` is what its sender is called in its domain."""
    sheet = sheet.together()
    company = sheet.first("company") or _company_name(sheet)
    email = _email(sheet, ours)
    name = _labelled_name(sheet, language) or clues.name_of(sheet, email)
    phone_pair = _phone_pair(sheet, regions)
    phone = labelled_phone(phone_pair.value, regions) if phone_pair else None
    told = _message(sheet, vocabulary)
    spoken = visitor_said(told or sheet.rest, name)
    message = spoken or without_tail(told, name, service, vocabulary)
    return Who(
        name=name,
        email=email,
        phone=phone or first_phone(message, regions),
        company=one_line(company, 120) if company else signed_company(message, email),
        message=_unquoted(message),
        fields=_fields(sheet, phone_pair, told),
    )


def _labelled_name(sheet: Sheet, language: str) -> str | None:
    first, last = _part(sheet, "first_name"), _part(sheet, "last_name")
    if last and not first:  # in some languages the first name is just called "name"
        told = names.person(sheet.first("name") or "")
        first = told if told and fold(last) not in fold(told) else None
        if first:
            return names.joined(first, last, language)
    parts = names.joined(first, last, language)
    for value in sheet.values("name"):
        found = names.person(value.partition("<")[0])
        if found and not (parts and names.is_company(found)):
            return found if not parts or len(found.split()) > 1 or fold(found) not in fold(parts) else parts
    return parts


def _company_name(sheet: Sheet) -> str | None:
    """A firm that stands under a bare "name" beside the parts of a person's."""
    if not sheet.values("first_name", "last_name"):
        return None
    return next((value for value in sheet.values("name") if names.is_company(value)), None)


def _part(sheet: Sheet, meaning: str) -> str | None:
    value = sheet.first(meaning)
    return names.without_titles(one_line(value, 80)) if value else None


def _email(sheet: Sheet, ours: Ours) -> str | None:
    found = [address for value in sheet.values("email") if (address := only_address(value))]
    return next((address for address in found if not ours.has(address)), None)


def _phone_pair(sheet: Sheet, regions: Regions) -> Pair | None:
    for meaning in ("phone", "mobile"):
        for pair in sheet.pairs:
            if pair.meaning == meaning and labelled_phone(pair.value, regions):
                return pair
    return None


def _message(sheet: Sheet, vocabulary: Vocabulary) -> str:
    """The labelled message, else the longest answer that is a text, else what stands without a label."""
    told = max(sheet.values("message"), key=len, default="")
    if told:
        return _unquoted(told)
    free = [pair.value for pair in sheet.pairs if pair.meaning is None and _is_text(pair.value)]
    if free:
        return max(free, key=len)
    return _rest_message(sheet.rest, vocabulary)


def _is_text(value: str) -> bool:
    return len(value) >= 40 and len(value.split()) >= 7 and "http" not in value[:60]


def _rest_message(rest: str, vocabulary: Vocabulary) -> str:
    quoted = _QUOTED.search(rest)
    if quoted and len(quoted[1].split()) >= 4:
        return quoted[1].strip()
    framed = _framed(rest)
    if framed:
        return framed
    before, _, after = rest.rpartition(INTRO)
    if after.strip() and len(before) < 120:
        rest = after.strip()
    rows = [row for row in rest.split("\n") if not row.startswith(OWN_ROW)]
    if len(rows) > 1 and len(rows[0].split()) <= 8 and _asker(rows[0], vocabulary):
        rows = rows[1:]  # "Ann Beck started a conversation"
    if len(rows) > 2 and vocabulary.text["greeting"].opens(rows[0]) and not rows[1].strip():
        follow = "\n".join(rows[1:]).strip()
        rows = (
            follow.split("\n")
            if len(follow) > 60 and not _asks(rows[0]) and _addresses_site(rows[0])
            else rows
        )
    return "\n".join(rows).strip()


def _framed(rest: str) -> str | None:
    """What stands between two equal ruled lines, under words of the service's that end in a colon."""
    rows = rest.split("\n")
    places = [place for place, row in enumerate(rows) if row.startswith(OWN_ROW) and len(row) > 4]
    for start, end in itertools.pairwise(places):
        above = next((row for row in reversed(rows[:start]) if row.strip()), "")
        inside = "\n".join(rows[start + 1 : end]).strip()
        announced = above.endswith((":", "\uff1a")) or above == INTRO
        if rows[start] == rows[end] and announced and len(inside.split()) >= 4:
            return inside
    return None


def _asks(row: str) -> bool:
    return len(row) > 60


def _addresses_site(row: str) -> bool:
    """A greeting that names somebody in capitals or by several words is the service's, not the visitor's."""
    return len(row.split()) >= 3 or row.isupper()


def _unquoted(text: str) -> str:
    bare = text.strip()
    if len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES:
        return bare.strip(_QUOTES)
    return bare


def _fields(sheet: Sheet, phone: Pair | None, message: str) -> dict[str, str]:
    """Every further answer with its label, in order."""
    found: dict[str, str] = {}
    for pair in sheet.pairs:
        if pair is phone or not pair.value or not pair.label or pair.value == message:
            continue
        if pair.meaning in _USED_UP and not (pair.meaning == "message" and _unquoted(pair.value) != message):
            continue
        found.setdefault(one_line(pair.label, 120), _answer(pair))
        if len(found) >= 100:
            break
    return found


def _answer(pair: Pair) -> str:
    """The value; a label that may mean a message has the rows of its ticked boxes still apart."""
    rows = [row.strip() for row in plain(pair.value, 5000).split("\n")]
    if pair.meaning == "message" and len(rows) > 1 and all(0 < len(row) <= 60 for row in rows):
        return ", ".join(rows)
    return "\n".join(rows)


def from_letter(
    visible: str, signature: str, display: str, address: str | None, regions: Regions, vocabulary: Vocabulary
) -> Who:
    """The person of a personal mail: display name, then the signature."""
    name = names.person(display) or _signed_name(visible, signature, vocabulary)
    phone = first_phone(signature, regions) if signature else None
    return Who(
        name=name,
        email=address,
        phone=phone or first_phone(visible, regions),
        company=signed_company(f"{visible[-600:]}\n{signature}", address),
        message=visible,
    )


def _signed_name(visible: str, signature: str, vocabulary: Vocabulary) -> str | None:
    """The first row of the signature that could be a name."""
    closing = vocabulary.text["closing"]
    device = vocabulary.text["device"]
    for row in (line.strip(" ,-") for line in signature.split("\n")[:6]):
        if not row or closing.is_all_of(row) or device.opens(row):
            continue
        found = names.person(row)
        if found and 1 <= len(found.split()) <= 4 and found[:1].isupper() and not names.is_company(found):
            return found
        return None
    return None


def asker(text: str, vocabulary: Vocabulary) -> str | None:
    """The name before "is looking for", "just submitted" and their kin, in a subject or a first row."""
    return next((found for part in text[:300].split(": ") if (found := _asker(part, vocabulary))), None)


def _asker(text: str, vocabulary: Vocabulary) -> str | None:
    words = text.split()
    for count in range(1, min(5, len(words))):
        following = fold_text(" ".join(words[count : count + 4]))
        if vocabulary.text["asks"].opens(following):
            found = names.person(" ".join(words[:count]).partition(" from ")[0])
            return found if found and found[:1].isupper() else None
    return None
