"""A first answer has their name, an answer to their question, one useful thing and one ask: quiet hints."""

from __future__ import annotations

import re

from leaddesk.rules.timeline import own_words
from leaddesk.words.writing import Hint, HintKind

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters by which two forms of a word are taken for one: quote and quotes, Fenster and Fenstern."""
_EMPTY_WORDS = """
    hello there thank thanks please would could have with from your this that what when where which about
    some like need want regards best wishes dear know guten danke bitte vielen wir haben eine einen ihre nicht
    könnten möchten bonjour merci pour vous avec nous est-ce votre hola gracias para buenos buongiorno grazie
    vorrei goedemiddag bedankt graag kunnen dzień dobry proszę dziękuję message nachricht enquiry anfrage
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_USEFUL = re.compile(
    r"\d|[€£$%]|https?://|www\.|"
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day|\b(today|tomorrow|morning|afternoon|heute|morgen|montag|"
    r"dienstag|mittwoch|donnerstag|freitag|demain|mañana|domani|vandaag|jutro)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]+(?=\s|$|[\"”»)])|[?？]$|か。")
_NUMBERS = ("", "", "two things", "three things")


def check(body: str, *, first_name: str, asked: str, has_files: bool = False) -> tuple[Hint, ...]:
    """The hints for an answer as it stands. `asked` are their own words; quoted ones are not looked at.

    >>> [h.is_met for h in check("Hi Ngozi,\\n\\na dormer costs £46,000. May I come by?",
    ...     first_name="Ngozi", asked="Can you quote for a dormer?")]
    [True, True, True, True]
    """
    own = own_words(body)
    hints = [_question(own, asked, first_name), _useful(own, has_files), _ask(own)]
    if first_name:
        is_named = first_name.casefold() in own.casefold()
        hints.insert(0, Hint(HintKind.NAME, is_named, "their name"))
    return tuple(hints)


def asks_count(body: str) -> int:
    """How many things an answer asks; what is quoted below it is not counted.

    >>> asks_count("May I come by? Which day suits you?")
    2
    """
    return len(_ASKS.findall(own_words(body)))


def _question(own: str, asked: str, first_name: str) -> Hint:
    """Met when the answer takes up a word of theirs; thanks for a message or their own name is none."""
    theirs = _stems(asked) - _stems(first_name)
    return Hint(HintKind.QUESTION, not theirs or bool(theirs & _stems(own)), "their question")


def _useful(own: str, has_files: bool) -> Hint:
    """A figure, a day, a link or a file: something that they did not know before."""
    is_met = has_files or _USEFUL.search(own) is not None
    return Hint(HintKind.USEFUL, is_met, "one useful thing")


def _ask(own: str) -> Hint:
    """An answer that asks nothing yet has no fault, only room for one ask."""
    number = len(_ASKS.findall(own))
    if number < 2:
        return Hint(HintKind.ASK, number == 1, "one ask")
    count = _NUMBERS[number] if number < len(_NUMBERS) else "many things"
    return Hint(HintKind.ASK, False, f"one ask? You ask for {count}.")


def _stems(text: str) -> set[str]:
    words = (word.casefold() for word in _WORD.findall(text[:4000]))
    return {word[:_STEM] for word in words if word not in _EMPTY}
