"""Whose a mail is: a reply, a mail that joins a running enquiry, a new enquiry, or no lead's at all (DESIGN).

A subject alone never joins anything, and the address of a form's robot joins nobody: two enquiries through
one robot are two people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.rules.capture.lessons import as_read
from leaddesk.words.lead import Outcome
from leaddesk.words.mail import MailKind, Place, Reading
from leaddesk.words.teaching import Taught

_PUT_AWAY = (MailKind.NEWSLETTER, MailKind.TRANSACTIONAL, MailKind.SPAM)
_ABOUT_OURS = (MailKind.BOUNCE, MailKind.AUTOREPLY)


@dataclass(frozen=True, slots=True)
class KnownLead:
    """A lead that can be reached by an address of this mail."""

    lead: int
    outcome: Outcome
    has_waiting: bool
    """An enquiry of theirs has no answer yet."""
    is_asked: bool = False
    """The turn is theirs: something of ours is with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store knows about a mail's people and thread."""

    named: Mapping[str, int | None]
    """Message-IDs of ours that the mail names, each with the lead it went to, if any."""
    leads: Sequence[KnownLead]
    """Leads that the person certainly is, by address before by number, the newest first."""
    is_correspondent: bool
    """We wrote to this address before."""
    contact: int | None = None
    """A lead that came with an imported address book and never enquired. No address book makes anybody known:
    whether we wrote to them does."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a mail. `lead` is None for a new one; `why` adds to the reading's reasons."""

    place: Place
    lead: int | None
    why: str


def whose(reading: Reading, facts: Facts) -> Fate:
    """Where this mail belongs."""
    if reading.taught is Taught.NO_ENQUIRY:
        if not _talks_with_us(facts):
            return Fate(Place.NOT_A_LEAD, None, "")
        reading = as_read(reading)
    if reading.kind is MailKind.OWN:
        return Fate(Place.NOT_A_LEAD, None, "")
    if reading.kind in _PUT_AWAY and not _is_expected(reading, facts):
        return Fate(Place.NOT_A_LEAD, None, "")
    if reading.kind in _ABOUT_OURS:
        return _about_ours(facts)
    if (reading.form_notice and reading.kind not in _PUT_AWAY) or reading.kind is MailKind.MISSED_CALL:
        return Fate(Place.ENQUIRY, _newest(facts.leads) or facts.contact, "")
    return _personal(reading, facts)


def in_junk(fate: Fate) -> Fate:
    """The same for a mail in the provider's junk folder: only what belongs to a lead of ours is believed.

    A person sees the others and says; most of them are spam.
    """
    if fate.place is Place.ENQUIRY:
        return Fate(Place.JUNK, None, "It lies in your junk folder, and looks like an enquiry.")
    if fate.place in (Place.KNOWN, Place.NOT_A_LEAD):
        return Fate(Place.SPAM, None, "It lies in your junk folder.")
    return fate


def _talks_with_us(facts: Facts) -> bool:
    """It names a mail of ours, or a lead of theirs is open: no lesson hides that."""
    return bool(facts.named) or _running(facts.leads) is not None


def _is_expected(reading: Reading, facts: Facts) -> bool:
    """An answer to us, whatever its headers look like: some people write through a newsletter's machine."""
    if _named_lead(facts) is not None:
        return True
    running = _running(facts.leads)
    return running is not None and running.is_asked and not reading.form_notice


def _about_ours(facts: Facts) -> Fate:
    """A bounce or away note belongs to the lead whose mail it is about."""
    lead = _named_lead(facts) or _newest(facts.leads)
    if lead is None:
        return Fate(Place.NOT_A_LEAD, None, "")
    return Fate(Place.ABOUT, lead, "")


def _personal(reading: Reading, facts: Facts) -> Fate:
    named = _answered_lead(facts)
    if named is not None:
        is_waiting = any(lead.lead == named and lead.has_waiting for lead in facts.leads)
        return _joins(named) if is_waiting else Fate(Place.REPLY, named, "Answers a mail of ours.")
    running = _running(facts.leads)
    if running is not None and running.has_waiting:
        return _joins(running.lead)
    if running is not None:
        return Fate(Place.REPLY, running.lead, "Comes from somebody we are talking with.")
    if facts.leads:
        return Fate(Place.ENQUIRY, facts.leads[0].lead, "Enquires again.")
    return _from_nobody_with_a_lead(reading, facts)


def _from_nobody_with_a_lead(reading: Reading, facts: Facts) -> Fate:
    """What cannot be read is never put where it does not alert, nor what a person said is an enquiry."""
    if reading.kind is not MailKind.UNREADABLE and reading.taught is not Taught.ENQUIRY:
        if facts.named:
            why = "Answers a mail that we sent before, to nobody with an enquiry here."
            return Fate(Place.KNOWN, None, why)
        if facts.is_correspondent:
            return Fate(Place.KNOWN, None, "From somebody we wrote to before, with no enquiry here.")
    why = "" if facts.contact is None else "From an imported contact to whom we never wrote."
    return Fate(Place.ENQUIRY, facts.contact, why)


def _joins(lead: int) -> Fate:
    return Fate(Place.JOINED, lead, "Joins the enquiry that is still unanswered.")


def _answered_lead(facts: Facts) -> int | None:
    """The lead that a mail of ours went to which this one names; of some only the Message-ID is known."""
    named = _named_lead(facts)
    return _newest(facts.leads) if named is None and facts.named else named


def _named_lead(facts: Facts) -> int | None:
    return next((lead for lead in facts.named.values() if lead is not None), None)


def _newest(leads: Sequence[KnownLead]) -> int | None:
    """The open one first: a second enquiry belongs to the same lead, with a clock of its own."""
    running = _running(leads)
    return running.lead if running is not None else (leads[0].lead if leads else None)


def _running(leads: Sequence[KnownLead]) -> KnownLead | None:
    return next((lead for lead in leads if lead.outcome is Outcome.OPEN), None)
