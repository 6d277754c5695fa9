"""What may be taught by a mail, and how it is said."""

from __future__ import annotations

from leaddesk.words.mail import MailKind, Place, Reading
from leaddesk.words.teaching import Taught, Trait

_JUDGED = (
    MailKind.ENQUIRY,
    MailKind.REPLY,
    MailKind.MISSED_CALL,
    MailKind.NEWSLETTER,
    MailKind.TRANSACTIONAL,
    MailKind.SPAM,
)
"""Kinds on which a lesson has a say: a bounce, an away note and our own mail are what they are."""


def directions(place: Place | None, kind: MailKind, *, by_person: bool) -> tuple[Taught, ...]:
    """What can be said of mails like one that stands there. `by_person`: X sorted it away.

    >>> directions(Place.KNOWN, MailKind.ENQUIRY, by_person=False)
    (<Taught.NO_ENQUIRY: 'no-enquiry'>, <Taught.ENQUIRY: 'enquiry'>)
    """
    if kind not in _JUDGED:
        return ()
    if place is Place.KNOWN:
        return (Taught.NO_ENQUIRY, Taught.ENQUIRY)
    if place is Place.ENQUIRY or (place is Place.NOT_A_LEAD and by_person):
        return (Taught.NO_ENQUIRY,)
    return (Taught.ENQUIRY,) if place is Place.NOT_A_LEAD else ()


def sentence(reading: Reading, trait: Trait, taught: Taught) -> str:
    """What is said, with the form or the address that is meant."""
    sender = reading.from_email or "this sender"
    form = f"The form “{reading.source.form}”" if reading.source.form else "This form"
    if taught is Taught.ENQUIRY:
        told = {
            Trait.FORM: f"{form} of {sender} brings enquiries.",
            Trait.SENDER: f"Mail from {sender} is an enquiry.",
            Trait.ROBOT: f"Whatever {sender} sends is an enquiry.",
        }
    else:
        told = {
            Trait.FORM: f"{form} of {sender} brings no enquiries.",
            Trait.SENDER: f"Mail from {sender} is no enquiry.",
            Trait.ROBOT: f"Nothing that {sender} sends is an enquiry.",
        }
    return told[trait]


def why_nothing(place: Place | None, kind: MailKind, *, has_sender: bool) -> str:
    """Why nothing can be taught by a mail."""
    if place is Place.JUNK:
        return "This mail lies in your junk folder: tell your mail program that it is no spam."
    if place not in (Place.ENQUIRY, Place.KNOWN, Place.NOT_A_LEAD):
        return "This mail belongs to a conversation: there is nothing to teach by it."
    if kind not in _JUDGED:
        return "What this mail is stands in its headers: there is nothing to teach by it."
    if not has_sender:
        return "This mail names no sender: mails like it cannot be told."
    return "This form writes in its visitors’ names: its mails cannot be told from theirs."
