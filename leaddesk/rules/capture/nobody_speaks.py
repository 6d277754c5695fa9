"""Notices in which nobody speaks: an organisation or an office tells what happens, and asks for nothing."""

from __future__ import annotations

import re

from leaddesk.rules.capture import machine_notice, mailing, robots, spam
from leaddesk.rules.capture.evidence import Verdict
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.paper import Paper
from leaddesk.rules.capture.vocabulary import fold_text
from leaddesk.words.mail import MailKind

_READ, _GREETING = 3000, 200
_NUMBER = re.compile(
    r"(?<![\d.])(?!\d\d?[./-]\d\d?[./-])"
    r"(?:\+\d(?:[ ()/.-]{0,2}\d){6,13}|(?<!\d )0\d(?:[ ()/.-]{0,2}\d){6,10}(?! ?\d))"
)
_PERCENT = re.compile(r"\d\s?%")
_COUNT = re.compile(r"\d{2}")
_SAY_I = ("en", "de", "fr", "nl", "sv")
"""Languages in which a verb has its "I" or "we" before it."""


def leaves_number(text: str) -> bool:
    """A telephone number stands in it: whoever wants to be rung is rather shown."""
    return _NUMBER.search(text[:_READ]) is not None


def lures(paper: Paper) -> bool:
    """Offers, and threats about an account, belong to the judge of spam."""
    text = f"{paper.mail.subject}\n{paper.own_words[:_READ]}"
    if spam.offer_verdict(text, None, paper.vocabulary, paper.language):
        return True
    return paper.vocabulary.spam["phishing"].count_in(fold_text(text)) >= 2


def is_digest(paper: Paper) -> bool:
    """A summary of many things, by its subject."""
    return paper.vocabulary.subjects["digest"].found_in(paper.subject) is not None


def nobody_speaks(paper: Paper) -> Verdict | None:
    """A mail of an organisation in which nobody says "I" or "we", asks or wants anything of us.

    In languages that leave those words out, and from an office that is not called what its domain is
    called, it must announce something besides, or sell to many.
    """
    if _is_somebodys(paper) or _is_wanted(paper):
        return None
    deals, happens = _deals(paper), _happens(paper)
    tells = happens or deals >= 2 or paper.figures or paper.leads_on or _counts(paper)
    if not (_says_nothing_of_himself(paper) or happens or deals >= 2):
        return None
    if not (tells or paper.is_organisation) or not (happens or deals or _is_about_ours(paper)):
        return None
    if deals >= 2 or paper.sells or (is_digest(paper) and paper.links):
        return Verdict(MailKind.NEWSLETTER, ("It reads like a letter to many.",))
    return Verdict(MailKind.TRANSACTIONAL, ("A notice: nobody speaks in it, and nobody asks.",))


def _is_about_ours(paper: Paper) -> bool:
    """What organisations send us: links, papers, our parcel, from an office that serves us.

    Where none of it is found the mail is shown: a town's "12 benches for the park" asks without
    a word of asking.
    """
    words, folded = mailing.shipped_mailing(), _folded(paper)
    if paper.links or paper.mass or paper.serves_us or paper.encloses_sums or _is_about_devices(paper):
        return True
    return words.has("papers", folded) or words.has("asked_by_us", folded) or _is_ours(paper)


def _is_ours(paper: Paper) -> bool:
    """Our order, our account or another thing of ours is named."""
    words, folded, vocabulary = mailing.shipped_mailing(), _folded(paper), paper.vocabulary
    by_subject = vocabulary.subjects["transaction"].found_in(paper.subject)
    return (by_subject or vocabulary.text["transaction"].found_in(folded)) is not None or words.names_ours(
        folded, paper.language
    )


def _is_about_devices(paper: Paper) -> bool:
    """Most of the signs of a machine's notice, from a service that reports on machines."""
    mail = paper.mail
    found = machine_notice.signs(
        mail.subject, paper.own_words, mail.sender.name, mail.sender.address, mail.to
    )
    return found >= machine_notice.ENOUGH - 1


def greets_many(paper: Paper) -> Verdict | None:
    """It greets us as a customer or as one of a circle, or hides to whom it went and wants nothing."""
    words, opening = mailing.shipped_mailing(), fold_text(paper.parted.visible[:_GREETING])
    customer, circle = (words.has(kind, opening) for kind in ("greets_customer", "greets_many"))
    hidden = not paper.mail.to and not (_is_somebodys(paper) or _is_wanted(paper))
    if not (customer or circle or hidden) or paper.answers or lures(paper):
        return None
    if paper.asks and paper.speaks_alone:
        return None
    letter = not customer or paper.sells or _deals(paper) >= 2
    kind = MailKind.NEWSLETTER if letter else MailKind.TRANSACTIONAL
    return Verdict(kind, ("It greets us as one of many: nobody enquires so.",))


def _is_somebodys(paper: Paper) -> bool:
    """An answer, a person's mail, measures or a question; or nothing that an organisation sends."""
    named = _is_announced(paper)
    if paper.answers or paper.is_person or paper.speaks_alone:
        return True
    if paper.measures and _deals(paper) < 2:
        return True
    if (paper.asks and not paper.leads_on) or (paper.wishes and not named) or lures(paper):
        return True
    is_sent = paper.is_organisation or paper.is_office or named
    return not is_sent or is_freemail(robots.domain_of(paper.mail.sender.address))


def _is_announced(paper: Paper) -> bool:
    return mailing.shipped_mailing().has("announced", paper.subject)


def _folded(paper: Paper) -> str:
    return fold_text(f"{paper.mail.subject}\n{paper.own_words[:_READ]}")


def _is_wanted(paper: Paper) -> bool:
    """Something is wanted; a count of what others did ("12 searches this week") wants nothing."""
    if is_digest(paper) and paper.links and not paper.speaks:
        return False
    words, folded = mailing.shipped_mailing(), _folded(paper)
    beside = words.without_deals(words.without_closing(folded) if _is_announced(paper) else folded)
    wants = words.surely_wants if paper.figures or paper.leads_on or words.deals(folded) else words.wants
    return wants(beside, paper.language)


def _happens(paper: Paper) -> bool:
    return _is_announced(paper) or mailing.shipped_mailing().has("happens", _folded(paper))


def _deals(paper: Paper) -> int:
    """How many things are to be had cheaper; per cent in the subject and in the text count as one each."""
    percents = (_PERCENT.search(text) for text in (paper.mail.subject, paper.own_words[:_READ]))
    return mailing.shipped_mailing().deals(_folded(paper)) + sum(found is not None for found in percents)


def _counts(paper: Paper) -> bool:
    """An office names a number of anything."""
    return paper.is_office and _COUNT.search(f"{paper.mail.subject}\n{paper.own_words[:_READ]}") is not None


def _says_nothing_of_himself(paper: Paper) -> bool:
    if paper.speaks or leaves_number(paper.parted.visible):
        return False
    if paper.language in _SAY_I:
        return True
    return (paper.serves_us or not paper.bends_to_we) and (paper.figures or paper.leads_on or _counts(paper))
