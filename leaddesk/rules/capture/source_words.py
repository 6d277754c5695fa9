"""Where an enquiry came from, in plain words with what says so: never a bare "Web" or "Email"."""

from __future__ import annotations

import re
from dataclasses import asdict
from urllib.parse import unquote, urlsplit

from leaddesk.words.lead import Certainty, Source
from leaddesk.words.mail import MailKind, MailSource, Reading

_PAID = frozenset({"cpc", "ppc", "paid", "paidsearch", "ads", "paid-social", "paidsocial", "display"})
_MAILED = frozenset({"email", "newsletter", "mail", "e-mail"})
_ENDING = re.compile(r"\.(html?|php|aspx?)$", re.IGNORECASE)
_LONGEST = 60


def in_words(reading: Reading, mailbox: str) -> Source:
    """The source of a mail that landed in `mailbox` (its address, or empty for a feed)."""
    told = reading.source
    evidence = {name: value for name, value in asdict(told).items() if value}
    if told.utm_source or told.utm_campaign:
        return Source(_campaign(told), Certainty.STATED, evidence)
    if told.vendor:
        return Source(f"Portal: {told.vendor}", Certainty.DERIVED, evidence)
    if told.page_url:
        return Source(f"Website: {_page(told.page_url)}", Certainty.STATED, evidence)
    if told.form:
        return Source(f"Website: {told.form}", Certainty.STATED, evidence)
    return _by_kind(reading, mailbox, evidence)


def _by_kind(reading: Reading, mailbox: str, evidence: dict[str, str]) -> Source:
    if reading.kind is MailKind.MISSED_CALL:
        return Source("Phone: missed call", Certainty.DERIVED, evidence)
    if reading.form_notice:
        return Source("Website: contact form", Certainty.DERIVED, evidence)
    where = mailbox or (reading.to[0] if reading.to else "")
    if not where:
        return Source("Personal mail", Certainty.DERIVED, evidence)
    return Source(f"Email to {where}", Certainty.DERIVED, evidence | {"mailbox": where})


def _campaign(told: MailSource) -> str:
    """Channel and campaign: "Google Ads: loft spring", "Newsletter: October"."""
    medium = (told.utm_medium or "").lower()
    name = _spaced(told.utm_source or "").title() or "Campaign"
    if medium in _PAID:
        channel = f"{name} Ads"
    elif medium in _MAILED:
        channel = "Newsletter"
    else:
        channel = name
    return f"{channel}: {_spaced(told.utm_campaign)}" if told.utm_campaign else channel


def _page(url: str) -> str:
    """The page's own name: "pricing page"; the start page where the address names none."""
    path = unquote(urlsplit(url).path).strip("/")
    last = _ENDING.sub("", path.rpartition("/")[2])
    if not last or last.lower() in ("index", "home"):
        return "start page"
    words = _spaced(last)
    return words if words.endswith("page") else f"{words} page"


def _spaced(text: str) -> str:
    return " ".join(text.replace("-", " ").replace("_", " ").replace("+", " ").split())[:_LONGEST]
