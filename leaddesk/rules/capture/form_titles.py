"""The title of the form that a notice comes from."""

from __future__ import annotations

import html
import re

from leaddesk.rules.capture import robots
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.opened import Opened
from leaddesk.rules.capture.sheet import Sheet
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

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
    r"\b(?:submission|response|entry|lead|enquiry|inquiry|message)s?(?:\s#?\d{1,8})?\s(?:for|from|on|via|to|of)\s(.{2,120})",
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
_BEFORE_SUBMITTED = re.compile(
    r"(?:new\s)?([^:|\[\]]{4,60}?)\s(?:form\s)?(?:submitted|submission)\b", re.IGNORECASE
)
_TELLS_NOTHING = frozenset({
    "website", "your website", "the website", "our website", "web site", "site", "your site", "web",
    "homepage", "home page", "webseite", "ihre webseite", "ihrer webseite", "ihre website", "ihrer website",
    "sito", "sito web", "sito internet", "site web", "votre site", "site internet", "sitio web", "tu web",
    "su web", "pagina web", "strona", "strona www", "strona internetowa", "hemsida", "hjemmeside",
    "\u30db\u30fc\u30e0\u30da\u30fc\u30b8",
})  # fmt: skip
"""What every form could be called."""
_GOT_ONE = re.compile(r"[\"\u201d]|\s(?:has|got|received|on)\b", re.IGNORECASE)


def form_title(mail: Opened, sheet: Sheet, name: str | None, vocabulary: Vocabulary) -> str | None:
    """By its label, by the subject, else by a sentence of the notice."""
    told = sheet.first("form")
    if told:
        return one_line(told, 120)
    subject = _NUMBERED.sub("", _PREFIX.sub("", mail.subject)).strip()
    numbered = subject if _NUMBERED.search(mail.subject) and 2 <= len(subject.split()) <= 6 else None
    candidates = (
        _quoted_in_body(mail),
        _form_in_subject(subject, name, vocabulary),
        numbered if numbered and not vocabulary.text["intro"].found_in(fold_text(numbered)) else None,
        _form_in_bold(mail, name, vocabulary),
        _form_in_body(mail),
    )
    found = next(
        (each for each in candidates if each and not _is_site(each, mail) and not _tells_nothing(each)), None
    )
    return one_line(found, 120).strip(" \"'") if found else None


def _form_in_subject(subject: str, name: str | None, vocabulary: Vocabulary) -> str | None:
    quoted = _QUOTED.search(subject)
    if quoted:
        rest = subject.replace(quoted[0], " ")
        return quoted[1] if _FORM_WORD.search(rest) else None
    before = _BEFORE_SUBMITTED.match(subject)
    intro = before and vocabulary.text["intro"].found_in(fold_text(before[1]))
    told = before and len(before[1].split()) >= 2 and not _SEGMENTS.search(before[1])
    if before and told and not intro and not addressed(before[1], name):
        return before[1]
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


def _quoted_in_body(mail: Opened) -> str | None:
    """The title that the notice sets in quotation marks behind "the form"."""
    named = _THE_FORM.search(bare(mail.lines[:1500]))
    return named[1] if named else None


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


def _tells_nothing(title: str) -> bool:
    """A title that names only "the website", as every form's does."""
    return fold(title) in _TELLS_NOTHING


def _is_site(text: str, mail: Opened) -> bool:
    compact = fold(text).replace(" ", "")
    if len(compact) > 3 and compact in robots.domain_of(mail.sender.address).replace("-", "").split("."):
        return True
    return fold(text) == fold(mail.sender.name) or ("." in text.strip(". ") and " " not in text)
