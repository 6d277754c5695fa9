"""Whose mail it is: the visitor of a form, the writer of a letter, the customer whose mail was passed on."""

from __future__ import annotations

import dataclasses
import re

from leaddesk.rules.capture import clues, names, person, robots
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.card import with_card
from leaddesk.rules.capture.case import Case
from leaddesk.rules.capture.clean import plain
from leaddesk.rules.capture.firms import signed_company
from leaddesk.rules.capture.html_text import QUOTE_CLOSES, QUOTE_OPENS, bare
from leaddesk.rules.capture.lead_data import kinds_of
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.person import Who
from leaddesk.rules.capture.phones import first_phone
from leaddesk.rules.capture.quotes import part
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.speakers import needer
from leaddesk.rules.capture.tails import Site
from leaddesk.rules.capture.transcript import visitor_said
from leaddesk.rules.capture.vocabulary import fold, fold_text
from leaddesk.rules.capture.wanted import below_name

_FROM_NAME = re.compile(
    r"\b(?:from|by|de|von|van|da|od|av|fr\u00e5n)\s+((?:[^\W\d_a-z][\w\u2019'.-]{0,20}\s?){2,4})(?=\s|[,.:!]|$)"
)
_BLOCK_QUOTED = re.compile(f"{QUOTE_OPENS}([^{QUOTE_OPENS}{QUOTE_CLOSES}]{{1,5000}}){QUOTE_CLOSES}")


def visitor(case: Case) -> Who:
    """The person of a form's notice: labelled values first, then subject, Reply-To and From."""
    who = person.from_sheet(
        case.sheet, case.ours, case.regions, case.vocabulary, case.language, site_of(case)
    )
    if not case.sheet.values("message"):
        told = _block_quoted(case) or who.message
        who = dataclasses.replace(who, message=told or (case.parted.visible if case.is_registered else ""))
    email = who.email or _outer_email(case, None)
    name = who.name or clues.before_address(bare(case.mail.lines[:4000]), email)
    name = name or _outer_name(case, email)
    if name and email and " " not in name:
        name = clues.fuller(name, bare(case.mail.lines[:4000]), email)
    phone = who.phone or _phone_in_words(case)
    said = visitor_said(who.message, name) if name and not who.name else None
    if name and not case.sheet.values("message"):
        who = dataclasses.replace(who, message=below_name(who.message, name, case.vocabulary))
    return dataclasses.replace(
        who,
        name=name,
        phone=phone,
        email=who.email or _outer_email(case, name) or _address_beside(case, name),
        message=said or who.message,
    )


def _block_quoted(case: Case) -> str:
    """What a service sets apart as a quotation, where nothing else is the visitor's message."""
    found = [plain(bare(match[1])) for match in _BLOCK_QUOTED.finditer(case.mail.lines[:20_000])]
    return next((text for text in found if len(text.split()) >= 4), "")


def site_of(case: Case) -> Site:
    """What the sender is called in its domain, `example` of mail.example.co.uk, and whether it is ours."""
    sender = case.mail.sender.address
    labels = robots.domain_of(sender).split(".")
    place = 3 if len(labels) > 2 and len(labels[-2]) <= 3 else 2
    called = labels[-place] if len(labels) > 1 else ""
    return Site(called.replace("-", ""), case.ours.has(sender), case.mail.sender.name)


def _outer_name(case: Case, email: str | None) -> str | None:
    if case.asker:
        return case.asker
    mail = case.mail
    by_words = (
        _named_in_subject(case, email)
        or _named_in_words(case)
        or needer(mail.subject.rpartition(": ")[2], case.vocabulary)
    )
    if by_words:
        return by_words
    candidates = [mail.reply_to.name]
    if not _is_services_name(case, mail.sender.name):
        candidates.append(mail.sender.name)
    return next((found for text in candidates if text and (found := names.person(text))), None)


def _named_in_subject(case: Case, email: str | None) -> str | None:
    """ "New booking: Ann Beck", where the address is made of that name."""
    found = (names.person(told) for told in clues.CAPITALS.findall(case.mail.subject)) if email else ()
    return next((name for name in found if name and clues.fits_address(name, email or "")), None)


def _phone_in_words(case: Case) -> str | None:
    """ "Callback requested on 07700 900 123": the number in the form's own sentence."""
    if any(pair.meaning in ("phone", "mobile") for pair in case.sheet.pairs):
        return None
    for row in _opening_rows(case):
        if sum(map(str.isdigit, row)) >= 7 and case.vocabulary.text["intro"].found_in(fold_text(row[:200])):
            return first_phone(row, case.regions)
    return None


def _opening_rows(case: Case) -> list[str]:
    return [row.strip() for row in bare(case.mail.lines[:2000]).split("\n") if row.strip()][:8]


def _named_in_words(case: Case) -> str | None:
    """ "A new message from Ann Beck about ...": the name in the form's own sentence."""
    for row in (case.mail.subject, *_opening_rows(case)):
        match = _FROM_NAME.search(row)
        if match and case.vocabulary.text["intro"].found_in(fold_text(row[:200])):
            found = names.person(match[1])
            if found and len(found.split()) >= 2 and not _is_in_domain(case, found):
                return found
    return None


def _is_services_name(case: Case, name: str) -> bool:
    """A From name that is the firm's or the service's, not the visitor's: its words are in the domain."""
    if robots.is_robot(case.mail.sender.address) and not case.replies_elsewhere:
        return True
    return _is_in_domain(case, name)


def _is_in_domain(case: Case, name: str) -> bool:
    domain = robots.domain_of(case.mail.sender.address).replace("-", "")
    words = fold(name)
    compact = words.replace(" ", "")
    return not words or compact in domain or any(len(word) > 3 and word in domain for word in words.split())


def _outer_email(case: Case, name: str | None) -> str | None:
    """Reply-To, or a From that is the visitor's own or a relay that carries the visitor's name."""
    mail = case.mail
    reply_to = mail.reply_to.address
    if reply_to and not case.ours.has(reply_to) and not robots.is_robot(reply_to):
        return reply_to
    if case.is_from_robot:
        return None
    shown = fold(mail.sender.name)
    return mail.sender.address if not shown or (name and shown == fold(name)) else None


def _address_beside(case: Case, name: str | None) -> str | None:
    """A stranger's address in the form's own words that is made of the name."""
    told = addresses_in(case.sheet.rest[:2000], 5) if name and "@" in case.sheet.rest else []
    return next(
        (each for each in told if not case.ours.has(each) and clues.fits_address(name or "", each)), None
    )


def writer(case: Case) -> Who:
    """The person of a personal mail."""
    mail = case.mail
    address = mail.sender.address
    if mail.reply_to.address and case.is_from_robot:
        address = mail.reply_to.address
    parted = case.parted
    who = person.from_letter(
        parted.visible, parted.signature, mail.sender.name, address, case.regions, case.vocabulary
    )
    return with_card(_introduced(case, who), mail, case.regions)


def _introduced(case: Case, colleague: Who) -> Who:
    """The customer of whom a colleague tells: a name over an address that is none of ours."""
    told = {pair.meaning: pair.value for pair in case.sheet.unlabelled}
    if not case.ours.has(case.mail.sender.address) or not {"name", "email"} <= told.keys():
        return colleague
    if case.ours.has(told["email"]):
        return colleague
    return Who(
        name=names.person(told["name"]),
        email=told["email"],
        phone=first_phone(told.get("phone", told.get("mobile", "")), case.regions),
        company=signed_company(colleague.message, told["email"]),
        message=colleague.message,
    )


def passed_on(case: Case) -> Who | None:
    """The customer of a mail that a colleague forwarded, or None when it names none."""
    if not case.ours.has(case.mail.sender.address) or not case.is_forward:
        return None
    quoted = case.parted.quoted
    notice = read_pairs(_below_header(quoted), case.vocabulary)
    told = notice if _is_notice(notice) else read_pairs(quoted, case.vocabulary)
    emails = [address for value in told.values("email") for address in addresses_in(value)]
    email = next((a for a in emails if not case.ours.has(a) and not robots.is_robot(a)), None)
    if not email:
        return None
    if _is_notice(told):
        return person.from_sheet(told, case.ours, case.regions, case.vocabulary, case.language)
    name = told.first("name") or ""
    body = part(_below_header(quoted), case.vocabulary, name)
    return person.from_letter(body.visible, body.signature, name, email, case.regions, case.vocabulary)


def _is_notice(sheet: Sheet) -> bool:
    """A form's notice was passed on, not a letter."""
    return len(kinds_of(sheet)) >= 3 and bool(sheet.values("message"))


def _below_header(quoted: str) -> str:
    """The body of a forwarded mail: what stands behind its small header."""
    rows = quoted.split("\n")
    for place, row in enumerate(rows[:30]):
        if not row.strip() and sum(":" in before for before in rows[:place]) >= 2:
            return "\n".join(rows[place + 1 :])
    return quoted
