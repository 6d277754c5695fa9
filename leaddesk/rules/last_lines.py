"""The last lines of a follow-up where the law asks for them: how to end it, and where the firm is."""

from __future__ import annotations

from leaddesk.rules.language import language_of
from leaddesk.rules.reach import STOP

_LINES = {
    "en": "If you would rather not hear from us again, reply STOP.",
    "de": "Wenn Sie nichts mehr von uns hören möchten, antworten Sie mit STOP.",
    "fr": "Si vous ne souhaitez plus recevoir de messages de notre part, répondez STOP.",
    "es": "Si no desea recibir más mensajes nuestros, responda STOP.",
    "it": "Se non desidera più ricevere nostri messaggi, risponda STOP.",
    "nl": "Wilt u niets meer van ons horen? Antwoord dan met STOP.",
    "pl": "Jeśli nie chcą Państwo więcej wiadomości od nas, proszę odpisać STOP.",
}
_WORD = STOP.strip("-").upper()


def last_lines(text: str, address: str) -> str:
    """The line in the language of `text`, and the firm's postal address in one line.

    >>> last_lines("Guten Tag, haben Sie unser Angebot erhalten?", "Lofts Ltd\\n1 High St, Bath")
    'Wenn Sie nichts mehr von uns hören möchten, antworten Sie mit STOP.\\nLofts Ltd, 1 High St, Bath'
    """
    line = _LINES.get(language_of(text) or "en", _LINES["en"])
    return "\n".join(filter(None, (line, one_row(address))))


def one_row(address: str) -> str:
    """A postal address in one line, with commas for its rows."""
    return ", ".join(row.strip(" ,") for row in address.splitlines() if row.strip(" ,"))


def missing(body: str, address: str) -> str | None:
    """What a follow-up still needs before it may go, as a sentence, or None."""
    if not one_row(address):
        return "A follow-up must carry your postal address, and none is set."
    said = _folded(body)
    if _folded(one_row(address)) not in said:
        return "This follow-up does not say your postal address."
    return None if _WORD in body.split() or f"{_WORD}." in body.split() else "It does not say how to end it."


def _folded(text: str) -> str:
    return " ".join(text.replace(",", " ").casefold().split())
