"""Whether somebody sells to us or would buy of us, though both ask: weighed by several signs together."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping

from leaddesk.rules.capture.mailing import any_of
from leaddesk.rules.capture.vocabulary import folder

_WEIGHTS = {
    "whom": 1.0,
    "overheads": 1.0,
    "leave_to": 1.0,
    "for_nothing": 1.0,
    "clientele": 1.0,
    "like_you": 1.0,
    "staff": 1.25,
    "gives": 1.0,
    "need_you": 0.75,
    "placement": 1.0,
}
_TRACK_RECORD, _PRICED_WEIGHT = 1.5, 1.0
_SOFT, _SOFT_ALONE = ("overheads", "leave_to", "for_nothing"), 1.75
"""What customers of a cleaner or a broker say as well: alone it weighs no more than this."""
_NEED, PRICE_ASKED = 1.5, 4.5
_CUSTOMERS = re.compile(
    r"(?<![\d.,])\d[\d.,]{0,6}\+?\s(?:[^\W\d_][\w-]{0,20}\s){0,2}(?:businesses|companies|firms|clients|"
    r"customers|contractors|tradespeople|trades|artisans|entreprises|pme|tpe|[a-z]{0,12}betriebe|unternehmen|"
    r"firmen|kunden|pymes|empresas|clientes|aut\u00f3nomos|aziende|imprese|artigiani|clienti|bedrijven|"
    r"vakbedrijven|ondernemers|klanten|firm|firmy|klient\u00f3w|przedsi\u0119biorstw)\b|\d[\d,]{0,6}\s?\u793e",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"\b(?:sav|reduc|lower|cut|increas|boost|sink|senk|spar|steiger|r\u00e9dui|\u00e9conomis|augment|ahorr|reduz|"
    r"aument|risparmi|ridu|besp|verlag|verho|oszcz\u0119d|obni\u017c|zwi\u0119ksz)[^\n.!?]{0,60}"
    r"\d\s?(?:%|percent|prozent|pour cent|hours|horas|uur|ore|heures|stunden|godzin)|\d\s?%\s?(?:less|"
    r"weniger|de moins|menos|in meno|minder|mniej)|\d\s?%\s?\u524a\u6e1b",
    re.IGNORECASE,
)
"""How many others buy already, and how much they save: a seller's track record."""
_PRICED = re.compile(
    r"\d\s?(?:\u20ac|eur|euros?|\u00a3|\$|z\u0142|\u5186)?\s?(?:\+\s?(?:iva|vat|btw|mwst)|plus vat|"
    r"ex(?:cl)?\.? (?:vat|btw)|zzgl\.|netto|ht\b|h\.t\.|m\u00e1s iva)|\u7a0e\u5225",
    re.IGNORECASE,
)
"""A price without its tax, as sellers tell it."""


@functools.cache
def _words() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads((folder() / "sellers.toml").read_text("utf-8"))
    return {name: any_of(words) for name, words in table.items()}


def need(folded: str) -> float:
    """What speaks for a buyer: a need of his own, or that he asks what we charge. No seller does that.

    But for him who would place his links with us.
    """
    words = _words()
    if words["placement"].search(folded):
        return 0.0
    if words["asks_price"].search(folded):
        return PRICE_ASKED
    return _NEED if words["in_need"].search(words["their_offer"].sub(" ", folded)) else 0.0


def weigh(text: str, folded: str) -> float:
    """How strongly a text seeks a buyer. One sign or two stand in enquiries too: not enough."""
    found = {kind: weight for kind, weight in _WEIGHTS.items() if _words()[kind].search(folded)}
    record = _TRACK_RECORD if _CUSTOMERS.search(text) or _SAVED.search(text) else 0.0
    record += _PRICED_WEIGHT if _PRICED.search(text) else 0.0
    soft = sum(found.get(kind, 0.0) for kind in _SOFT)
    hard = sum(found.values()) - soft + record
    return hard + (soft if hard else min(soft, _SOFT_ALONE))
