"""The reading of data that is no mail: what a form service or a portal posts."""

from __future__ import annotations

import re
from datetime import datetime

from leaddesk.rules.capture import person, robots, spam, structured
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.clean import lines_of, plain
from leaddesk.rules.capture.encoded import decode
from leaddesk.rules.capture.evidence import Verdict
from leaddesk.rules.capture.opened import open_mail
from leaddesk.rules.capture.origin import source_of
from leaddesk.rules.capture.person import Ours, Who
from leaddesk.rules.capture.phones import at_home, regions
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.sign_up import JOINING, answers_more
from leaddesk.rules.capture.vocabulary import Vocabulary, fold
from leaddesk.rules.capture.xml_data import DATA_LIMIT
from leaddesk.words.countries import NOWHERE, Country
from leaddesk.words.mail import Acknowledge, MailKind, Reading

_ENCODING = re.compile(rb"^<\?xml[^>]{0,60}encoding=[\"']([\w-]{2,30})[\"']", re.IGNORECASE)
_NOBODY = Ours(frozenset(), frozenset())


def is_post(raw: bytes) -> bool:
    """True when `raw` is no mail but data as it is posted."""
    return structured.is_data(decode(raw[:2000], "utf-8"))


def read_post(raw: bytes, vocabulary: Vocabulary, country: Country = NOWHERE) -> Reading:
    """Who asks, and for what, in JSON, XML or form-encoded data."""
    declared = _ENCODING.match(raw[:200].lstrip())
    text = decode(raw[:DATA_LIMIT], declared[1].decode("ascii") if declared else "utf-8")
    text = lines_of(text, DATA_LIMIT)
    sheet = structured.read_data(text, vocabulary).cleaned()
    language = vocabulary.language_of(" ".join(pair.value for pair in sheet.pairs))
    where = at_home(regions(_domains(sheet), None, language, vocabulary), country)
    who = person.from_sheet(sheet, _NOBODY, where, vocabulary, language)
    verdict = _verdict(sheet, who, vocabulary, language)
    return Reading(
        kind=verdict.kind,
        why=verdict.why,
        name=who.name,
        email=who.email,
        phone=who.phone,
        company=who.company,
        message=who.message,
        visible=who.message,
        text=plain(text),
        source=source_of(open_mail(b"\n"), sheet, _NOBODY, who.name, vocabulary),
        fields=who.fields,
        form_notice=True,
        submitted_at=submitted_at(sheet),
        acknowledge=Acknowledge(False, None, "A2", "No automatic reply because it is no mail."),
    )


def _verdict(sheet: Sheet, who: Who, vocabulary: Vocabulary, language: str) -> Verdict:
    if not (who.email or who.phone or who.message):
        return Verdict(MailKind.UNREADABLE, ("It is no mail, and no form's data that could be read.",))
    offer = spam.offer_verdict(who.message, who.name, vocabulary, language)
    if offer:
        return offer
    if _is_signup(sheet, who, vocabulary):
        return Verdict(MailKind.NEWSLETTER, ("Somebody joined a newsletter: no enquiry.",))
    return Verdict(MailKind.ENQUIRY, ("Data that a form or portal posted.",))


def _is_signup(sheet: Sheet, who: Who, vocabulary: Vocabulary) -> bool:
    words = fold(" ".join(f"{pair.label} {pair.value}" for pair in sheet.pairs)[:4000]).split()
    asks = who.message or who.phone or answers_more(who, vocabulary)
    return not asks and not JOINING.isdisjoint(words)


def _domains(sheet: Sheet) -> list[str]:
    """Domains named in the data, the visitor's last: their ends tell the country."""
    pages = [value.split("//")[-1].split("/")[0] for value in sheet.values("page", "referrer")]
    sites = [
        pair.value.split("//")[-1].split("/")[0] for pair in sheet.pairs if pair.label.lower()[:4] == "site"
    ]
    emails = [address for value in sheet.values("email") for address in addresses_in(value)]
    return [*pages, *sites, *map(robots.domain_of, emails)]


def submitted_at(sheet: Sheet) -> datetime | None:
    """The time that the form itself tells, where it is written so that nobody can mistake it."""
    for value in sheet.values("stamp"):
        try:
            at = datetime.fromisoformat(value.strip()[:40])
        except ValueError:
            continue
        if at.tzinfo:
            return at
    return None
