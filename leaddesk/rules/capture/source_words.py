"""Where an enquiry came from, in plain words with what says so: never a bare "Web" or "Email"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from leaddesk.rules.capture.meaning import host_of
from leaddesk.rules.capture.vocabulary import fold_text, shipped
from leaddesk.words.lead import Certainty, Source
from leaddesk.words.mail import MailKind, MailSource, Reading

_PAID = frozenset({
    "cpc", "ppc", "paid", "paidsearch", "paid search", "sem", "ads", "ad", "paid social", "paidsocial",
    "display", "cpm", "paid media",
})  # fmt: skip
_MAILED = frozenset({"email", "newsletter", "mail", "e mail", "mailing"})
_CLICK_IDS = {
    "gclid": "Google Ads", "gbraid": "Google Ads", "wbraid": "Google Ads", "msclkid": "Microsoft Ads",
    "fbclid": "Facebook", "ttclid": "TikTok", "li_fat_id": "LinkedIn", "twclid": "X",
}  # fmt: skip
"""What advertisers add to a link, and who does."""
_SEARCH = (
    "google",
    "bing",
    "duckduckgo",
    "ecosia",
    "qwant",
    "startpage",
    "yahoo",
    "yandex",
    "baidu",
    "brave",
)
_ENDING = re.compile(r"\.(html?|php|aspx?)$", re.IGNORECASE)
_LONGEST = 60


def in_words(reading: Reading, mailbox: str) -> Source:
    """The source of a mail that landed in `mailbox` (its address, or empty for a feed)."""
    told = reading.source
    evidence = dict(_evidence(reading))
    text, certainty = (
        _campaign(told)
        or _clicked(told)
        or _heard(reading)
        or _referred(told)
        or _by_place(told)
        or _by_kind(reading, mailbox)
    )
    return Source(text, certainty, evidence | _mailbox(text, reading, mailbox))


def _evidence(reading: Reading) -> Iterator[tuple[str, str]]:
    """What the mail itself tells, by name."""
    told = reading.source
    named = (
        "form", "page_url", "referrer", "utm_source", "utm_medium", "utm_campaign", "vendor", "landing_page",
    )  # fmt: skip
    for name in named:
        value = getattr(told, name)
        if value:
            yield name, value
    if told.journey:
        yield "journey", " > ".join(told.journey)
    asked = _answer(reading)
    if asked:
        yield asked


_Told = tuple[str, Certainty]


def _campaign(told: MailSource) -> _Told | None:
    """Channel and campaign: "Google Ads: loft spring", "Newsletter: October"."""
    if not (told.utm_source or told.utm_campaign):
        return None
    medium = _spaced((told.utm_medium or "").lower())
    name = _spaced(told.utm_source or "")
    if medium in _MAILED or name.lower() in _MAILED:
        channel = "Newsletter"
    else:
        shown = _shown(name) if name else "Campaign"
        channel = f"{shown} Ads" if medium in _PAID and not shown.lower().endswith("ads") else shown
    details = [_spaced(told.utm_campaign or ""), _issue(told) if channel == "Newsletter" else ""]
    detail = ", ".join(part for part in details if part)
    return (f"{channel}: {detail}" if detail else channel), Certainty.STATED


def _issue(told: MailSource) -> str:
    """The issue of a newsletter, where the link tells it beside the campaign."""
    issue = _spaced(_query(told).get("utm_content", ""))
    return issue if issue.lower() not in _spaced(told.utm_campaign or "").lower() else ""


def _clicked(told: MailSource) -> _Told | None:
    """An advertiser's own mark in the link, where no campaign is named."""
    query = _query(told)
    found = next((channel for mark, channel in _CLICK_IDS.items() if query.get(mark)), None)
    return (f"{found}: {_page(told)}", Certainty.STATED) if found else None


def _query(told: MailSource) -> dict[str, str]:
    found: dict[str, str] = {}
    for url in (told.landing_page, told.page_url, *told.journey[:1], told.referrer):
        try:
            pairs = parse_qsl(urlsplit(url or "").query)[:50]
        except ValueError:
            continue
        for name, value in pairs:
            found.setdefault(name.lower(), value)
    return found


def _heard(reading: Reading) -> _Told | None:
    """The answer to "how did you hear of us?"."""
    asked = _answer(reading)
    return (f"Said: {_spaced(asked[1])}", Certainty.ASKED) if asked else None


def _answer(reading: Reading) -> tuple[str, str] | None:
    heard = shipped().text["heard"]
    return next(
        (pair for pair in reading.fields.items() if pair[1].strip() and heard.found_in(fold_text(pair[0]))),
        None,
    )


def _referred(told: MailSource) -> _Told | None:
    """The site that linked to ours, by its domain; a search engine is called a search."""
    host, own = host_of(told.referrer or ""), host_of(told.page_url or told.landing_page or "")
    if not host or host == own or (own and (host.endswith("." + own) or own.endswith("." + host))):
        return None
    engine = next((name for name in _SEARCH if name in host.split(".")[:-1]), None)
    if engine:
        return f"Search: {_shown(engine)}", Certainty.DERIVED
    return f"Referral: {host}", Certainty.STATED


def _by_place(told: MailSource) -> _Told | None:
    """Portal, page or form."""
    if told.vendor and told.form:
        return f"{told.vendor}: {told.form}"[:_LONGEST], Certainty.DERIVED
    if told.vendor and not told.page_url:
        return f"Portal: {told.vendor}", Certainty.DERIVED
    if told.page_url:
        return f"Website: {_page(told)}", Certainty.STATED
    return (f"Website: {told.form}", Certainty.STATED) if told.form else None


def _by_kind(reading: Reading, mailbox: str) -> _Told:
    if reading.kind is MailKind.MISSED_CALL:
        return "Phone: missed call", Certainty.DERIVED
    if reading.form_notice:
        return "Website: contact form", Certainty.DERIVED
    where = mailbox or (reading.to[0] if reading.to else "")
    return (f"Email to {where}" if where else "Personal mail"), Certainty.DERIVED


def _mailbox(text: str, reading: Reading, mailbox: str) -> dict[str, str]:
    where = mailbox or (reading.to[0] if reading.to else "")
    return {"mailbox": where} if text.startswith("Email to ") else {}


def _page(told: MailSource) -> str:
    """The page's own name: "pricing page"; the start page where the address names none."""
    try:
        path = unquote(urlsplit(told.page_url or told.landing_page or "").path).strip("/")
    except ValueError:
        path = ""
    last = _ENDING.sub("", path.rpartition("/")[2])
    if not last or last.lower() in ("index", "home"):
        return "start page"
    words = _spaced(last)
    return words if words.endswith("page") else f"{words} page"


def _shown(name: str) -> str:
    return name.title() if name.islower() else name


def _spaced(text: str) -> str:
    return " ".join(text.replace("-", " ").replace("_", " ").replace("+", " ").split())[:_LONGEST]
