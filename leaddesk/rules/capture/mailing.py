"""How letters to many and notices about something of ours speak: words that meet in one sentence."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaddesk.rules.capture.vocabulary import fold_text, folder

_SENTENCE = re.compile(r"(?<=[.!?:;])\s|(?<=[\u3002\uff01\uff1f])|\n\s{0,40}\n")
_LINK = re.compile(r"https?://|www\.")
_GAP = r"(?: \S{1,30}){0,4} "
_TAIL, _HEAD = 2000, 300
_CODE_REACH = 60
_DIGITS = re.compile(
    r"(?<![\da-z./:-])(?:\d{4,8}|\d{3}[ -]\d{3}|\d{2}[ -]\d{2}[ -]\d{2}(?! ?\d))"
    r"(?![\d./:-]|\s?(?:eur|usd|\u20ac|km|m\b))"
)


@dataclass(frozen=True, slots=True)
class Mailing:
    """The patterns, each to be searched in the result of `fold_text`."""

    words: Mapping[str, re.Pattern[str]]
    alone: Mapping[str, re.Pattern[str]]
    we: Mapping[str, re.Pattern[str]]
    our: Mapping[str, re.Pattern[str]]
    things: Mapping[str, re.Pattern[str]]
    """By language: "your parcel" and its kin."""
    wanted: Mapping[str, re.Pattern[str]]

    def has(self, kind: str, folded: str) -> bool:
        return self.words[kind].search(folded) is not None

    def speaks_alone(self, folded: str, language: str) -> bool:
        """Somebody says "I"."""
        return _of(self.alone, language).search(folded) is not None

    def acts(self, folded: str, language: str) -> bool:
        """Somebody says "I" or "we"."""
        return self.speaks_alone(folded, language) or _of(self.we, language).search(folded) is not None

    def speaks(self, folded: str, language: str) -> bool:
        """Somebody says "I", "we" or "our"."""
        return self.acts(folded, language) or _of(self.our, language).search(folded) is not None

    def wants(self, folded: str, language: str) -> bool:
        """Something is wanted by somebody who need not say who he is."""
        return _of(self.wanted, language).search(folded) is not None

    def surely_wants(self, folded: str, language: str) -> bool:
        """Something is wanted in words that notices do not use as well."""
        found = _of(self.wanted, language).findall(folded)
        return any(not self.has("loosely", f" {each.lstrip()} ") for each in found)

    def wants_in_any(self, folded: str) -> bool:
        """The same in any language: a row or two of a device do not tell theirs."""
        return any(self.surely_wants(folded, language) for language in self.wanted)

    def without_closing(self, folded: str) -> str:
        """Without the words that close a Japanese letter, which ask for nothing."""
        return self.words["closing"].sub(" ", folded)

    def tells(self, word: str) -> bool:
        """The folded word is a verb with which "we" only announce: "we inform"."""
        return self.has("tells", f" {word} ")

    def answers(self, folded: str) -> bool:
        """It speaks of what we sent, or thanks for it."""
        return self.has("answers", folded)

    def paper_in(self, folded: str) -> str | None:
        """The first paper named that comes to every house, such as a payslip."""
        found = self.words["papers"].search(folded)
        return found[0].strip() if found else None

    def without_deals(self, folded: str) -> str:
        """Without what sellers say, their "reduced price", and "your request": nobody's wishes."""
        return self.words["asked_by_us"].sub(" ", self.words["deals"].sub(" ", folded))

    def deals(self, folded: str) -> int:
        """How many different things are said as those say them who sell to many."""
        return len(set(self.words["deals"].findall(folded)))

    def is_office(self, word: str) -> bool:
        """The folded word is what an office is called, not a person."""
        return self.has("offices", f" {word} ")

    def names_ours(self, folded: str, language: str) -> bool:
        """Something of the reader's is named: "your parcel"."""
        return _of(self.things, language).search(folded) is not None or self.has("yours", folded)


def _of(patterns: Mapping[str, re.Pattern[str]], language: str) -> re.Pattern[str]:
    return patterns.get(language) or patterns["en"]


@functools.cache
def shipped_mailing() -> Mailing:
    """The words that the program brings along."""
    table = tomllib.loads((folder() / "mailing.toml").read_text("utf-8"))
    things = table.pop("things")
    spoken = {name: table.pop(name) for name in ("alone", "we", "our", "your", "wanted")}
    return Mailing(
        words={name: any_of(words) for name, words in table.items()},
        alone={code: any_of(words) for code, words in spoken["alone"].items()},
        we={code: any_of(words) for code, words in spoken["we"].items()},
        our={code: any_of(words) for code, words in spoken["our"].items()},
        wanted={code: any_of(words) for code, words in spoken["wanted"].items()},
        things={code: _owned(words, things) for code, words in spoken["your"].items()},
    )


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words: whole ones, with the space before, but anywhere in scripts that put no spaces."""
    words = sorted(set(words), key=len, reverse=True)
    by_letter: dict[str, list[str]] = {}
    for word in filter(str.isascii, words):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ \.\.\.\ ", _GAP))
    spaced = "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    other = [re.escape(word) for word in words if not word.isascii()]
    return re.compile("|".join([rf" (?:{spaced})(?= )", *other] if spaced else other))


def _owned(your: Iterable[str], things: Iterable[str]) -> re.Pattern[str]:
    """ "your", at most one word more, and the thing."""
    nouns = "|".join(map(re.escape, sorted(things, key=len, reverse=True)))
    return re.compile(rf" (?:{'|'.join(your)}) (?:\S{{1,20}} )?(?:{nouns})(?= )")


def sentences(text: str) -> list[str]:
    """The sentences of `text`, each on one line."""
    return [" ".join(each.split()) for each in _SENTENCE.split(text) if each.strip()]


def mass_sentences(text: str, language: str) -> list[str]:
    """Those by which a letter to many gives itself away: how to leave, why one gets it, where to read it."""
    words = shipped_mailing()
    head = [row for row in text[:_HEAD].split("\n") if row.strip()][:3]
    found = [row for row in head if len(row) < 160 and words.has("browser", fold_text(row))]
    return found + [each for each in sentences(text[-_TAIL:]) if _is_mass(each, words, language)]


def _is_mass(sentence: str, words: Mailing, language: str) -> bool:
    folded = fold_text(sentence[:400])
    if words.acts(folded, language):
        return False
    letters = words.has("letters", folded)
    if letters and words.has("receive", folded) and words.has("because", folded):
        return True
    if letters and words.has("no_more", folded):
        return True
    if not words.has("leave", folded):
        return False
    return letters or _LINK.search(sentence) is not None or len(folded.split()) <= 8


def without_announcements(folded: str) -> str:
    """Without "we would like to remind you", which wishes nothing; untouched where something is begged."""
    words = shipped_mailing()
    return folded if words.has("begs", folded) else words.words["announces"].sub(" ", folded)


def asks_others_meanwhile(folded: str) -> bool:
    """ "In urgent cases": an away note's word of whom to ask instead."""
    return shipped_mailing().has("instead", folded)


def holds_a_code(subject: str, text: str, language: str) -> bool:
    """A short mail whose point is a number to type in."""
    if len(text) > 1200:
        return False
    words = shipped_mailing()
    folded = fold_text(f"{subject}\n{text[:1200]}")
    if words.speaks_alone(folded, language):
        return False
    near = words.words["codes"]
    for match in _DIGITS.finditer(folded):
        around = folded[max(0, match.start() - _CODE_REACH) : match.end() + _CODE_REACH]
        if near.search(f" {around} "):
            return True
    return False
