"""Who asks, and for what: from a form's labelled values or from a personal mail and its signature."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaddesk.rules.capture import clues, names, robots
from leaddesk.rules.capture.clean import one_line, plain
from leaddesk.rules.capture.firms import signed_company
from leaddesk.rules.capture.mailing import shipped_mailing
from leaddesk.rules.capture.meaning import only_address
from leaddesk.rules.capture.phones import Regions, first_phone, labelled_phone
from leaddesk.rules.capture.sheet import Pair, Sheet
from leaddesk.rules.capture.signatures import is_closing
from leaddesk.rules.capture.tails import Site, without_tail
from leaddesk.rules.capture.transcript import visitor_said
from leaddesk.rules.capture.vocabulary import Vocabulary, fold
from leaddesk.rules.capture.wanted import message_of, unquoted

_USED_UP = frozenset({
    "name", "first_name", "last_name", "email", "phone", "company", "message", "ip", "agent", "page",
    "landing", "journey", "referrer", "form", "vendor", "origin", "consent",
    "utm_source", "utm_medium", "utm_campaign",
})  # fmt: skip


NO_SITE = Site()


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
    sheet: Sheet, ours: Ours, regions: Regions, vocabulary: Vocabulary, language: str, site: Site = NO_SITE
) -> Who:
    """The person of a form's notice. `site` is who sent it."""
    sheet = sheet.together()
    company = sheet.first("company") or _company_name(sheet)
    email = _email(sheet, ours)
    name = _labelled_name(sheet, language) or clues.name_of(sheet, email)
    phone_pair = _phone_pair(sheet, regions)
    phone = labelled_phone(phone_pair.value, regions) if phone_pair else None
    told = message_of(sheet, vocabulary)
    labelled = bool(sheet.values("message")) or len(sheet.pairs) < 3
    message = without_tail(told, name, site, vocabulary, labelled=labelled)
    message = visitor_said(message or sheet.rest, name) or message
    return Who(
        name=name,
        email=email,
        phone=phone or first_phone(" ".join(sheet.values("email")), regions) or first_phone(message, regions),
        company=one_line(company, 120) if company else signed_company(message, email),
        message=unquoted(message),
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
    given = [each for value in sheet.values("name") if (each := names.person(value.partition("<")[0]))]
    given = [each for each in given if not (parts and names.is_company(each))]
    if not given:
        return parts
    found = _likeliest(given, sheet)
    return found if not parts or len(found.split()) > 1 or fold(found) not in fold(parts) else parts


def _likeliest(told: list[str], sheet: Sheet) -> str:
    """Of several names the first, unless the address holds one wholly: "customer" may be a firm."""
    email = only_address(sheet.first("email") or "")
    if email and len(told) > 1 and not clues.fits_address(told[0], email):
        return next((name for name in told if clues.fits_address(name, email)), told[0])
    return told[0]


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
    for meaning in ("phone", "mobile", "caller"):
        for pair in sheet.pairs:
            if pair.meaning == meaning and labelled_phone(pair.value, regions):
                return pair
    return None


def _fields(sheet: Sheet, phone: Pair | None, message: str) -> dict[str, str]:
    """Every further answer with its label, in order."""
    found: dict[str, str] = {}
    for pair in sheet.pairs:
        if pair is phone or not pair.value or not pair.label or pair.value == message:
            continue
        other = pair.meaning == "message" and unquoted(pair.value) != message
        second = pair.meaning == "phone" and phone and pair.value != phone.value
        if pair.meaning in _USED_UP and not (other or second):
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
    shown = names.person(display)
    signed = _signed_name(signature, vocabulary) if not shown or _is_firms(shown, address) else None
    name = signed if signed and (not shown or len(signed.split()) >= 2) else shown
    phone = first_phone(signature, regions) if signature else None
    return Who(
        name=name,
        email=address,
        phone=phone or first_phone(visible, regions),
        company=signed_company(f"{visible[-600:]}\n{signature}", address),
        message=visible,
    )


def _is_firms(shown: str, address: str | None) -> bool:
    """The name shown is the firm's, not a person's: "Example Hotel" at reception@ or at its own domain."""
    if names.is_company(shown) or robots.is_brand(shown, address):
        return True
    local = fold(robots.local_part(address)).split()
    return any(map(shipped_mailing().is_office, local)) and set(local).isdisjoint(fold(shown).split())


def _before_role(row: str) -> str:
    """A row without what the person is: "Ann Beck, Office Manager", "Ann Beck | Sales"; not "Beck, Ann"."""
    row = row.partition("|")[0].strip(" ,-")
    before, comma, _ = row.partition(", ")
    return before if comma and len(names.without_titles(before).split()) >= 2 else row


def _signed_name(signature: str, vocabulary: Vocabulary) -> str | None:
    """The first row of the signature that could be a name."""
    closing = vocabulary.text["closing"]
    device = vocabulary.text["device"]
    for row in map(_before_role, signature.split("\n")[:6]):
        if not row or is_closing(fold(row), closing) or device.opens(row):
            continue
        found = names.person(row)
        if found and names.is_company(found):
            continue
        return found if found and len(found.split()) <= 4 and not found[:1].islower() else None
    return None
