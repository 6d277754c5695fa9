"""What kind of mail it is where no report, form or call settles that: headers, then structure, then words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.quotes import Parted
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text
from leaddesk.words.mail import MailKind

REPLY_PREFIX = re.compile(
    r"^\s{0,5}(?:\[[^\]]{1,60}\]\s*)?(?:re|aw|antw|antwort|sv|odp|r\u00e9f|rif|res|vs|\u8fd4\u4fe1)(?:\[\d{1,3}\])?\s?[:\uff1a]",
    re.IGNORECASE,
)
FORWARD_PREFIX = re.compile(
    r"^\s{0,5}(?:fw|fwd|wg|tr|rv|i|enc|doorst|pd|vb|vl|\u8ee2\u9001)\s?[:\uff1a]", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"^[^:]{0,40}:")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind with the reasons for it, the deciding one first."""

    kind: MailKind
    why: tuple[str, ...]


def automatic_answer(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> Verdict | None:
    """An away note or a robot's answer to a mail of ours."""
    headers, subject = mail.headers, mail.subject
    told = robots.auto_submitted(headers)
    away_subject = _away_subject(subject, vocabulary)
    robot_words = vocabulary.text["robot"].found_in(fold_text(parted.visible[:1500])) is not None
    answers = bool(headers.get("in-reply-to") or headers.get("references")) or bool(
        REPLY_PREFIX.match(subject)
    )
    if told == "auto-replied":
        return _autoreply("An automatic answer (Auto-Submitted).")
    if any(name in headers for name in ("x-autoreply", "x-autorespond", "x-apple-action", "x-auto-reply")):
        return _autoreply("An automatic answer (X-Autoreply).")
    if robots.precedence(headers) == "auto_reply":
        return _autoreply("An automatic answer (Precedence: auto_reply).")
    if away_subject:
        return _autoreply("An automatic answer, by its subject.")
    if told and (answers or _away_text(parted, vocabulary)):
        return _autoreply("An automatic answer (Auto-Submitted).")
    opening = fold_text(f"{subject}\n{parted.visible[:600]}")
    acknowledges = vocabulary.subjects["acknowledge"].found_in(opening) is not None
    if robot_words and (acknowledges or (answers and robots.is_robot(mail.sender.address))):
        return _autoreply("It says itself that it is an automatic answer.")
    if "x-auto-response-suppress" in headers and answers and (robot_words or _away_text(parted, vocabulary)):
        return _autoreply("An automatic answer (X-Auto-Response-Suppress).")
    return None


def _autoreply(why: str) -> Verdict:
    return Verdict(MailKind.AUTOREPLY, (why,))


def _away_subject(subject: str, vocabulary: Vocabulary) -> bool:
    """ "Automatic reply: ...": the phrase opens the subject, or is all of it."""
    auto = vocabulary.subjects["auto"]
    if REPLY_PREFIX.match(subject) and not _ANNOUNCED.match(REPLY_PREFIX.sub("", subject)):
        return False
    if not auto.opens(REPLY_PREFIX.sub("", subject)):
        words = fold_text(subject)
        return (
            auto.found_in(words) is not None and len(words.split()) <= 6 and not REPLY_PREFIX.match(subject)
        )
    return True


def _away_text(parted: Parted, vocabulary: Vocabulary) -> bool:
    return vocabulary.text["away"].found_in(fold_text(parted.visible[:1500])) is not None


def sorted_away(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> Verdict | None:
    """Lists, newsletters, notices of programs, bills and invitations: no person asks for anything."""
    return (
        _invitation(mail)
        or _report(mail)
        or _signup(mail, parted, vocabulary)
        or _to_a_list(mail, vocabulary)
        or _from_a_robot(mail, parted, vocabulary)
        or _business_paper(mail, parted, vocabulary)
    )


def _invitation(mail: Opened) -> Verdict | None:
    if any(part.type == "text/calendar" for part in mail.structure.parts):
        return Verdict(MailKind.TRANSACTIONAL, ("A calendar's invitation or answer.",))
    return None


def _signup(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> Verdict | None:
    """A list's notice that somebody joined it."""
    by_subject = vocabulary.subjects["signup"].found_in(fold_text(mail.subject)) is not None
    by_text = vocabulary.text["signup"].found_in(fold_text(parted.visible[:1500])) is not None
    asks = "?" in parted.visible
    if by_subject and not asks and (by_text or robots.is_robot(mail.sender.address) or bool(mail.html)):
        return Verdict(MailKind.NEWSLETTER, ("Somebody joined a newsletter: no enquiry.",))
    return None


def _report(mail: Opened) -> Verdict | None:
    if mail.structure.type == "multipart/report" or "report domain:" in mail.subject.lower():
        return Verdict(MailKind.TRANSACTIONAL, ("A report of a mail system.",))
    return None


def _to_a_list(mail: Opened, vocabulary: Vocabulary) -> Verdict | None:
    """List headers and bulk precedence; many also stand on notices about our own account."""
    listed = robots.list_headers(mail.headers)
    bulk = robots.precedence(mail.headers) in ("bulk", "list", "junk")
    if not listed and not bulk:
        return None
    why = f"Sent to a mailing list ({listed[0].title()})." if listed else "Sent in bulk (Precedence)."
    subject = fold_text(mail.subject)
    if (
        "list-id" not in listed
        and not _is_digest(subject, vocabulary)
        and _is_transaction(subject, mail, vocabulary)
    ):
        return Verdict(MailKind.TRANSACTIONAL, ("A program's notice about an account or an order.", why))
    return Verdict(MailKind.NEWSLETTER, (why,))


def _is_digest(subject: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.subjects["digest"].found_in(subject) is not None


def _is_transaction(subject: str, mail: Opened, vocabulary: Vocabulary) -> bool:
    return (
        vocabulary.subjects["transaction"].found_in(subject) is not None
        and vocabulary.text["transaction"].found_in(fold_text(mail.lines[:4000])) is not None
    )


def _from_a_robot(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> Verdict | None:
    headers, subject = mail.headers, fold_text(mail.subject)
    robot = robots.is_robot(mail.sender.address)
    machine = robots.machine_header(headers) or robots.auto_submitted(headers)
    says_so = vocabulary.text["robot"].found_in(fold_text(parted.visible[-1500:])) is not None
    own_words = f"{parted.visible[-2000:]}\n{parted.signature[-2000:]}"
    mass = vocabulary.text["mass"].count_in(fold_text(own_words))
    if robot and not (machine or says_so or mass) and _asks_from_an_office(mail, parted, vocabulary):
        return None
    if not (robot or machine or says_so or mass >= 2):
        return _mass_mail(mass, mail) if mass else None
    why = (
        "A program's address." if robot else "A program wrote it." if machine or says_so else "Sent to many."
    )
    if _reads_like_letter(subject, mail, mass, vocabulary):
        return Verdict(MailKind.NEWSLETTER, (why, "It reads like a letter to many."))
    return Verdict(MailKind.TRANSACTIONAL, (why, "It names nobody who asks."))


def _asks_from_an_office(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> bool:
    """A question with a wish, from an address such as accounts@ that people share."""
    if robots.nobody_reads(mail.sender.address) or "?" not in parted.visible:
        return False
    return vocabulary.text["request"].found_in(fold_text(parted.visible[:3000])) is not None


def _reads_like_letter(subject: str, mail: Opened, mass: int, vocabulary: Vocabulary) -> bool:
    """Weighs the words of letters to many against those of bills and account notices."""
    text = fold_text(mail.lines[:4000])
    letter = _is_digest(subject, vocabulary) + bool(mass)
    notice = sum(
        words["transaction"].found_in(where) is not None
        for words, where in ((vocabulary.subjects, subject), (vocabulary.text, text))
    )
    return letter > notice or (bool(mass) and letter == notice)


def _mass_mail(mass: int, mail: Opened) -> Verdict | None:
    """An unsubscribe line in an HTML mail; a person's own mail never has one."""
    answers = bool(mail.headers.get("in-reply-to"))
    if mass and mail.html and not answers:
        return Verdict(MailKind.NEWSLETTER, ("It offers to unsubscribe.",))
    return None


def _business_paper(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> Verdict | None:
    """A supplier's bill or confirmation: by subject and by its words or its attached paper."""
    if (
        mail.headers.get("in-reply-to")
        or REPLY_PREFIX.match(mail.subject)
        or FORWARD_PREFIX.match(mail.subject)
    ):
        return None
    by_subject = vocabulary.subjects["transaction"].found_in(fold_text(mail.subject))
    if not by_subject:
        return None
    words = fold_text(parted.visible[:3000])
    by_text = vocabulary.text["transaction"].count_in(words)
    papers = any(file.type == "application/pdf" for file in mail.attachments)
    asks = "?" in parted.visible or "\uff1f" in parted.visible
    wishes = vocabulary.text["request"].found_in(words) is not None
    brand = robots.is_brand(mail.sender.name, mail.sender.address)
    if by_text + papers + brand >= 1 + asks + 2 * wishes:
        return Verdict(
            MailKind.TRANSACTIONAL, (f"A business paper, not an enquiry (\u201c{by_subject}\u201d).",)
        )
    return None


def is_notice_of_business(mail: Opened, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """An order, payment or account notice, though labels name a person: judged outside the message."""
    message = max(sheet.values("message"), key=len, default="")
    if not vocabulary.subjects["transaction"].found_in(fold_text(mail.subject)):
        return False
    around = mail.lines[:6000].replace(message, " ") if message else mail.lines[:6000]
    return vocabulary.text["transaction"].found_in(fold_text(around)) is not None


def is_signup(mail: Opened, message: str, vocabulary: Vocabulary) -> bool:
    """Somebody joined a newsletter: remembered, but no lead."""
    if len(message.split()) > 12:
        return False
    return (
        vocabulary.subjects["signup"].found_in(fold_text(mail.subject)) is not None
        or vocabulary.text["signup"].found_in(fold_text(mail.lines[:3000])) is not None
    )


def answers_newsletter(parted: Parted, vocabulary: Vocabulary) -> bool:
    """What is quoted was a letter to many: the answer to it opens something new."""
    quoted = fold_text(parted.quoted[:8000])
    return vocabulary.text["mass"].count_in(quoted) >= 2


def is_reply(mail: Opened, parted: Parted) -> str | None:
    """Why the mail is an answer, or None."""
    if mail.headers.get("in-reply-to") or mail.headers.get("references"):
        return "It answers a mail (In-Reply-To)."
    if REPLY_PREFIX.match(mail.subject) and not parted.forwarded:
        return "It answers a mail, by its subject."
    return None
