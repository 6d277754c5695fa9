"""What to ask in a call: their own open question, and what their words leave out; never invented.

A fact counts as told when any word of eight languages for it stands in what they wrote or in a form's label:
asking twice is worse than asking once too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.sources import tells_nothing
from leaddesk.words.views import LeadView

MOST = 3
_LONGEST_QUESTION = 90
_MONTHS = (
    r"jan(uar[yi]?|vier)?|feb(ruar[yi]?)?|f[ée]vrier|m[aä]rz?|march|mars|maart|apr(il)?|avril|abril|may|mai|mei|maj|"
    r"mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(ust)?|août|agosto|sep(tember)?|septembre|"
    r"septiembre|o[ck]t(ober)?|octobre|octubre|nov(ember)?|novembre|noviembre|de[cz](ember)?|décembre|diciembre"
)
_DATE = re.compile(
    rf"\b({_MONTHS}|(mon|tues|wednes|thurs|fri|satur|sun)day|\w+tag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|poniedziałek|wtorek|środ[aęy]|czwartek|piątek|sobot[aęy]|"
    r"today|tomorrow|weeks?|months?|asap|urgent\w*|spring|summer|autumn|winter|heute|morgen|wochen?|monate?n?|"
    r"dringend|frühjahr|sommer|herbst|demain|semaines?|mois|urgente?|mañana|semanas?|mes(es)?|domani|settiman[ae]|"
    r"mes[ei]|vandaag|we[ek]+en|maanden?|jutro|dziś|tydzień|tygodni\w*|miesiąc\w*|pilne|20[2-9]\d|"
    r"date|datum|termin|fecha|data)\b|\d{1,2}[./]\d{1,2}\b|[月曜]|今週|来週|来月",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}|\d{4} ?[A-Z]{2}|\d{2}-\d{3})\b|〒|[都府県市区町]|"
    r"(?i:\b(streets?|road|avenue|lane|\w*stra(ß|ss)e|\w*straat|\w+weg|rue|calle|via|ulica|town|city|"
    r"post ?code|zip|address|ort|stadt|plz|postleitzahl|adresse|anschrift|ville|code postal|ciudad|dirección|"
    r"città|indirizzo|plaats|adres|miasto|kod|location|standort)\b|\bul\.)|住所"
)
_MONEY = re.compile(
    r"[€£$¥]|\d ?(eur|euros?|pln|zł|gbp|pounds?|quid|chf|円|万)\b|\b(budget|presupuesto|budżet)\b"
    r"|kostenrahmen|preisrahmen|予算",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(hello|hi|dear|good (morning|afternoon|evening)|hallo|guten (tag|morgen|abend)|sehr geehrte|bonjour|"
    r"hola|buen[oa]s \w+|buongiorno|salve|goede\w+|beste|dzień dobry|cześć)\b[^,!]{0,30}[,!]\s+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?？。\n]*[?？]|[^.!?？。\n]*か。")


def to_ask(view: LeadView) -> tuple[str, ...]:
    """Up to three points for a call, the most telling first."""
    return tuple(point for point, _ in zip(_points(view), range(MOST), strict=False))


def _points(view: LeadView) -> Iterator[str]:
    told = _told(view)
    question = _question(view)
    if question:
        yield f"their question “{question}”"
    elif not told.strip():
        yield "what they need"
    if not _DATE.search(told):
        yield "when it should be done"
    if not _PLACE.search(told):
        yield "the address or the town"
    if not _MONEY.search(told):
        yield "what they want to spend"
    if not view.emails:
        yield "an address to write to"
    if not view.phones:
        yield "a number to ring"
    if tells_nothing(view.source):
        yield "how they heard of you"


def _told(view: LeadView) -> str:
    """All that their enquiries say, with the labels of their forms."""
    parts: list[str] = []
    for each in view.enquiries:
        parts += [each.subject, each.message, *(f"{label} {value}" for label, value in each.fields if value)]
    return "\n".join(part for part in parts if part)


def _question(view: LeadView) -> str:
    """The first question of their newest enquiry, as they wrote it; empty where none is short enough."""
    message = view.enquiries[-1].message if view.enquiries else ""
    found = _SENTENCE.search(message[:4000])
    words = _GREETING.sub("", one_line(found[0].strip(" ,;:–-")), count=1) if found else ""
    return words if 0 < len(words) <= _LONGEST_QUESTION else ""
