"""The language that somebody wrote in, told by the small words that every message has."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LIMIT = 4000
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_KANA = re.compile("[\u3040-\u30ff]")
_WORDS: Mapping[str, str] = {
    "en": """the and you your is are we our for with have would could can what when that this of to it my i'm
    please hello thanks be do does about there some like need looking a i in on at not has dear hi from was an
    if but me""",
    "de": """der die das und ich wir sie ihre ist sind für mit nicht ein eine einen zu auf haben hätten
    könnten was wann dass bitte guten tag danke von im am ab zum uns unsere mein wie noch auch oder etwa
    gern""",
    "fr": """le la les et je nous vous votre est sont pour avec pas un une des du au que quel quelle quand
    bonjour merci notre mon ma dans sur il elle serait pouvez pourriez faire cherche""",
    "es": """el la los las y yo nosotros usted ustedes su es son para con no un una unos del al que cuánto
    cuándo hola buenos buenas gracias nuestra nuestro mi en por quisiera pueden necesito días""",
    "it": """il lo la gli le e io noi voi vostro è sono per con non un una uno del della al che quanto quando
    buongiorno salve grazie nostra nostro mio in da vorrei potete potreste cerchiamo ci si""",
    "nl": """de het een en ik wij we jullie uw is zijn voor met niet van op aan dat wat wanneer goedemiddag
    goedemorgen goedendag hallo bedankt onze mijn in te er ook nog graag kunnen zou zoeken""",
    "pl": """i w na z do się nie jest są czy dla o po od że jak kiedy ile dzień dobry proszę dziękuję mamy
    chcemy potrzebuję szukam mogą państwo około pozdrawiam będzie nasz nasza mój przed""",
}
_SMALL_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def language_of(text: str) -> str | None:
    """The language of a message as its two letters (en, de, fr, es, it, nl, pl, ja), or None when in doubt.

    >>> language_of("Guten Tag, wann haben Sie Zeit für uns?"), language_of("OK")
    ('de', None)
    """
    text = text[:_LIMIT]
    if _KANA.search(text):
        return "ja"
    words = {word.lower() for word in _WORD.findall(text)}
    counts = {language: len(words & small) for language, small in _SMALL_WORDS.items()}
    best, second = sorted(counts, key=lambda language: counts[language], reverse=True)[:2]
    return best if counts[best] >= 2 and counts[best] > counts[second] else None
