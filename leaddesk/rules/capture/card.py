"""The sender's own vCard on a letter: what it tells fills what the letter leaves open."""

from __future__ import annotations

import dataclasses

from leaddesk.rules.capture import names
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.parts import Part
from leaddesk.rules.capture.person import Who
from leaddesk.rules.capture.phones import Regions, labelled_phone
from leaddesk.rules.capture.vocabulary import fold

_BYTES = 64 * 1024
"""Of a card, encoded; a portrait may follow behind."""
_TYPES = ("text/vcard", "text/x-vcard", "text/directory", "application/vcard")


def with_card(who: Who, mail: Opened, regions: Regions) -> Who:
    """`who` with the number, firm and full name of a card that is theirs."""
    part = next((part for part in mail.structure.parts if _is_card(part)), None)
    if part is None:
        return who
    from leaddesk.rules.imports import cards, vcard  # noqa: PLC0415 - few mails carry a card

    lines = part.content(_BYTES).splitlines()
    card = next(vcard.cards(lines, part.parameters.get("charset", "utf-8")), None)
    if card is None:
        return who
    emails = [email.lower() for email in cards.emails_of(card)]
    name = names.person(one_line(cards.name_of(card)))
    if not ((who.email or "").lower() in emails or (name and fold(name) == fold(who.name or ""))):
        return who  # somebody else's card, passed on
    phones = [number for text in cards.phones_of(card) if (number := labelled_phone(text, regions))]
    return dataclasses.replace(
        who,
        name=who.name or name,
        phone=who.phone or next(iter(phones), None),
        company=who.company or one_line(cards.company_of(card), 120) or None,
    )


def _is_card(part: Part) -> bool:
    return part.type in _TYPES or part.file_name.lower().endswith(".vcf")
