"""A lead's data in a mail: meta tags, schema.org, JSON or XML, and what a sheet tells."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.rules.capture import schema_org, xml_data
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.dumped import read_dump
from leaddesk.rules.capture.meta_tags import read_meta
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary

_KINDS: Mapping[str, str] = {
    "name": "name",
    "first_name": "name",
    "last_name": "name",
    "email": "email",
    "phone": "phone",
    "mobile": "phone",
    "company": "company",
    "message": "message",
}
_XML_TYPES = ("text/xml", "application/xml", "application/adf+xml", "application/x-adf")


def data_of(mail: Opened, ours: Ours, vocabulary: Vocabulary) -> Sheet | None:
    """The lead that a mail carries as data; None where it carries none."""
    meta = read_meta(mail.html) if "lead_" in mail.html else None
    if meta:
        return meta
    told = schema_org.read_schema(mail.html)
    if told and not any(ours.has(address) for address in told.values("email")):
        return told  # else a ticket of our own
    found = _xml(mail)
    if found:
        return xml_data.read_xml(found, vocabulary)
    posted = read_dump(mail.lines, vocabulary)
    return posted if posted and _tells_stranger(posted, ours) else None


def _tells_stranger(posted: Sheet, ours: Ours) -> bool:
    """Somebody who is not us, by an address or a number and one thing more."""
    kinds = kinds_of(posted)
    emails = [address for value in posted.values("email") for address in addresses_in(value, 3)]
    return len(kinds) >= 2 and bool(kinds & {"email", "phone"}) and not any(map(ours.has, emails))


def _xml(mail: Opened) -> str | None:
    for each in mail.structure.parts:
        if each.type in _XML_TYPES or each.file_name.lower().endswith((".xml", ".adf")):
            found = xml_data.find_xml(each.text()[: xml_data.DATA_LIMIT])
            if found:
                return found
    if "<" in mail.lines[:5000] or "&lt;" in mail.html[:5000]:
        return xml_data.find_xml(mail.lines) or xml_data.find_xml(mail.html)
    return None


def kinds_of(sheet: Sheet) -> set[str]:
    """What a sheet tells of a person: name, email, phone, company, message."""
    return {
        _KINDS[pair.meaning] for pair in sheet.pairs if pair.meaning and pair.meaning in _KINDS and pair.value
    }
