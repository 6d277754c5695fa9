"""What tells an automatic answer, an answer to a mail of ours, and a form's notice that is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.mailing import asks_others_meanwhile, mass_sentences, shipped_mailing
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
_MARKED = re.compile(r"^[> ]{1,20}", re.MULTILINE)
_ANNOUNCED = re.compile(r"^[^:]{0,40}:")
_NOTE, _NOTE_OPENS = 900, 300
"""Characters of an away note, and of its opening."""


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
    if answers and "?" not in parted.visible and _acknowledges(subject, vocabulary):
        return _autoreply("It only says that our mail has arrived.")
    if answers and _away_note(parted, vocabulary):
        return _autoreply("It says that somebody is away, and whom to ask meanwhile.")
    if "x-auto-response-suppress" in headers and answers and (robot_words or _away_text(parted, vocabulary)):
        return _autoreply("An automatic answer (X-Auto-Response-Suppress).")
    return None


def _autoreply(why: str) -> Verdict:
    return Verdict(MailKind.AUTOREPLY, (why,))


def _away_subject(subject: str, vocabulary: Vocabulary) -> bool:
    """ "Automatic reply: ...": the phrase opens the subject, or is all of it."""
    auto = vocabulary.subjects["auto"]
    if subject.rstrip().endswith(("?", "\uff1f")):
        return False
    if REPLY_PREFIX.match(subject) and not _ANNOUNCED.match(REPLY_PREFIX.sub("", subject)):
        return False
    if not auto.opens(REPLY_PREFIX.sub("", subject)):
        words = fold_text(subject)
        return (
            auto.found_in(words) is not None and len(words.split()) <= 6 and not REPLY_PREFIX.match(subject)
        )
    return True


def _acknowledges(subject: str, vocabulary: Vocabulary) -> bool:
    """ "Request received" and its kin open the subject."""
    return not REPLY_PREFIX.match(subject) and vocabulary.subjects["acknowledge"].opens(subject)


def _away_note(parted: Parted, vocabulary: Vocabulary) -> bool:
    """A short note that opens with the absence, tells whom to ask instead, and asks nothing itself."""
    text = parted.visible
    if "?" in text or "\uff1f" in text or len(text) > _NOTE:
        return False
    away = vocabulary.text["away"].found_in(fold_text(text[:_NOTE_OPENS])) is not None
    return away and asks_others_meanwhile(fold_text(text))


def _away_text(parted: Parted, vocabulary: Vocabulary) -> bool:
    return vocabulary.text["away"].found_in(fold_text(parted.visible[:1500])) is not None


def is_notice_of_business(mail: Opened, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """An order, payment or account notice, though labels name a person: judged outside the message.

    Where somebody wrote a message, one such label is a row that the form asks for: an order number, say.
    """
    message, words = max(sheet.values("message"), key=len, default=""), vocabulary.text["transaction"]
    if not vocabulary.subjects["transaction"].found_in(fold_text(mail.subject)):
        return False
    around = mail.lines[:6000]
    if message:
        asked = [pair.label for pair in sheet.pairs if words.found_in(fold_text(pair.label)) is not None]
        for passage in (message, *(asked if len(asked) == 1 else ())):
            around = around.replace(passage, " ")
    return words.found_in(fold_text(around)) is not None


def answers_newsletter(parted: Parted, vocabulary: Vocabulary, language: str) -> bool:
    """What is quoted was a letter to many: the answer to it opens something new.

    Two signs: our own follow-ups have one line that tells how to stop them.
    """
    quoted = parted.quoted[:8000]
    signs = vocabulary.text["mass"].count_in(fold_text(quoted))
    return signs >= 2 or len(mass_sentences(_MARKED.sub("", quoted), language)) >= 2


def is_reply(mail: Opened, parted: Parted, vocabulary: Vocabulary) -> str | None:
    """Why the mail is an answer, or None."""
    if mail.headers.get("in-reply-to") or mail.headers.get("references"):
        return "It answers a mail (In-Reply-To)."
    if REPLY_PREFIX.match(mail.subject) and not (parted.forwarded or _opens_anew(parted, vocabulary)):
        return "It answers a mail, by its subject."
    return None


def _opens_anew(parted: Parted, vocabulary: Vocabulary) -> bool:
    """Under a "Re:" that quotes nothing: a wish or a question, and no word of what we wrote before.

    "Re:" also stands for "concerning". A mail program that answers names what it answers, or quotes it.
    """
    if parted.quoted:
        return False
    folded = fold_text(parted.visible[:3000])
    asks = "?" in parted.visible or "\uff1f" in parted.visible
    wishes = vocabulary.text["request"].found_in(folded) is not None
    words = shipped_mailing()
    return (asks or wishes or words.wants_in_any(folded)) and not words.answers(folded)
