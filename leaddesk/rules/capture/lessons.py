"""What a person taught, applied to a reading: which lesson fits a mail, and what becomes of it.

A lesson is looked for by the mail's own marks: the form it comes from, the address of the person, or of the
program. When in doubt none fits: what is hidden wrongly costs more than what is shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

from leaddesk.rules.capture import robots
from leaddesk.rules.person import email_key
from leaddesk.words.mail import MailKind, Reading
from leaddesk.words.teaching import Learned, Taught, Trait, lesson_words

if TYPE_CHECKING:
    from leaddesk.rules.capture.case import Case

_ASKING = (MailKind.ENQUIRY, MailKind.REPLY, MailKind.MISSED_CALL)
PUT_AWAY = (MailKind.NEWSLETTER, MailKind.TRANSACTIONAL, MailKind.SPAM)


def is_by_program(case: Case) -> bool:
    """A program's address, or headers that only programs and lists write; never an address of ours."""
    mail = case.mail
    if not mail.sender.address or case.ours.has(mail.sender.address):
        return False
    headers = mail.headers
    return (
        robots.is_robot(mail.sender.address)
        or bool(robots.list_headers(headers) or robots.auto_submitted(headers))
        or robots.machine_header(headers) is not None
    )


def form_key(case: Case, reading: Reading) -> str:
    """Which form wrote the mail: all of its shape. Empty for a letter, and where nobody could tell.

    Forms are told apart more strictly here than where it is only asked whether a form is known: one label
    more may be another form (applications, say), and its enquiries must not be hidden with this one's. A
    form that writes in its visitors' names has no key.
    """
    shape = case.shape
    is_form = reading.form_notice and reading.kind is not MailKind.MISSED_CALL
    if not is_form or not shape.sender or shape.sender == (reading.email or "").lower():
        return ""
    return "\n".join((shape.sender, shape.subject, "|".join(shape.labels)))


def keys_of(reading: Reading) -> dict[Trait, str]:
    """What can be taught by this mail, the narrowest first."""
    keys = {}
    if reading.form_key:
        keys[Trait.FORM] = reading.form_key
    if not reading.from_email:
        return keys
    if reading.by_program:
        keys[Trait.ROBOT] = email_key(reading.from_email)
    elif not reading.form_notice:
        keys[Trait.SENDER] = email_key(reading.from_email)
    return keys


def fitting(reading: Reading, learned: Iterable[Learned]) -> Learned | None:
    """The lesson that counts for this mail: of the narrowest kind, and of those the last in order."""
    keys = keys_of(reading)
    found = [lesson for lesson in learned if keys.get(lesson.trait) == lesson.key]
    by_trait = {lesson.trait: lesson for lesson in found}
    return next((by_trait[trait] for trait in Trait if trait in by_trait), None)


def no_enquiry(reading: Reading, lesson: Learned) -> Reading:
    """The mail that would have been an enquiry is none; what is put away already stays as it was read."""
    if reading.kind not in _ASKING:
        return reading
    return dataclasses.replace(
        reading,
        kind=MailKind.TRANSACTIONAL,
        why=(lesson_words(lesson), *reading.why),
        taught=Taught.NO_ENQUIRY,
        read_as=reading.kind,
    )


def enquiry(reading: Reading, lesson: Learned) -> Reading:
    """The mail is an enquiry, whatever its headers or words look like."""
    if reading.kind not in (*_ASKING, *PUT_AWAY):
        return reading
    return dataclasses.replace(
        reading,
        kind=MailKind.ENQUIRY if reading.kind in PUT_AWAY else reading.kind,
        why=(lesson_words(lesson), *reading.why),
        taught=Taught.ENQUIRY,
    )


def as_read(reading: Reading) -> Reading:
    """The reading as it was before a lesson made it none: for a mail that no lesson may hide."""
    if reading.taught is not Taught.NO_ENQUIRY or reading.read_as is None:
        return reading
    return dataclasses.replace(reading, kind=reading.read_as, why=reading.why[1:], taught=None, read_as=None)


def as_forms(case: Case) -> Case:
    """The same mail read as that of a form, whose robot is never the person who asks."""
    sender = (case.mail.sender.address or "").lower()
    known = dataclasses.replace(case.known, form_sources=case.known.form_sources | {sender})
    return type(case)(case.mail, known, case.vocabulary)
