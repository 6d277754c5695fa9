"""Where an enquiry came from, as far as its mail tells: form, page, referrer, campaign, portal."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

from leaddesk.rules.capture import names, robots
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.freemail import is_freemail
from leaddesk.rules.capture.html_text import bare, links_of
from leaddesk.rules.capture.meaning import host_of, urls_in
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.person import Ours
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text
from leaddesk.words.mail import MailSource

URL_LIMIT = 2000
_PREFIX = re.compile(r"^(?:(?:re|aw|fw|fwd|wg|sv|tr|rv|odp)\s?:\s*|\[[^\]]{1,60}\]:?\s*)+", re.IGNORECASE)
_FORM_WORD = re.compile(
    r"\b(?:form\w*|submission|entry|eintrag|inzending|lead|response|enquiry|inquiry|anfrage|demande|solicitud|richiesta|"
    r"zg\u0142oszenie|formulaire|formulario|modulo|message from|webform|survey|quote request)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u201e\u00ab\u00bb]{2,80})[\"\u201d\u201c\u00bb]"
)
_OF_FORM = re.compile(
    r"\b(?:submission|response|entry|lead|enquiry|inquiry|message)s?\s(?:for|from|on|via|to|of)\s(.{2,120})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:(?:your|the|form)\s)+:?\s?", re.IGNORECASE)
_SEGMENTS = re.compile(r"\s[-\u2013\u2014|]\s|:\s")
_NUMBERED = re.compile(
    r"[(\[#]\s{0,2}(?:id|no\.?|nr\.?)?\s{0,2}#?\d{1,10}\s{0,2}[)\]]?\s{0,2}$", re.IGNORECASE
)
_YOUR_FORM = re.compile(r"\byour (?:form|survey|[a-z]{3,20}form)[ :]{1,2}(.{2,100})", re.IGNORECASE)
_IN_BOLD = re.compile(
    r"\b(?:\w{0,12}form\w{0,10}|submi\w{1,8}|responses?|entry|lead|modulo)\b[^<>]{0,40}"
    r"<(?:b|strong|em|i|a)\b[^<>]{0,200}>([^<>]{2,90})</(?:b|strong|em|i|a)>",
    re.IGNORECASE,
)
_THE_FORM = re.compile(
    r"\b(?:[Tt]he form|[Ff]ormulaire|[Ff]ormular|[Ff]ormulario|[Mm]odulo)\s"
    r"(?:[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u00bb\n]{2,80})|([A-Z][^\n.:\"]{1,60}?)\s(?:through|on|at|via|from|has|was)\b)"
)
_GOT_ONE = re.compile(r"[\"\u201d]|\s(?:has|got|received|on)\b", re.IGNORECASE)
_BARE_PAGE = re.compile(r"\b((?:[a-z0-9-]{2,30}\.){1,3}[a-z]{2,12}(?:/[^\s,;\"'<>()]{1,200}))", re.IGNORECASE)


def source_of(mail: Opened, sheet: Sheet, ours: Ours, name: str | None, vocabulary: Vocabulary) -> MailSource:
    """What a form's or portal's mail tells of its origin."""
    page = _page(mail, sheet, vocabulary) or _own_page(mail, sheet, ours)
    referrer = _first_url(sheet.values("referrer"))
    campaign = _campaign(sheet, page, referrer)
    return MailSource(
        form=_form(mail, sheet, ours, name, vocabulary),
        page_url=page,
        referrer=referrer,
        utm_source=campaign.get("utm_source"),
        utm_medium=campaign.get("utm_medium"),
        utm_campaign=campaign.get("utm_campaign"),
        vendor=_vendor(mail, sheet, ours, name),
    )


def _first_url(values: list[str]) -> str | None:
    return next((url[:URL_LIMIT] for value in values for url in urls_in(value)), None)


def _page(mail: Opened, sheet: Sheet, vocabulary: Vocabulary) -> str | None:
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
    return _page_in_sentences(mail, vocabulary)


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


def _page_in_sentences(mail: Opened, vocabulary: Vocabulary) -> str | None:
    """The address in the form's own sentences, as "submitted your form on example.com/contact"."""
    for row in mail.lines.split("\n")[:400]:
        text = bare(row).strip()
        if not 15 < len(text) < 300:
            continue
        folded = fold_text(text)
        if vocabulary.text["intro"].found_in(folded) or vocabulary.text["footer"].opens(text):
            urls = urls_in(text)
            if urls and not _is_service_link(urls[0]):
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


def _campaign(sheet: Sheet, page: str | None, referrer: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in ("utm_source", "utm_medium", "utm_campaign"):
        value = sheet.first(key)
        if value:
            found[key] = one_line(value, 200)
    for url in (page, referrer):
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


def _form(mail: Opened, sheet: Sheet, ours: Ours, name: str | None, vocabulary: Vocabulary) -> str | None:
    told = sheet.first("form")
    if told:
        return one_line(told, 120)
    subject = _NUMBERED.sub("", _PREFIX.sub("", mail.subject)).strip()
    candidates = (
        _form_in_subject(subject, name, vocabulary),
        _form_in_bold(mail, name, vocabulary),
        _form_in_body(mail),
    )
    found = next((each for each in candidates if each and not _is_site(each, mail)), None)
    return one_line(found, 120).strip(" \"'") if found else None


def _form_in_subject(subject: str, name: str | None, vocabulary: Vocabulary) -> str | None:
    quoted = _QUOTED.search(subject)
    if quoted:
        rest = subject.replace(quoted[0], " ")
        return quoted[1] if _FORM_WORD.search(rest) else None
    of = _OF_FORM.search(subject)
    titled = _ARTICLE.sub("", of[1]).removesuffix(":").strip().removesuffix(" form") if of else ""
    if 2 <= len(titled) <= 80 and ":" not in titled and not addressed(titled, name):
        return titled
    segments = [part.strip() for part in _SEGMENTS.split(subject) if part.strip()]
    if len(segments) != 2:
        return None
    if name and fold(segments[1]) == fold(name):
        return segments[0]
    turns = ((segments[0], segments[1]), (segments[1], segments[0]))
    by_intro = [other for told, other in turns if vocabulary.text["intro"].found_in(fold_text(told))]
    by_word = [other for told, other in turns if _FORM_WORD.search(told) and len(told.split()) <= 4]
    return next((other for other in [*by_intro, *by_word] if not addressed(other, name)), None)


def addressed(text: str, name: str | None) -> bool:
    return bool(name) and fold(name or "") in fold(text)


def _form_in_body(mail: Opened) -> str | None:
    text = bare(mail.lines[:1500])
    named = _THE_FORM.search(text)
    if named:
        return named[1] or named[2]
    match = _YOUR_FORM.search(text)
    if not match or match[1].lower().startswith(("on ", "at ", "and", "via")):
        return None
    titled = _GOT_ONE.split(match[1].lstrip(' :"\u201c'))[0].strip(' "\u201d.:')
    return titled if 2 <= len(titled) <= 80 else None


def _form_in_bold(mail: Opened, name: str | None, vocabulary: Vocabulary) -> str | None:
    """The form's title set off in a sentence of its notice: "submitted on <b>Site visit</b>"."""
    for match in _IN_BOLD.finditer(mail.html[:8000]):
        title = html.unescape(" ".join(match[1].split())).strip(" \"'\u201c\u201d")
        plain = 2 <= len(title) <= 80 and not title.endswith((":", "?")) and "@" not in title
        if (
            plain
            and not addressed(title, name)
            and fold(title) not in vocabulary.labels
            and "://" not in title
        ):
            return title
    return None


def _is_site(text: str, mail: Opened) -> bool:
    compact = fold(text).replace(" ", "")
    if len(compact) > 3 and compact in robots.domain_of(mail.sender.address).replace("-", "").split("."):
        return True
    return fold(text) == fold(mail.sender.name) or ("." in text.strip(". ") and " " not in text)


def _vendor(mail: Opened, sheet: Sheet, ours: Ours, name: str | None) -> str | None:
    """The portal or service that sent the notice; None where the firm's own site did."""
    told = sheet.first("vendor") or names.via(mail.sender.name)
    if told:
        return one_line(told, 80)
    domain = robots.domain_of(mail.sender.address)
    if not domain or ours.has(mail.sender.address) or is_freemail(domain):
        return one_line(sheet.first("origin") or "", 80) or None
    shown = mail.sender.name
    dotted = "." in shown and fold(shown.partition(".")[0]) not in domain.split(".")
    if shown and not addressed(shown, name) and not dotted:
        return shown
    return _service_name(domain, mail.lines) if addressed(mail.sender.name, name) else None


def _service_name(domain: str, text: str) -> str | None:
    """The service's name as it writes it itself, found by its domain."""
    labels = domain.split(".")
    base = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2] if len(labels) > 1 else ""
    if len(base) < 3:
        return None
    match = re.search(rf"\b{re.escape(base)}\b", text[:20_000], re.IGNORECASE)
    return match.group() if match else base.capitalize()
