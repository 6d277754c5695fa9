"""A text that a person copied from anywhere, a chat or a page: who it is, how to reach them, what they want.

What labels say was read before, as in any mail (`read`); here is what a bare text shows besides: the heads of
chat messages, lines that are only a name, a number or an address, and people who say who they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from leaddesk.rules.capture import names
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.phones import Regions, e164, first_phone, is_phone
from leaddesk.words.by_hand import Pasted
from leaddesk.words.mail import Reading

TEXT_LIMIT = 20_000
"""Characters that are read; more is no enquiry."""

_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[APap]\.?[Mm]\.?)?"
_STAMP = rf"(?:{_DAY},?\s{{1,2}}{_HOUR}|{_HOUR},\s{{1,2}}{_DAY}|{_HOUR})"
_CHAT = re.compile(rf"^\[?{_STAMP}\]?\s?(?:[-\u2013]\s)?([^:\n]{{2,60}}):\s(.*)$")
"""A line of a copied chat: "[10:42, 24/11/2026] Ann: Hello" and its like."""
_POSTED = re.compile(rf"^([^\d:\n][^:\n]{{1,50}}?)[\s,\u00b7|]{{1,4}}{_STAMP}$")
"""The head of a message on a page: "Ann Hollis  11:03"."""
_CAPITAL = r"[^\W\d_a-z](?:[\w\u2019'-]{0,25}|\.)"
_CALLED = re.compile(
    r"\b(?i:my name is|my name\u2019s|my name's|this is|i am|i'm|i\u2019m|name is|mein name ist|ich bin|"
    r"ich hei\u00dfe|ich heisse|hier ist|hier spricht|je m'appelle|je m\u2019appelle|je suis|me llamo|"
    r"mi nombre es|soy|mi chiamo|sono|mijn naam is|ik ben|ik heet|nazywam si\u0119|mam na imi\u0119|"
    r"meu nome \u00e9|me chamo|sou|jag heter|mitt namn \u00e4r)\s{1,3}"
    rf"({_CAPITAL}(?:\s{{1,2}}{_CAPITAL}){{0,3}})"
)
_ONLY_NAME = re.compile(
    rf"{_CAPITAL}(?:\s{{1,2}}(?:{_CAPITAL}|(?:de|van|von|der|den|di|da|du|del|la)\b)){{1,4}}"
)
_ANNOUNCED = re.compile(
    r"(?i:phone|tel|mobil|cell|call|ring|text|whatsapp|number|nummer|fon|handy|num\u00e9ro|n\u00famero|"
    r"numero|telefon)\D{0,20}((?:\+|\()?\d[\d ().\-/]{5,20}\d)"
)


def pasted(text: str, reading: Reading, ours: Ours, regions: Regions, source: str = "") -> Pasted:
    """What `text` says. `reading` is what the general reader made of it, `source` its source in words."""
    text = text[:TEXT_LIMIT].replace("\r\n", "\n").replace("\r", "\n").strip()
    rows, speaker = _without_heads(text.split("\n"))
    body = "\n".join(rows)
    email = reading.email or next((a for a in addresses_in(text) if not ours.has(a)), "")
    read = e164(reading.phone, regions) if reading.phone else None  # here our own country is known
    number = read or _number(speaker, regions) or _number(body, regions)
    name = reading.name or names.person(speaker) or _name(rows)
    message = reading.message if reading.form_notice and reading.message else _message(rows, name)
    return Pasted(
        name=name or "", number=number or "", email=email, company=reading.company or "",
        message=message, source=source,
    )  # fmt: skip


def _without_heads(rows: Sequence[str]) -> tuple[list[str], str]:
    """The rows without who said each and when, and who spoke first."""
    kept: list[str] = []
    speaker = ""
    for row in rows:
        said = _CHAT.match(row.strip()[:500])
        head = _POSTED.match(row.strip()[:120]) if said is None else None
        if said is not None:
            speaker = speaker or said[1].strip()
            kept.append(row.strip().partition(said[1] + ":")[2].strip())
        elif head is not None:
            speaker = speaker or head[1].strip()
        else:
            kept.append(row.rstrip())
    return kept, speaker


def _number(text: str, regions: Regions) -> str | None:
    """The first number that can be rung: of a known country, else alone or announced."""
    found = first_phone(text, regions)
    if found:
        return found
    alone = next((row.strip() for row in text.split("\n") if is_phone(row.strip())), None)
    announced = _ANNOUNCED.search(text)
    given = alone or (announced[1] if announced is not None else None)
    return e164(given, regions) if given else None


def _name(rows: Sequence[str]) -> str | None:
    """Who says so themselves, else a line at the head or the foot that can only be a name."""
    called = _CALLED.search(" ".join(rows))
    if called is not None:
        return names.person(called[1].rstrip(".,"))
    told = [row.strip() for row in rows if row.strip()]
    for row in (*told[:1], *told[-1:]) if len(told) > 1 else ():
        if len(row) <= 60 and _ONLY_NAME.fullmatch(row):
            return names.person(row)
    return None


def _message(rows: Sequence[str], name: str | None) -> str:
    """The text without lines that hold only who they are and how to reach them."""
    kept = [row for row in rows if not _is_contact(row.strip(), name or "")]
    return "\n".join(kept).strip()


def _is_contact(row: str, name: str) -> bool:
    if not row:
        return False
    alone = addresses_in(row)
    return row == name or is_phone(row) or (len(alone) == 1 and alone[0] == row.lower().strip("<>"))
