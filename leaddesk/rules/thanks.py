"""A mere thanks: a short mail of nothing but polite words, in eight languages. It asks and says nothing.

In doubt it is more than that: waking a lead for nothing costs a glance, letting it sleep costs a customer.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MOST_WORDS = 20
_LONGEST_NAME = 4
"""Words of a name that stands on a line of its own."""
_THANKS = _words(
    """
    thanks thank thx ty cheers danke dank dankeschön vielendank merci gracias grazie bedankt dankjewel
    dankuwel dziękuję dziękujemy dzięki dziekuje
    """
)
_POLITE = _words(
    """
    you very much so a lot many again for the your quick fast prompt reply response answer message information
    info help update offer quote mail email kind regards best wishes warm yours sincerely great have nice good
    day weekend evening too hi hello dear and in advance got it received vielen herzlichen besten schönen
    lieben für die das ihre deine schnelle rasche antwort rückmeldung nachricht auskunft hilfe angebot schon
    mal im voraus sehr viele grüße grüßen gruß von van der den del di da liebe beste freundliche freundlichen
    mit mfg lg vg hallo guten tag ihnen dir nochmal nochmals und schönes wochenende einen beaucoup mille pour
    votre la le les réponse rapide message informations devis aide bien cordialement bonne journée bonjour à
    vous et par avance d'avance muchas mil por su la el respuesta rápida mensaje información presupuesto ayuda
    saludos un cordial saludo buen día hola de antemano y mille tante molte per la il sua risposta rapida
    messaggio informazioni preventivo aiuto cordiali saluti buona giornata buongiorno e anticipo hartelijk
    veel heel voor het de uw je jouw snelle antwoord reactie bericht informatie offerte hulp met vriendelijke
    groet groeten fijne dag alvast en u wel hoi bardzo za szybką odpowiedź wiadomość informację informacje
    ofertę pomoc pozdrawiam serdecznie miłego dnia dzień dobry z góry i
    """
)
_JAPANESE = re.compile(
    r"(?:(?:どうも|誠に|本当に|ご?連絡|ご?返信|ご?回答|ご?対応|早速の|いただき|ありがとうございま(?:す|した)|ありがとう|"
    r"有難うございま(?:す|した)|感謝(?:いた)?します|よろしくお願い(?:いた)?します|宜しくお願い(?:いた)?します|"
    r"を|の|に)|[\s。、！!])+"
)
_JAPANESE_THANKS = re.compile("ありがと|有難う|感謝")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TELLS = re.compile(r"[?？\d@]|https?:")
_CALENDAR = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag
    samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes
    sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela today tomorrow heute
    morgen demain mañana domani morgen jutro january february march april may june july august september
    october november december januar februar märz mai juni juli oktober dezember janvier février mars avril
    juin juillet août septembre octobre novembre décembre enero febrero marzo mayo junio julio agosto
    septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre
    dicembre januari februari maart augustus december
    """
)
_DECIDES = _words(
    """
    yes no ok okay agreed sure deal ja nein einverstanden gerne oui non d'accord si sí vale va bene nee
    akkoord tak nie dobrze zgoda stop
    """
)


def is_mere_thanks(text: str) -> bool:
    """Nothing but thanks, a greeting and perhaps a name. Quoted words and the signature are not looked at.

    >>> is_mere_thanks("Thanks a lot, Ann!\\n\\nNgozi"), is_mere_thanks("Thanks, Tuesday works.")
    (True, False)
    """
    said = _own(text)
    if not said or _TELLS.search(said):
        return False
    if _JAPANESE_THANKS.search(said):
        return _JAPANESE.fullmatch(said) is not None
    words = _WORD.findall(said)
    has_thanks = any(word.casefold() in _THANKS for word in words)
    return has_thanks and len(words) <= _MOST_WORDS and all(map(_is_polite_line, said.splitlines()))


def _is_polite_line(line: str) -> bool:
    """A line of polite words with one name at most, or a name alone."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(line)]
    others = [
        word for word in _WORD.findall(line) if word.casefold().replace("’", "'") not in _THANKS | _POLITE
    ]
    is_signed = len(words) <= _LONGEST_NAME and _THANKS.isdisjoint(words)
    return len(others) <= (3 if is_signed else 1) and all(map(_may_be_name, others))


def _may_be_name(word: str) -> bool:
    return word[:1].isupper() and word.casefold() not in _DECIDES | _CALENDAR


def _own(text: str) -> str:
    """What they wrote now: the lines before a signature's mark and what is quoted."""
    lines: list[str] = []
    for line in text[:4000].splitlines():
        if line.rstrip() == "--" or line.startswith(">"):
            break
        lines.append(line)
    return "\n".join(line.strip() for line in lines if line.strip())
