"""Mail in which no person asks for anything: lists, newsletters, notices, bills, invitations."""

from __future__ import annotations

from leaddesk.rules.capture import machine_notice, mailing, robots, sellers, spam
from leaddesk.rules.capture.evidence import Verdict
from leaddesk.rules.capture.nobody_speaks import greets_many, is_digest, leaves_number, lures, nobody_speaks
from leaddesk.rules.capture.occasions import to_many
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.paper import Paper
from leaddesk.rules.capture.quotes import Parted
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text
from leaddesk.words.mail import MailKind

_SHARED = frozenset({"accounts", "account", "orders", "order", "billing", "invoices", "invoice", "payments"})
"""From these a program writes, or the people who order and pay in an office."""


def sorted_away(mail: Opened, parted: Parted, vocabulary: Vocabulary, language: str) -> Verdict | None:
    """Lists, newsletters, notices of programs, bills and invitations: no person asks for anything."""
    paper = Paper(mail, parted, vocabulary, language)
    judges = (
        _invitation, _report, _signup, _to_a_list, _lure, to_many, _from_a_robot, _from_a_machine,
        _mass_mail, greets_many, _business_paper, _notice, nobody_speaks,
    )  # fmt: skip
    return next((verdict for judge in judges if (verdict := judge(paper))), None)


def _invitation(paper: Paper) -> Verdict | None:
    if any(part.type == "text/calendar" for part in paper.mail.structure.parts):
        return Verdict(MailKind.TRANSACTIONAL, ("A calendar's invitation or answer.",))
    return None


def _signup(paper: Paper) -> Verdict | None:
    """A list's notice that somebody joined it."""
    mail, vocabulary, visible = paper.mail, paper.vocabulary, paper.parted.visible
    by_subject = vocabulary.subjects["signup"].found_in(paper.subject) is not None
    by_text = vocabulary.text["signup"].found_in(fold_text(visible[:1500])) is not None
    asks = "?" in visible
    if by_subject and not asks and (by_text or robots.is_robot(mail.sender.address) or bool(mail.html)):
        return Verdict(MailKind.NEWSLETTER, ("Somebody joined a newsletter: no enquiry.",))
    return None


def _report(paper: Paper) -> Verdict | None:
    mail = paper.mail
    if mail.structure.type == "multipart/report" or "report domain:" in mail.subject.lower():
        return Verdict(MailKind.TRANSACTIONAL, ("A report of a mail system.",))
    return None


def _to_a_list(paper: Paper) -> Verdict | None:
    """List headers and bulk precedence; many also stand on notices about our own account."""
    listed = robots.list_headers(paper.mail.headers)
    bulk = robots.precedence(paper.mail.headers) in ("bulk", "list", "junk")
    if not listed and not bulk:
        return None
    why = f"Sent to a mailing list ({listed[0].title()})." if listed else "Sent in bulk (Precedence)."
    if "list-id" not in listed and not is_digest(paper) and _is_transaction(paper):
        return Verdict(MailKind.TRANSACTIONAL, ("A program's notice about an account or an order.", why))
    return Verdict(MailKind.NEWSLETTER, (why,))


def _is_transaction(paper: Paper) -> bool:
    words, text = paper.vocabulary, fold_text(paper.mail.lines[:4000])
    if words.subjects["transaction"].found_in(paper.subject) is None:
        return False
    return words.text["transaction"].found_in(text) is not None


def _names_ours(paper: Paper) -> bool:
    """ "Your parcel" stands in the subject."""
    return mailing.shipped_mailing().names_ours(paper.subject, paper.language)


def _from_a_robot(paper: Paper) -> Verdict | None:
    mail, vocabulary = paper.mail, paper.vocabulary
    robot = robots.is_robot(mail.sender.address)
    machine = robots.machine_header(mail.headers) or robots.auto_submitted(mail.headers)
    says_so = vocabulary.text["robot"].found_in(fold_text(paper.parted.visible[-1500:])) is not None
    if robot and not (machine or says_so or paper.mass) and _asks_from_an_office(paper):
        return None
    if not (robot or machine or says_so or paper.mass >= 2):
        return None
    why = (
        "A program's address." if robot else "A program wrote it." if machine or says_so else "Sent to many."
    )
    if _reads_like_letter(paper):
        return Verdict(MailKind.NEWSLETTER, (why, "It reads like a letter to many."))
    return Verdict(MailKind.TRANSACTIONAL, (why, "It names nobody who asks."))


def _lure(paper: Paper) -> Verdict | None:
    """Threats and a way to sign in, from somebody who is not called what his domain is called."""
    if paper.answers or paper.is_organisation or not paper.links:
        return None
    text = f"{paper.mail.subject}\n{paper.own_words[:3000]}"
    if paper.vocabulary.spam["phishing"].count_in(fold_text(text)) < 2:
        return None
    return spam.offer_verdict(text, None, paper.vocabulary, paper.language)


def _from_a_machine(paper: Paper) -> Verdict | None:
    """A disk is full, a backup is done: a device wrote, and nobody asks or says "I"."""
    if paper.answers or paper.asks or paper.wishes or paper.measures or paper.is_person:
        return None
    mail, words = paper.mail, paper.own_words
    if paper.speaks_alone and not machine_notice.is_from_one(mail.sender):
        return None
    if not words.strip() and mail.attachments and machine_notice.is_from_one(mail.sender):
        return Verdict(MailKind.TRANSACTIONAL, ("A device sent a file.",))
    found = machine_notice.signs(mail.subject, words, mail.sender.name, mail.sender.address, mail.to)
    if found < machine_notice.ENOUGH:
        return None
    wants = mailing.shipped_mailing().wants_in_any(fold_text(words[:3000]))
    if found - 2 * wants - leaves_number(words) < machine_notice.ENOUGH or lures(paper):
        return None
    return Verdict(MailKind.TRANSACTIONAL, ("A machine's notice: what happened to a device or a job.",))


def _asks_from_an_office(paper: Paper) -> bool:
    """A question with a wish, or a need told, from an address such as accounts@ that people share."""
    if robots.nobody_reads(paper.mail.sender.address) or paper.mass_sentences:
        return False
    if not paper.asks:
        folded = fold_text(paper.own_words[:3000])
        wants = mailing.shipped_mailing().surely_wants(folded, paper.language)
        shared = not _SHARED.isdisjoint(robots.local_part(paper.mail.sender.address).split("."))
        return shared and not paper.links and (wants or sellers.need(folded) > 0)
    return paper.wishes or (paper.speaks and not paper.links)


def _reads_like_letter(paper: Paper) -> bool:
    """Weighs the words of letters to many against those of bills and account notices."""
    text = fold_text(paper.mail.lines[:4000])
    mass = bool(paper.mass or paper.mass_sentences)
    letter = is_digest(paper) + mass
    notice = sum(
        words["transaction"].found_in(where) is not None
        for words, where in ((paper.vocabulary.subjects, paper.subject), (paper.vocabulary.text, text))
    )
    notice = max(notice, int(_names_ours(paper)))
    return letter > notice or (mass and letter == notice)


def _mass_mail(paper: Paper) -> Verdict | None:
    """A way to leave the list, or why one is on it; who asks something himself is heard all the same."""
    if paper.mail.headers.get("in-reply-to"):
        return None
    signs = len(paper.mass_sentences)
    asks_himself = paper.asks and paper.wishes
    if signs >= (3 if asks_himself else 1) or (paper.mass and paper.mail.html and not asks_himself):
        if not _reads_like_letter(paper) and _is_transaction(paper):
            return Verdict(MailKind.TRANSACTIONAL, ("A notice about an account or an order.",))
        return Verdict(MailKind.NEWSLETTER, ("It tells how to leave a list, or why one is on it.",))
    return None


def _business_paper(paper: Paper) -> Verdict | None:
    """A supplier's bill or confirmation: by subject and by its words or its attached paper."""
    if paper.answers or lures(paper):
        return None
    if paper.is_owed and not paper.measures:
        return Verdict(MailKind.TRANSACTIONAL, ("It asks for money that we owe.",))
    by_subject = paper.vocabulary.subjects["transaction"].found_in(paper.subject)
    by_subject = by_subject or mailing.shipped_mailing().paper_in(paper.subject)
    words = fold_text(paper.parted.visible[:3000])
    is_quote = mailing.shipped_mailing().has("their_quote", words)
    if not (by_subject or is_quote):
        return None
    by_text = paper.vocabulary.text["transaction"].count_in(words) + is_quote
    papers = any(file.type == "application/pdf" for file in paper.mail.attachments)
    asks = "?" in paper.parted.visible or "\uff1f" in paper.parted.visible
    brand = robots.is_brand(paper.mail.sender.name, paper.mail.sender.address)
    if brand and not by_text and not papers and mailing.shipped_mailing().wants(words, paper.language):
        return None  # a firm's own "order 118" that says what is needed
    if by_text + papers + brand >= 1 + asks + 2 * paper.wishes:
        return Verdict(
            MailKind.TRANSACTIONAL,
            (f"A business paper, not an enquiry (\u201c{by_subject or 'their quote'}\u201d).",),
        )
    return None


def _notice(paper: Paper) -> Verdict | None:
    """Something of ours is named ("your parcel"), nobody says "I", and nobody asks."""
    if paper.answers or paper.wishes or paper.speaks_alone or lures(paper):
        return None
    if paper.asks and not (paper.links and paper.is_organisation):
        return None
    words = mailing.shipped_mailing()
    text = paper.parted.visible
    if mailing.holds_a_code(paper.mail.subject, text, paper.language):
        return Verdict(MailKind.TRANSACTIONAL, ("It brings a code to type in.",))
    if paper.is_person or (not paper.links and words.surely_wants(fold_text(text[:3000]), paper.language)):
        return None
    if words.has("unasked", fold_text(text[-1500:])):
        return Verdict(MailKind.TRANSACTIONAL, ("It may be passed over, it says: a program's answer.",))
    by_subject = _names_ours(paper)
    by_text = words.names_ours(fold_text(text[:1500]), paper.language)
    listed = paper.vocabulary.subjects["transaction"].found_in(paper.subject) is not None
    if by_subject or (by_text and (paper.links or paper.is_organisation or listed)):
        kind = MailKind.NEWSLETTER if paper.sells else MailKind.TRANSACTIONAL
        return Verdict(kind, ("A notice about something of ours; nobody asks.",))
    return None
