"""Where an enquiry came from, as far as its mail tells: form, page, referrer, campaign, portal."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

from leaddesk.rules.capture import names, robots
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.form_titles import addressed, form_title
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.html_text import bare, links_of
from leaddesk.rules.capture.meaning import host_of, urls_in
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text
from leaddesk.words.mail import MailSource

URL_LIMIT = 2000
JOURNEY_LIMIT = 30
_SITE_PROGRAMS = frozenset(
    {"wordpress", "www-data", "apache", "httpd", "nginx", "nobody", "root", "webmaster"}
)
"""Before the @ of mails that a web server sends."""
_SITE_NAMES = frozenset({
    "website", "web", "webseite", "homepage", "site", "sito", "form", "forms", "webform", "formular",
    "formulaire", "formulario", "formularz", "formulier", "modulo", "kontakt", "kontaktformular",
    "contactform",
})  # fmt: skip
_SITE_WORDS = frozenset({
    "website", "webseite", "homepage", "webshop", "formular", "kontaktformular", "contactformulier",
    "formulaire", "formulario", "formularz", "form", "webform", "wordpress",
})  # fmt: skip
_STEP = re.compile(r"\n|\s(?:->|>|\u2192|\|)\s|[,;]\s")
_BARE_PAGE = re.compile(r"\b((?:[a-z0-9-]{2,30}\.){1,3}[a-z]{2,12}(?:/[^\s,;\"'<>()]{1,200}))", re.IGNORECASE)


def source_of(mail: Opened, sheet: Sheet, ours: Ours, name: str | None, vocabulary: Vocabulary) -> MailSource:
    """What a form's or portal's mail tells of its origin."""
    landing = _first_url(sheet.values("landing"))
    page = _page(mail, sheet, ours, vocabulary) or _own_page(mail, sheet, ours) or landing
    referrer = _first_url(sheet.values("referrer"))
    campaign = _campaign(sheet, page, landing, referrer)
    return MailSource(
        form=form_title(mail, sheet, name, vocabulary),
        page_url=page,
        referrer=referrer,
        utm_source=campaign.get("utm_source"),
        utm_medium=campaign.get("utm_medium"),
        utm_campaign=campaign.get("utm_campaign"),
        vendor=_vendor(mail, sheet, ours, name),
        landing_page=landing,
        journey=_journey(sheet, landing, page),
    )


def _first_url(values: list[str]) -> str | None:
    return next((url[:URL_LIMIT] for value in values for url in urls_in(value)), None)


def _page(mail: Opened, sheet: Sheet, ours: Ours, vocabulary: Vocabulary) -> str | None:
    told = sheet.values("page")
    found = _first_url(told)
    if found:
        return found
    for value in told:
        linked = _link_under(mail.html, value)
        if linked:
            return linked
        if re.fullmatch(r"[\w.-]+\.[a-z]{2,12}(?:/\S*)?", value.strip(), re.IGNORECASE):
            return value.strip()[:URL_LIMIT]
    return _page_in_sentences(mail, ours, vocabulary)


def _own_page(mail: Opened, sheet: Sheet, ours: Ours) -> str | None:
    """A page of our own site that the notice names outside of what the visitor wrote."""
    said = "\n".join(sheet.values("message"))
    for url in [*urls_in(mail.lines[:20_000])[:50], *links_of(mail.html, 50)]:
        path = url.partition("://")[2].partition("/")[2]
        host = host_of(url)
        is_ours = any(host == domain or host.endswith("." + domain) for domain in ours.domains)
        if is_ours and path and url not in said and not _is_service_link(url):
            return html.unescape(url)[:URL_LIMIT]
    return None


def _link_under(markup: str, words: str) -> str | None:
    """The address behind linked words."""
    place = markup.find(html.escape(words.strip()[:40], quote=False))
    if place < 0:
        return None
    links = re.findall(r"href\s?=\s?[\"'](https?://[^\"'\s<>]{4,1000})", markup[max(0, place - 600) : place])
    return html.unescape(links[-1]) if links else None


def _page_in_sentences(mail: Opened, ours: Ours, vocabulary: Vocabulary) -> str | None:
    """The address in the form's own sentences, as "submitted your form on example.com/contact"."""
    service = "" if ours.has(mail.sender.address) or _is_site(mail) else robots.domain_of(mail.sender.address)
    for row in mail.lines.split("\n")[:400]:
        text = bare(row).strip()
        if not 15 < len(text) < 300 or not ("/" in text or "www." in text):
            continue
        folded = fold_text(text)
        if vocabulary.text["intro"].found_in(folded) or vocabulary.text["footer"].opens(text):
            urls = urls_in(text)
            is_services = urls and service and ("." + host_of(urls[0])).endswith("." + service)
            if urls and not is_services and not _is_service_link(urls[0]):
                return urls[0][:URL_LIMIT]
            told = _BARE_PAGE.search(text) if not urls else None
            if told and "@" not in text:
                return told[1].rstrip(".")
    return None


def _is_service_link(url: str) -> bool:
    return any(
        part in url.lower()
        for part in (
            "unsub",
            "optout",
            "/edit",
            "submission",
            "wp-admin",
            "goo.gl",
            "bit.ly",
            "/help",
            "dashboard",
            "admin",
            "/reports/",
        )
    )


def _journey(sheet: Sheet, landing: str | None, page: str | None) -> tuple[str, ...]:
    """The pages of the visit as a hidden field lists them, ending on the page that converted."""
    told = sheet.first("journey") or ""
    steps = [step.strip(" \t>-\u2192,;|")[:URL_LIMIT] for step in _STEP.split(told[:8000])]
    pages = [step for step in steps if "/" in step][:JOURNEY_LIMIT]
    if not pages:
        return ()
    if landing and pages[0] != landing and not landing.endswith(pages[0]):
        pages.insert(0, landing)
    if page and page != pages[-1] and not (pages[-1].startswith("/") and page.endswith(pages[-1])):
        pages.append(page)
    return tuple(pages)


def _campaign(sheet: Sheet, *urls: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in ("utm_source", "utm_medium", "utm_campaign"):
        value = sheet.first(key)
        if value:
            found[key] = one_line(value, 200)
    for url in urls:
        for key, value in _query(url).items():
            found.setdefault(key, value)
    return found


def _query(url: str | None) -> dict[str, str]:
    if not url or "utm_" not in url:
        return {}
    try:
        pairs = parse_qsl(urlsplit(url).query)[:50]
    except ValueError:
        return {}
    return {
        key.lower(): one_line(value, 200) for key, value in pairs if key.lower().startswith("utm_") and value
    }


def _vendor(mail: Opened, sheet: Sheet, ours: Ours, name: str | None) -> str | None:
    """The portal or service that sent the notice; None where the firm's own site did."""
    told = sheet.first("vendor") or names.via(mail.sender.name)
    if told:
        return one_line(told, 80)
    domain = robots.domain_of(mail.sender.address)
    if not domain or ours.has(mail.sender.address) or is_freemail(domain) or _is_site(mail):
        return one_line(sheet.first("origin") or "", 80) or None
    shown = mail.sender.name
    dotted = "." in shown and fold(shown.partition(".")[0]) not in domain.split(".")
    if shown and not addressed(shown, name) and not dotted:
        return shown
    return _service_name(domain, mail.lines) if addressed(mail.sender.name, name) else None


def _is_site(mail: Opened) -> bool:
    """Somebody's own website sent it, not a service: by the program before the @, or by its name."""
    local = robots.local_part(mail.sender.address)
    if local in _SITE_PROGRAMS:
        return True
    words = set(fold(mail.sender.name).split())
    is_brand = robots.is_brand(mail.sender.name, mail.sender.address)
    return not is_brand and (local in _SITE_NAMES or bool(words & _SITE_WORDS))


def _service_name(domain: str, text: str) -> str | None:
    """The service's name as it writes it itself, found by its domain."""
    labels = domain.split(".")
    base = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2] if len(labels) > 1 else ""
    if len(base) < 3:
        return None
    match = re.search(rf"\b{re.escape(base)}\b", text[:20_000], re.IGNORECASE)
    return match.group() if match else base.capitalize()
