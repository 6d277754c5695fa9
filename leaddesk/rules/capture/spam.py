"""Offers and frauds: how strongly a text reads like something sent to many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture import sellers
from leaddesk.rules.capture.acknowledge import is_marked_spam
from leaddesk.rules.capture.evidence import REPLY_PREFIX, Verdict
from leaddesk.rules.capture.names import looks_made_up
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.vocabulary import Vocabulary, fold_text
from leaddesk.words.mail import MailKind

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WEIGHTS = {
    "seo": 2.0, "web": 1.5, "money": 1.5, "offer": 1.0, "phishing": 2.0, "supplier": 1.5, "pitch": 1.5,
    "meet": 1.0,
}  # fmt: skip
ENOUGH = 3.0
ENOUGH_FOR_FALSE_REPLY = 2.0


@dataclass(frozen=True, slots=True)
class Offer:
    """How much a text reads like spam, and what says so."""

    score: float
    why: str


def judge(text: str, vocabulary: Vocabulary, *, made_up_name: bool = False, language: str = "") -> Offer:
    """Weigh the words of `text`. One word alone is never enough: several of a kind, or several kinds."""
    folded = fold_text(text[:6000])
    counts = {kind: phrases.count_in(folded) for kind, phrases in vocabulary.spam.items()}
    score = sum(_WEIGHTS[kind] * (1 + 0.5 * (min(count, 5) - 1)) for kind, count in counts.items() if count)
    needed = sellers.need(folded)
    score += 0.0 if needed else sellers.weigh(text[:6000], folded)
    score -= needed if _may_be_wanted(counts, needed) else 0.0
    links = len(_LINK.findall(text[:6000]))
    score += 0.5 * min(links, 3) if any(counts.values()) else 0.0
    score += 1.0 if made_up_name else 0.0
    if language and language != "ru" and len(_CYRILLIC.findall(text[:2000])) > 30 and links:
        score += 1.5
    strongest = max(counts, key=lambda kind: counts[kind] * _WEIGHTS[kind])
    return Offer(score, f"It reads like an offer to many ({_WORDS[strongest]}).")


def _may_be_wanted(counts: dict[str, int], needed: float) -> bool:
    """Nobody needs a lure or a loan of us; web pages and rankings only where our price is asked."""
    if counts["money"] or counts["phishing"]:
        return False
    return needed >= sellers.PRICE_ASKED or not (counts["seo"] or counts["web"])


_WORDS = {
    "seo": "search ranking, links",
    "web": "web design",
    "money": "money, loans, crypto",
    "offer": "services offered to us",
    "phishing": "a lure to sign in",
    "supplier": "goods offered to us",
    "pitch": "help offered to firms like ours",
    "meet": "a call or an audit offered",
}


def spam_verdict(
    mail: Opened, text: str, name: str | None, vocabulary: Vocabulary, language: str
) -> Verdict | None:
    """Marked by the server, or an offer by its words. An answer to a mail of ours is never an offer."""
    if is_marked_spam(mail.headers):
        return Verdict(MailKind.SPAM, ("The mail server marked it as spam.",))
    if mail.headers.get("in-reply-to"):
        return None
    false_reply = bool(REPLY_PREFIX.match(mail.subject)) and not mail.headers.get("references")
    words = f"{mail.subject}\n{text}"
    return offer_verdict(words, name, vocabulary, language, false_reply=false_reply)


def offer_verdict(
    text: str, name: str | None, vocabulary: Vocabulary, language: str, *, false_reply: bool = False
) -> Verdict | None:
    """An offer to many by its words. A "Re:" that answers nothing makes it likelier."""
    offer = judge(text, vocabulary, made_up_name=looks_made_up(name or ""), language=language)
    enough = ENOUGH_FOR_FALSE_REPLY if false_reply else ENOUGH
    return Verdict(MailKind.SPAM, (offer.why,)) if offer.score >= enough else None
