"""From a card to the person that it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from leaddesk.rules.capture.clean import lines_of, one_line
from leaddesk.rules.capture.phones import Regions
from leaddesk.rules.capture.vocabulary import fold
from leaddesk.rules.imports.cells import emails_in, phones_in
from leaddesk.rules.imports.contacts import joined, ways_of
from leaddesk.rules.imports.numbers import Numbers
from leaddesk.rules.imports.vcard import Card, Property, by_preference
from leaddesk.words.imports import Contact, Flag

_NO_VOICE = frozenset({"FAX", "PAGER", "MODEM", "BBS", "ISDN", "TEXTPHONE", "WORKFAX", "HOMEFAX", "TLX"})
_KEPT = {
    "TITLE": "Job title",
    "ROLE": "Role",
    "URL": "Web",
    "NICKNAME": "Nickname",
    "CATEGORIES": "Categories",
}


class CardContacts:
    """Reads cards."""

    def __init__(self, regions: Regions, sample: Iterable[str] = ()) -> None:
        self._numbers = Numbers(regions, sample)

    def contact(self, card: Card) -> Contact:
        """Whom the card tells of; `unusable` says why where it is nobody."""
        ways = ways_of(emails_of(card), phones_of(card), self._numbers)
        name, company = one_line(name_of(card)), one_line(company_of(card))
        note = card.first("NOTE")
        return Contact(
            line=card.number,
            name=name,
            company=company,
            emails=ways.emails,
            phones=ways.phones,
            keys=ways.keys,
            message=lines_of(note.text).strip() if note else "",
            fields=_fields(card),
            unusable="" if name or company or ways.keys else "No name, no address and no number.",
            flags=(Flag.PHONE,) if ways.is_spoiled else (),
        )

    def values(self, card: Card) -> dict[str, str | None]:
        """The card as it is written."""
        emails = [address for text in emails_of(card) for address in emails_in(text)]
        phones = [phone.text for text in phones_of(card) for phone in phones_in(text) if phone.text]
        return {
            "name": one_line(name_of(card)) or None,
            "email": emails[0] if emails else None,
            "phone": phones[0] if phones else None,
            "company": one_line(company_of(card)) or None,
        }


def name_of(card: Card) -> str:
    """The name as it is shown, else of its parts with titles; empty for a company without a person."""
    shown = card.first("FN")
    name = shown.text.strip() if shown else ""
    parts = _name_parts(card)
    if _is_company(card) or (not any(parts) and name and fold(name) == fold(company_of(card))):
        return ""
    return name or _of_parts(parts)


def _of_parts(parts: list[str]) -> str:
    family, given, more, before, after = parts
    return " ".join(part for part in (before, joined(given, more, family), after) if part)


def _name_parts(card: Card) -> list[str]:
    """Family, given, additional, prefix, suffix; empty where they are not told."""
    found = card.first("N")
    parts = [" ".join(part.replace(",", " ").split()) for part in found.parts] if found else []
    return (parts + [""] * 5)[:5]


def company_of(card: Card) -> str:
    """The firm without its departments."""
    org = card.first("ORG")
    told = next((part.strip() for part in org.parts if part.strip()), "") if org else ""
    shown = card.first("FN")
    return told or (shown.text.strip() if shown and _is_company(card) else "")


def _is_company(card: Card) -> bool:
    marks = [each.text.strip().lower() for name in ("KIND", "X-ABSHOWAS") for each in card.all(name)]
    return "org" in marks or "company" in marks


def emails_of(card: Card) -> list[str]:
    """Addresses, the preferred first."""
    return [each.text.strip() for each in by_preference(card.all("EMAIL"))]


def phones_of(card: Card) -> list[str]:
    """Numbers that somebody can be rung at, the preferred first."""
    voices = [each for each in card.all("TEL") if not each.types & _NO_VOICE]
    return [text for each in by_preference(voices) if (text := _number(each))]


def _number(tel: Property) -> str:
    text = tel.text.strip()
    if text[:4].lower() == "tel:":
        return unquote(text[4:].partition(";")[0])
    return text


def _fields(card: Card) -> dict[str, str]:
    kept: dict[str, str] = {}
    for each in card.properties:
        if each.name in _KEPT and each.text.strip():
            kept.setdefault(_KEPT[each.name], lines_of(each.text).strip())
        elif each.name == "ADR":
            address = ", ".join(part.strip() for part in each.parts if part.strip())
            kept.setdefault("Address", one_line(address))
    return {label: text for label, text in kept.items() if text}
