"""The words of mails in many languages: labels, phrases, months; read once from resources/vocabulary."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_KANA = re.compile("[\u3040-\u30ff]")
_FEW = 3
"""Common words of a language below which they alone do not tell it."""
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
"""Each character of ASCII folded: what is neither letter nor digit is a space."""
_ROW = 300
"""Characters of a text whose folding is kept."""
_ACCENTS = re.compile("[\u0300-\u036f]+")
_FLAT = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})


@functools.lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Words of `text` alone: lower case, without accents and punctuation, one space between.

    >>> fold("Prénom / Nom :"), fold("E-Mail*"), fold("how_did_you_hear")
    ('prenom nom', 'e mail', 'how did you hear')
    """
    if text.isascii():
        return " ".join(text.encode("ascii").translate(_ASCII).decode("ascii").split())
    text = unicodedata.normalize("NFKC", text).casefold().translate(_FLAT)
    return _NOT_WORD.sub(" ", _without_accents(text)).strip()


def _without_accents(text: str) -> str:
    """Latin, Greek and Cyrillic letters bare; Japanese keeps its sound marks, which are others."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def fold_text(text: str) -> str:
    """A text folded for phrase search, with a space at each end; rows are asked about many times over."""
    return f" {fold(text) if len(text) <= _ROW else fold.__wrapped__(text)} "


def _by_first_letter(words: list[str]) -> str:
    """The words as alternatives of a pattern, the longest first, tried only where their first letter fits."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in rests.items())


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases to look for in folded text: whole words, or anywhere for scripts that put no spaces.

    What the pattern matches begins with the space before the phrase, where there are spaces.
    Each is equal to itself alone: a pattern's hash is worked out anew each time.
    """

    pattern: re.Pattern[str]
    words: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Phrases:
        known = frozenset(words)
        spaced = sorted((w for w in known if w.isascii()), key=len, reverse=True)
        other = sorted((w for w in known if not w.isascii()), key=len, reverse=True)
        # each alternative opens with a character of its own, so that a search leaps from space to space
        parts = [rf" (?:{_by_first_letter(spaced)})(?= |s )"] if spaced else []
        parts += map(re.escape, other)
        return cls(re.compile("|".join(parts) or r"(?!)"), known)

    def found_in(self, folded: str) -> str | None:
        """The first phrase that stands in the result of `fold_text`."""
        match = self.pattern.search(folded)
        return match.group().lstrip() if match else None

    def count_in(self, folded: str) -> int:
        """How many different phrases stand in the result of `fold_text`."""
        return len(set(self.pattern.findall(folded)))

    def opens(self, line: str) -> bool:
        """True when the line begins with one of the phrases."""
        match = self.pattern.search(fold_text(line[:300]))
        return match is not None and match.start() <= 1

    def is_all_of(self, line: str) -> bool:
        return fold(line[:200]) in self.words


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All languages together. `labels` maps a folded label to its meanings.

    Each is equal to itself alone, so that what is worked out of it can be kept.
    """

    labels: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, tuple[str, ...]]
    stop: Mapping[str, tuple[str, ...]]
    """The commonest words, each with its languages."""
    own: Mapping[str, str]
    """The words of labels and phrases that one language alone has, with that language."""
    subjects: Mapping[str, Phrases]
    text: Mapping[str, Phrases]
    spam: Mapping[str, Phrases]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    next: Phrases
    tomorrow: Phrases

    def language_of(self, text: str) -> str:
        """The language whose commonest words stand most often in the first part of `text`; "en" when none.

        Where hardly any of them stand there, as in a form's few rows, its labels and phrases speak too.
        """
        if _KANA.search(text[:2000]):
            return "ja"
        words = fold_text(text[:3000]).split()
        scores = Counter(code for word in words if word in self.stop for code in self.stop[word])
        if max(scores.values(), default=0) < _FEW:
            scores.update(scores.copy())
            scores.update(self.own[word] for word in set(words) if word in self.own)
        best = max(scores, key=lambda code: scores[code], default="en")
        return best if scores[best] > scores["en"] else "en"


@functools.cache
def shipped() -> Vocabulary:
    """The vocabulary that the program brings along."""
    languages = {
        path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder().glob("??.toml"))
    }
    return _together(languages)


def folder() -> Path:
    """Where the vocabulary lies: a file a language, beside those of single subjects.

    In a checkout the resources at its root, else those of the installed package. doors.paths finds all
    other resources; the rules stand below it and may not ask it.
    """
    package = Path(__file__).resolve().parents[2]
    for place in (package.parent / "resources", package / "_resources"):
        if (place / "vocabulary").is_dir():
            return place / "vocabulary"
    raise FileNotFoundError("resources/vocabulary")


def _together(languages: Mapping[str, Mapping[str, object]]) -> Vocabulary:
    labels: dict[str, tuple[str, ...]] = {}
    for table in languages.values():
        for meaning, words in _table(table, "labels").items():
            for word in words:
                labels[fold(word)] = (*labels.get(fold(word), ()), meaning)
    return Vocabulary(
        labels={word: tuple(dict.fromkeys(meanings)) for word, meanings in labels.items()},
        regions={code: tuple(_words(table, "region")) for code, table in languages.items()},
        stop=_stop_words(languages),
        own=_own_words(languages),
        subjects=_phrases(languages, "subjects"),
        text=_phrases(languages, "text"),
        spam=_phrases(languages, "spam"),
        months=_numbers(languages, "months", 1),
        weekdays=_numbers(languages, "weekdays", 0),
        next=Phrases.of(word for table in languages.values() for word in _table(table, "time")["next"]),
        tomorrow=Phrases.of(
            word for table in languages.values() for word in _table(table, "time")["tomorrow"]
        ),
    )


def _stop_words(languages: Mapping[str, Mapping[str, object]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, table in languages.items():
        for word in _words(table, "stop"):
            found[word] = (*found.get(word, ()), code)
    return found


def _own_words(languages: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The words of each language's labels, subjects and texts that no other language has."""
    words = {
        code: {
            word
            for name in ("labels", "subjects", "text")
            for phrases in _table(table, name).values()
            for phrase in phrases
            for word in fold(phrase).split()
            if len(word) > 2
        }
        for code, table in languages.items()
    }
    counted = Counter(word for each in words.values() for word in each)
    return {word: code for code, each in words.items() for word in each if counted[word] == 1}


def _table(language: Mapping[str, object], name: str) -> Mapping[str, list[str]]:
    table = language.get(name, {})
    assert isinstance(table, dict)
    return table


def _words(language: Mapping[str, object], name: str) -> list[str]:
    words = language.get(name, [])
    assert isinstance(words, list)
    return words


def _phrases(languages: Mapping[str, Mapping[str, object]], name: str) -> dict[str, Phrases]:
    gathered: dict[str, set[str]] = {}
    for language in languages.values():
        for key, words in _table(language, name).items():
            gathered.setdefault(key, set()).update(map(fold, words))
    return {key: Phrases.of(words) for key, words in gathered.items()}


def _numbers(languages: Mapping[str, Mapping[str, object]], name: str, start: int) -> dict[str, int]:
    """Each spelling of a month or weekday with its number."""
    return {
        fold(word): number
        for language in languages.values()
        for number, words in enumerate(_table(language, "time")[name], start)
        for word in words.split()
    }
