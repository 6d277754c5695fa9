"""Whose a mail is: a reply, a mail that joins a running enquiry, a new enquiry, or no lead's at all (DESIGN).

A subject alone never joins anything, and the address of a form's robot joins nobody: two enquiries through
one robot are two people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.words.lead import Outcome
from leaddesk.words.mail import MailKind, Place, Reading

_PUT_AWAY = (MailKind.NEWSLETTER, MailKind.TRANSACTIONAL, MailKind.SPAM, MailKind.OWN)
_ABOUT_OURS = (MailKind.BOUNCE, MailKind.AUTOREPLY)


@dataclass(frozen=True, slots=True)
class KnownLead:
    """A lead that can be reached by an address of this mail."""

    lead: int
    outcome: Outcome
    has_waiting: bool
    """An enquiry of theirs has no answer yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store knows about a mail's people and thread."""

    named: Mapping[str, int | None]
    """Message-IDs of ours that the mail names, each with the lead it went to, if any."""
    leads: Sequence[KnownLead]
    """Leads with an address of the person, the newest first."""
    is_correspondent: bool
    """We wrote to this address before."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a mail. `lead` is None for a new one; `why` adds to the reading's reasons."""

    place: Place
    lead: int | None
    why: str


def whose(reading: Reading, facts: Facts) -> Fate:
    """Where this mail belongs."""
    if reading.kind in _PUT_AWAY:
        return Fate(Place.NOT_A_LEAD, None, "")
    if reading.kind in _ABOUT_OURS:
        return _about_ours(facts)
    if reading.form_notice or reading.kind in (MailKind.MISSED_CALL, MailKind.UNREADABLE):
        return Fate(Place.ENQUIRY, _newest(facts.leads), "")
    return _personal(facts)


def _about_ours(facts: Facts) -> Fate:
    """A bounce or away note belongs to the lead whose mail it is about."""
    lead = _named_lead(facts) or _newest(facts.leads)
    if lead is None:
        return Fate(Place.NOT_A_LEAD, None, "")
    return Fate(Place.ABOUT, lead, "")


def _personal(facts: Facts) -> Fate:
    named = _named_lead(facts)
    if named is not None:
        known = next((lead for lead in facts.leads if lead.lead == named), None)
        if known is not None and known.has_waiting:
            return Fate(Place.JOINED, named, "Joins the enquiry that is still unanswered.")
        return Fate(Place.REPLY, named, "Answers a mail of ours.")
    running = next((lead for lead in facts.leads if lead.outcome is Outcome.OPEN), None)
    if running is not None and running.has_waiting:
        return Fate(Place.JOINED, running.lead, "Joins the enquiry that is still unanswered.")
    if running is not None:
        return Fate(Place.REPLY, running.lead, "Comes from somebody we are talking with.")
    if facts.leads:
        return Fate(Place.ENQUIRY, facts.leads[0].lead, "Enquires again.")
    if facts.named:
        return Fate(Place.KNOWN, None, "Answers a mail that we sent before, to nobody with an enquiry here.")
    if facts.is_correspondent:
        return Fate(Place.KNOWN, None, "From somebody we wrote to before, with no enquiry here.")
    return Fate(Place.ENQUIRY, None, "")


def _named_lead(facts: Facts) -> int | None:
    return next((lead for lead in facts.named.values() if lead is not None), None)


def _newest(leads: Sequence[KnownLead]) -> int | None:
    """The open one first: a second enquiry belongs to the same lead, with a clock of its own."""
    running = next((lead.lead for lead in leads if lead.outcome is Outcome.OPEN), None)
    return running if running is not None else (leads[0].lead if leads else None)
