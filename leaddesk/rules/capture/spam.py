"""Offers and frauds: how strongly a text reads like something sent to many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaddesk.rules.capture.acknowledge import is_marked_spam
from leaddesk.rules.capture.evidence import REPLY_PREFIX, Verdict
from leaddesk.rules.capture.mailing import shipped_mailing
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
_WHOM, _TRACK_RECORD, _NEED = 1.0, 1.5, 1.5
"""For and against a seller: he asks whom to sell to, tells whom he sold to; a customer tells a need."""
_NEVER_WANTED = ("seo", "web", "money", "phishing")
_CUSTOMERS = re.compile(
    r"\d[\d.,\u2019' ]{0,6}\+?\s(?:[^\W\d_][\w-]{0,20}\s){0,2}(?:businesses|companies|firms|clients|"
    r"customers|contractors|tradespeople|trades|artisans|entreprises|pme|tpe|[a-z]{0,12}betriebe|unternehmen|firmen|kunden|"
    r"pymes|empresas|clientes|aut\u00f3nomos|aziende|imprese|artigiani|clienti|bedrijven|vakbedrijven|ondernemers|"
    r"klanten|firm|firmy|klient\u00f3w|przedsi\u0119biorstw)\b|\d[\d,]{1,6}\s?\u793e",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"\b(?:sav|reduc|lower|cut|increas|boost|sink|senk|spar|steiger|r\u00e9dui|\u00e9conomis|augment|ahorr|reduz|"
    r"aument|risparmi|ridu|besp|verlag|verho|oszcz\u0119d|obni\u017c|zwi\u0119ksz)[^\n.!?]{0,60}"
    r"\d\s?(?:%|percent|prozent|pour cent|hours|horas|uur|ore|heures|stunden|godzin)|\d\s?%\s?\u524a\u6e1b",
    re.IGNORECASE,
)
"""How many others buy already, and how much they save: a seller's track record."""
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
    if shipped_mailing().has("in_need", folded):
        score -= 0.0 if any(counts[kind] for kind in _NEVER_WANTED) else _NEED
    else:
        score += _seeks_buyer(text[:6000], folded)
    links = len(_LINK.findall(text[:6000]))
    score += 0.5 * min(links, 3) if any(counts.values()) else 0.0
    score += 1.0 if made_up_name else 0.0
    if language and language != "ru" and len(_CYRILLIC.findall(text[:2000])) > 30 and links:
        score += 1.5
    strongest = max(counts, key=lambda kind: counts[kind] * _WEIGHTS[kind])
    return Offer(score, f"It reads like an offer to many ({_WORDS[strongest]}).")


def _seeks_buyer(text: str, folded: str) -> float:
    """Weighs "who looks after ...?" and a track record."""
    record = bool(_CUSTOMERS.search(text)) or bool(_SAVED.search(text))
    return _WHOM * shipped_mailing().has("whom", folded) + _TRACK_RECORD * record


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
