"""The shape of a form: what all of its mails share, so that the next one is known again."""

from __future__ import annotations

from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.evidence import REPLY_PREFIX
from leaddesk.rules.capture.meaning import MACHINE
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import fold
from leaddesk.words.forms import FormShape

LABEL_LIMIT = 60
_LONGEST_LABEL = 60
_NEAR, _ALIKE, _SAME = 0.5, 0.5, 0.75
"""Shares of words in both subjects, of labels in either mail, of labels of the shorter one."""


def shape_of(mail: Opened, sheet: Sheet, asker: str | None) -> FormShape:
    """The form's own part of a mail. `asker` is a visitor's name that the subject or a first row tells.

    A subject that names the visitor, counts entries or quotes what they wrote would differ each time: such
    words are left out. An empty answer is often no row at all, so labels are compared, not required.
    """
    emails = {address.lower() for value in sheet.values("email") for address in addresses_in(value)}
    sender = (mail.sender.address or "").lower()
    labels = {
        fold(pair.label)
        for pair in sheet.pairs
        if pair.label and len(pair.label) <= _LONGEST_LABEL and pair.meaning not in MACHINE
    }
    return FormShape(
        sender="" if sender in emails else sender,
        subject=_own_words(mail, sheet, asker),
        labels=tuple(sorted(filter(None, labels))[:LABEL_LIMIT]),
    )


def _own_words(mail: Opened, sheet: Sheet, asker: str | None) -> str:
    told = [*sheet.values("name", "first_name", "last_name", "company"), asker or "", mail.reply_to.name]
    theirs = {word for name in told for word in fold(name[:200]).split()}
    answers = f" {fold(' '.join(pair.value for pair in sheet.pairs)[:8000])} "
    subject = fold(REPLY_PREFIX.sub("", mail.subject))
    if len(subject.split()) > 1 and f" {subject} " in answers:
        return ""  # the visitor's own subject
    words = [word for word in subject.split() if word not in theirs and not any(map(str.isdigit, word))]
    return " ".join(word for word in words if "@" not in word)[:200]


def same_form(one: FormShape, other: FormShape) -> bool:
    """True when both mails come from one form: the same robot, and the labels or else the subject agree.

    >>> def form(subject, *labels): return FormShape("wordpress@lofts.example", subject, labels)
    >>> contact = form("new message", "email", "message", "name")
    >>> same_form(contact, form("", "email", "message", "name", "phone"))
    True
    >>> same_form(contact, form("new subscriber", "email"))
    False
    """
    if one.sender != other.sender:
        return False
    near = near_subject(one, other)
    labels, others = set(one.labels), set(other.labels)
    shared, fewest = len(labels & others), min(len(labels), len(others))
    if fewest < 2:
        return near and bool(one.sender) and shared == fewest and len(labels | others) - shared <= 1
    share = shared / fewest
    alike = share >= _SAME and shared / len(labels | others) >= _ALIKE
    if not one.sender:
        return alike and (near or one.subject == other.subject)
    return alike or (near and share >= _NEAR)


def akin(one: FormShape, other: FormShape) -> bool:
    """True when it may be the same form after a change: the same robot under much the same subject."""
    return same_form(one, other) or (
        bool(one.sender) and one.sender == other.sender and near_subject(one, other)
    )


def near_subject(one: FormShape, other: FormShape) -> bool:
    """At least half of the words of both subjects are in each; two empty ones tell nothing."""
    words, others = set(one.subject.split()), set(other.subject.split())
    return bool(words & others) and len(words & others) / len(words | others) >= _NEAR
