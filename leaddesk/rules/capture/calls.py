"""Missed calls and voicemail: who rang, from which number, what the recording says."""

from __future__ import annotations

import re

from leaddesk.rules.capture import names
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.person import Who
from leaddesk.rules.capture.phones import Regions, first_phone, labelled_phone
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.tails import Site, without_tail
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text

_SYSTEM = "pbx"
"""Stands for the name of the service: its last words are cut as those of a portal are."""
_NUMBER = re.compile(r"[<(\"]?\+?\d[\d\s().\-/]{4,22}\d[>)\"]?")
_CALLER_ID = re.compile(r"<(\+?\d[\d .()-]{4,20})>")
"""The number of a caller as telephone systems write it: "Ann Beck" <03012345678>."""
_TRANSCRIPT = re.compile(r"[\"\u201c\u201e\u00ab](.{12,4000}?)[\"\u201d\u201c\u00bb]", re.DOTALL)


def is_call_notice(mail: Opened, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """A telephone system's notice: its words, with a caller, a number or a recording."""
    message = max(sheet.values("message"), key=len, default="")
    text = mail.lines[:3000].replace(message, " ") if message else mail.lines[:3000]
    by_subject = vocabulary.subjects["call"].found_in(fold_text(mail.subject)) is not None
    has_audio = any(file.type.startswith("audio/") for file in mail.attachments)
    has_caller = bool(sheet.values("caller")) or bool(sheet.values("called"))
    has_number = _NUMBER.search(mail.subject) is not None
    if not (has_audio or has_caller or has_number or (by_subject and _NUMBER.search(text))):
        return False
    if any("fax" in word.lower() for word in mail.subject.split()):
        return False
    return by_subject or vocabulary.text["call"].found_in(fold_text(text)) is not None


def caller(mail: Opened, sheet: Sheet, regions: Regions, vocabulary: Vocabulary) -> Who:
    """The caller. No name where the system tells none ("unknown", "WIRELESS CALLER")."""
    told = sheet.values("caller", "phone", "mobile", "name")
    id_shown = _CALLER_ID.search(_own_words(mail, sheet))
    if id_shown:
        words = _own_words(mail, sheet)
        before = words[max(0, id_shown.start() - 62) : id_shown.start()].rpartition("\n")[2]
        shown_name = before.rstrip(' "').rpartition('"')[2]
        told = [f"{shown_name} {id_shown.group()}", *told]
    name = next((found for value in told if (found := _name(value, vocabulary))), None)
    phone = next((found for value in told if (found := labelled_phone(value, regions))), None)
    if phone is None and not sheet.values("caller", "phone"):
        phone = _number_in(mail.subject, regions) or _number_in(_own_words(mail, sheet), regions)
    return Who(
        name=name or _name_in_subject(mail.subject, vocabulary),
        phone=phone,
        message=without_tail(_transcript(sheet, vocabulary), None, Site(_SYSTEM), vocabulary),
        fields={
            pair.label: one_line(pair.value) for pair in sheet.pairs if pair.meaning == "stamp" and pair.value
        },
    )


def _name(value: str, vocabulary: Vocabulary) -> str | None:
    bare = re.split(r"\bfrom\b", _NUMBER.sub(" ", value))[-1]
    found = names.person(bare.strip(" \"'-,<>"))
    if not found or vocabulary.text["anonymous"].found_in(fold_text(found)):
        return None
    return found if any(character.isalpha() for character in found) and len(found) > 1 else None


def _name_in_subject(subject: str, vocabulary: Vocabulary) -> str | None:
    match = re.search(
        r"\b(?:from|von|de|da|van|od)\s+([^\d(<]{3,50}?)\s*(?:[(<+\d]|$| on | am | at )", subject
    )
    if not match:
        return None
    found = _name(match[1], vocabulary)
    return found if found and found[:1].isupper() and len(found.split()) >= 2 else None


def _number_in(text: str, regions: Regions) -> str | None:
    return first_phone(text, regions)


def _own_words(mail: Opened, sheet: Sheet) -> str:
    """The notice without the number that was called, which is ours."""
    text = mail.lines[:3000]
    for value in sheet.values("called"):
        text = text.replace(value, " ")
    return text


def _transcript(sheet: Sheet, vocabulary: Vocabulary) -> str:
    told = max(sheet.values("message"), key=len, default="")
    if told:
        return told.strip(' "\u201c\u201d\u201e\u00ab\u00bb\n')
    quoted = _TRANSCRIPT.search(sheet.rest)
    if quoted and len(quoted[1].split()) >= 4:
        return quoted[1].strip()
    return _spoken(sheet.rest, vocabulary)


def _spoken(rest: str, vocabulary: Vocabulary) -> str:
    """A paragraph that begins as people begin on the telephone."""
    for paragraph in rest.split("\n\n")[:12]:
        rows = [row for row in paragraph.split("\n") if "://" not in row]
        text = " ".join(rows).strip()
        opens = vocabulary.text["greeting"].opens(text) or text[:5].lower() in ("yeah ", "this ", "okay ")
        if len(text.split()) >= 7 and opens and not text.rstrip().endswith(","):
            return text
    return ""
