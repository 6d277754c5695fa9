"""How a first answer opens: by the page, the portal, the person or the call that brought the enquiry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.template import fill
from leaddesk.words.lead import Channel, Enquiry, Source
from leaddesk.words.writing import Kind

_PRICES_WORDS = """
    price prices pricing cost costs fee fees rates tariff tariffs preis preise preisliste kosten tarife
    tarif tarifs prix precio precios tarifas costes prezzo prezzi tariffe listino costi prijs prijzen
    tarieven cennik ceny cena koszty precos preco priser pris 料金 価格
"""
_PRICES = frozenset(_PRICES_WORDS.split())
"""What a page about prices is called, in the languages that we have, folded."""
_SAYS_NOTHING_WORDS = """
    start home index contact contacts kontakt kontakte contacto contatti contactez contactus enquiry
    enquire anfrage impressum page form formular formulaire formulario
"""
_SAYS_NOTHING = frozenset(_SAYS_NOTHING_WORDS.split())
_RECOMMENDED = re.compile(
    r"recommend|refer|friend|neighbo|word of mouth|empfehl|empfohl|freund|bekannt|nachbar|recommand|"
    r"\bamie?s?\b|voisin|bouche|recomend|amig|vecin|passaparola|amic[oa]|consigli|aanbev|vriend|buur|kennis|polec|znajom|"
    r"紹介",
    re.IGNORECASE,
)
_MAILED = frozenset({"email", "newsletter", "mail", "mailing"})
_ENDING = re.compile(r"\.(html?|php|aspx?)$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Openings:
    """The sentences of one language: one a kind, and the one that names the page."""

    by_kind: Mapping[str, str]
    from_page: str


def kind_of(enquiry: Enquiry, source: Source) -> Kind:
    """Where an enquiry came from. Prices come first: whoever looked at them has a question of their own."""
    words = source.text.casefold()
    if enquiry.channel is Channel.CALL:
        return Kind.MISSED_CALL if enquiry.mail is not None or "missed" in words else Kind.CALL
    if _PRICES & set(_path_words(_page_url(source))):
        return Kind.PRICING
    if portal_of(source):
        return Kind.PORTAL
    if words.startswith("newsletter") or "first_touch" in source.evidence:
        return Kind.NEWSLETTER
    if source.evidence.get("utm_medium", "").casefold() in _MAILED:
        return Kind.NEWSLETTER
    return Kind.REFERRAL if _is_referral(source, words) else Kind.UNKNOWN


def portal_of(source: Source) -> str:
    """The portal's name as it is said, or empty.

    >>> portal_of(Source("Portal: Checkatrade", evidence={"vendor": "Checkatrade"}))
    'Checkatrade'
    """
    named = source.text.partition(":")[2] if source.text.startswith("Portal:") else ""
    return one_line(source.evidence.get("vendor", "") or named, _LONGEST)


def page_of(source: Source) -> str:
    """What the page that they wrote from is called, where its address says something.

    >>> page_of(Source("Website", evidence={"page_url": "https://b.example/dach/loft-conversions.html?x=1"}))
    'loft conversions'
    >>> page_of(Source("Website", evidence={"page_url": "https://b.example/contact"}))
    ''
    """
    parts = [part for part in _path(_page_url(source)).split("/") if part]
    last = _ENDING.sub("", parts[-1]) if parts else ""
    words = one_line(re.sub(r"[-_+]+", " ", last))
    telling = [word for word in _WORDS.findall(words.casefold()) if word not in _SAYS_NOTHING]
    return words if telling and len(words) <= _LONGEST else ""


def opening(enquiry: Enquiry, source: Source, openings: Openings) -> str:
    """The first sentences of a first answer. What was captured is only ever a value in them."""
    kind = kind_of(enquiry, source)
    first = fill(openings.by_kind[kind.value], {"portal": portal_of(source)})
    page = page_of(source)
    if not page or kind in (Kind.PRICING, Kind.PORTAL):
        return first
    gap = "" if first.endswith("。") else " "
    return f"{first}{gap}{fill(openings.from_page, {'page': page})}"


def chosen_words(kind: Kind) -> str:
    """Which first reply was taken, for the person who sees it."""
    return _CHOSEN[kind]


_CHOSEN = {
    Kind.UNKNOWN: "First reply",
    Kind.PRICING: "First reply: pricing page, chosen by where they wrote",
    Kind.PORTAL: "First reply: portal, chosen by where they wrote",
    Kind.REFERRAL: "First reply: referral, chosen by who sent them",
    Kind.MISSED_CALL: "First reply: missed call",
    Kind.CALL: "First reply: after a call",
    Kind.NEWSLETTER: "First reply: newsletter reader",
}


def _is_referral(source: Source, words: str) -> bool:
    if words.startswith(("referral", "recommend")):
        return True
    if source.evidence.get("utm_medium", "").casefold() == "referral":
        return True
    return words.startswith("said:") and _RECOMMENDED.search(words) is not None


def _page_url(source: Source) -> str:
    return source.evidence.get("page_url") or source.evidence.get("landing_page") or ""


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)[:500]
    except ValueError:
        return ""


def _path_words(url: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+|_", _path(url).casefold()) if word]
