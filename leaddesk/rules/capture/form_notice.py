"""Is a mail the notice of a form or a portal? The signs, the surest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leaddesk.rules.capture import clues, names, robots
from leaddesk.rules.capture.addresses import addresses_in
from leaddesk.rules.capture.contact_block import tells_a_stranger
from leaddesk.rules.capture.html_text import QUOTE_OPENS, bare
from leaddesk.rules.capture.lead_data import kinds_of
from leaddesk.rules.capture.mailing import shipped_mailing
from leaddesk.rules.capture.names import via
from leaddesk.rules.capture.nobody_speaks import leaves_number
from leaddesk.rules.capture.pairs import read_pairs
from leaddesk.rules.capture.speakers import asker
from leaddesk.rules.capture.vocabulary import fold_text
from leaddesk.rules.capture.wanted import ANSWER_ABOVE

if TYPE_CHECKING:
    from leaddesk.rules.capture.case import Case


def is_form_notice(case: Case) -> bool:
    """Labelled lines that name a person, or a Reply-To beside a From that is ours or a robot's."""
    if case.data or case.is_registered:
        return True
    kinds = kinds_of(case.sheet)
    named = bool(kinds & {"name", "message"})
    elsewhere = case.replies_elsewhere
    robot = case.is_from_robot or elsewhere or "list-unsubscribe" in case.mail.headers
    if case.mail.headers.get("in-reply-to") and (not robot or (named and _only_quoted(case))):
        return False
    if robot and case.names_contact and named:
        return True
    if (
        robot
        and case.names_contact
        and ({"email", "phone"} <= kinds or len(case.sheet.pairs) >= 4 or case.sheet.values("page"))
    ):
        return True
    brand = case.is_brand and not case.is_bulk
    if brand and case.sheet.values("name", "first_name") and (len(kinds) >= 2 or _is_told(case)):
        return True
    if brand and {"email", "phone"} <= kinds and case.names_contact and _is_announced(case):
        return True
    if (robot or brand) and case.asker and (kinds or len(case.sheet.pairs) >= 2):
        return True
    if robot and elsewhere and _is_announced(case):
        return True
    if case.is_from_robot and elsewhere:
        return not case.is_bulk
    if case.asker and via(case.mail.sender.name) and not case.is_bulk:
        return True  # "Ann via Service": the service passes on what somebody wrote
    if (brand or robot) and not case.is_bulk and (_passes_on(case) or _tells_number(case)):
        return True
    if (brand or robot) and (_asks_through(case) or _begs_to_be_rung(case)):
        return True
    if brand and _is_answered_to(case):
        return True
    if case.asker and brand and _is_about_listing(case):
        return True
    if tells_a_stranger(
        case.mail, case.sheet, case.vocabulary, is_service=robot or brand or _is_helpdesk(case)
    ):
        return True
    if _names_sender(case, named=named) or _tells_visit(case, kinds):
        return True
    return case.names_contact and named and len(kinds) >= 3 and not _only_quoted(case)


def _is_announced(case: Case) -> bool:
    """ "You have received an enquiry" opens the mail."""
    opening = fold_text(f"{case.mail.subject}\n{bare(case.mail.lines[:600])}")
    return case.vocabulary.text["intro"].found_in(opening) is not None


def _is_told(case: Case) -> bool:
    """It says that somebody wrote: a courier labels the sender of a parcel too."""
    return _is_announced(case) or _is_about_listing(case)


def _passes_on(case: Case) -> bool:
    """A service passes on somebody's words: by an address for them alone, or under their name in a row."""
    if case.asker and (_is_relayed(case) or (QUOTE_OPENS in case.mail.lines and _is_announced(case))):
        return True
    rows = [row.strip() for row in bare(case.mail.lines[:2000]).split("\n") if row.strip()][:8]
    if case.asker:
        initial = re.compile(re.escape(case.asker) + r" \w\.?")
        return (len(case.asker.split()) >= 2 and case.asker in rows) or any(map(initial.fullmatch, rows))
    named = names.person(case.mail.reply_to.name) if _is_relayed(case) else None
    return bool(named) and named != case.mail.sender.name and named in rows


def _asks_through(case: Case) -> bool:
    """A service says who wrote, and the words wish something: it unsubscribes from itself, and passes on."""
    if not case.asker or (case.is_bulk and asker(case.mail.subject, case.vocabulary) is None):
        return False
    text = bare(case.mail.lines[:2000])
    folded = fold_text(text)
    asks = "?" in text and case.vocabulary.text["request"].found_in(folded) is not None
    return asks or shipped_mailing().wants_in_any(folded)


def _begs_to_be_rung(case: Case) -> bool:
    """What came in, as it is told, says "I", wants something and leaves a number."""
    text = bare(case.mail.lines[:2000])
    folded, words = fold_text(text), shipped_mailing()
    if case.is_bulk or not _is_announced(case) or not words.speaks_alone(folded, case.language):
        return False
    return words.surely_wants(folded, case.language) and leaves_number(text)


def _is_helpdesk(case: Case) -> bool:
    """It begins with the line above which the answer shall stand."""
    first = bare(case.mail.lines[:200]).strip().partition("\n")[0]
    return first.startswith("#") and ANSWER_ABOVE.fullmatch(first.strip()) is not None


def _tells_number(case: Case) -> bool:
    """The number that the subject tells stands in the mail too, under its label: a short message came in."""
    told = "".join(filter(str.isdigit, case.mail.subject))
    numbers = (
        "".join(filter(str.isdigit, value)) for value in case.sheet.values("phone", "mobile", "caller")
    )
    return len(told) >= 7 and any(len(each) >= 7 and each[-7:] in told for each in numbers)


def _is_answered_to(case: Case) -> bool:
    """A subject that names somebody, in whose address Reply-To is: "Request of Ann Beck for room 12"."""
    reply_to = case.mail.reply_to.address
    return case.replies_elsewhere and any(
        clues.fits_address(name, reply_to or "", every=True)
        for name in clues.CAPITALS.findall(case.mail.subject)
    )


def _is_relayed(case: Case) -> bool:
    """Reply-To is the service's own address for this one conversation: "conv-991@messages.example.com"."""
    sender, reply_to = case.mail.sender.address, case.mail.reply_to.address
    local = robots.local_part(reply_to)
    if not reply_to or local == robots.local_part(sender) or not any(map(str.isdigit, local)):
        return False
    domains = robots.domain_of(sender), robots.domain_of(reply_to)
    return any(one == other or one.endswith("." + other) for one, other in (domains, domains[::-1]))


def _is_about_listing(case: Case) -> bool:
    """ "Ann has answered your ad": a service passes on what somebody wrote."""
    return shipped_mailing().has("listings", fold_text(f"{case.mail.subject}\n{bare(case.mail.lines[:600])}"))


def _names_sender(case: Case, *, named: bool) -> bool:
    """The labelled address is Reply-To's, or with a labelled name From's: a form filled both in."""
    labelled = {address.lower() for value in case.sheet.values("email") for address in addresses_in(value)}
    reply_to, sender = case.mail.reply_to.address, case.mail.sender.address
    if reply_to and case.replies_elsewhere and reply_to.lower() in labelled:
        return True
    named = bool(kinds_of(case.sheet) & {"name"}) and named
    return named and bool(sender) and (sender or "").lower() in labelled and not _only_quoted(case)


def _tells_visit(case: Case, kinds: set[str]) -> bool:
    """A stranger's labelled name and address, or just a way to reach one that a form announces, beside
    what only a website knows of a visit.
    """
    emails = [address for value in case.sheet.together().values("email") for address in addresses_in(value)]
    service = robots.domain_of(case.mail.sender.address)
    stranger = any(not case.ours.has(each) and robots.domain_of(each) != service for each in emails)
    visit = case.sheet.values("page", "ip", "agent", "referrer")
    if not visit or _only_quoted(case):
        return False
    return (stranger and "name" in kinds) or (case.names_contact and _is_announced(case))


def _only_quoted(case: Case) -> bool:
    """The labelled lines stand only in what the mail quotes."""
    return bool(case.parted.quoted) and len(kinds_of(read_pairs(case.parted.visible, case.vocabulary))) < 2
