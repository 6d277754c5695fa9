"""What the title of a column means, by the words of many languages (resources/vocabulary/columns.toml)."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaddesk.rules.capture import vocabulary
from leaddesk.rules.capture.vocabulary import fold
from leaddesk.words.imports import Field

TITLE_LIMIT = 200
"""Characters of a title by which it is judged."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"\s+[-–:|>/]\s+|[.:](?=\S)")
_MOST_WORDS = 16
_LABEL_RANK = 7
WEAK = 8
"""The rank of titles that say what a record is called."""
_LABELS = {
    "name": Field.NAME, "first_name": Field.FIRST_NAME, "last_name": Field.LAST_NAME, "email": Field.EMAIL,
    "phone": Field.PHONE, "mobile": Field.PHONE, "company": Field.COMPANY, "message": Field.MESSAGE,
    "stamp": Field.RECEIVED_AT,
}  # fmt: skip
"""Labels of forms that are titles of columns as well."""
_TITLES = {
    "bare_name": (Field.NAME, 1), "name": (Field.NAME, 0), "first_name": (Field.FIRST_NAME, 0),
    "middle_name": (Field.MIDDLE_NAME, 0), "last_name": (Field.LAST_NAME, 0), "email": (Field.EMAIL, 0),
    "phone": (Field.PHONE, 0), "mobile": (Field.PHONE, 1), "company": (Field.COMPANY, 0),
    "message": (Field.MESSAGE, 0), "note": (Field.NOTE, 0), "received_at": (Field.RECEIVED_AT, 0),
    "created": (Field.RECEIVED_AT, 3), "dated": (Field.RECEIVED_AT, 6), "source": (Field.SOURCE, 0),
    "weak_source": (Field.SOURCE, 5), "owner": (Field.OWNER, 0), "status": (Field.STATUS, 0),
    "weak_name": (Field.NAME, WEAK), "customer": (Field.NAME, 2),
}  # fmt: skip
"""The field that each list of the file means, and how far it stands behind a plain title."""
_FIRMS = ("customer", Field.COMPANY, 9)
"""A list that means a firm where another column names the person."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a title may mean; a smaller `rank` is meant more surely.

    `in_doubt`: the title only holds a word for it, and the values must show it.
    """

    field: Field
    rank: int
    in_doubt: bool = False

    @property
    def is_weak_name(self) -> bool:
        """What a record is called, and nobody's own name."""
        return self.field is Field.NAME and self.rank >= WEAK


@dataclass(frozen=True, slots=True)
class Titles:
    """The shipped words. All are folded."""

    titles: Mapping[str, tuple[Meaning, ...]]
    bare_names: frozenset[str]
    beside: frozenset[str]
    other: frozenset[str]
    core: Mapping[Field, frozenset[str]]
    skip: frozenset[str]
    country: frozenset[str]
    below: Mapping[str, frozenset[str]]
    status: Mapping[str, frozenset[str]]

    def meanings(self, title: str) -> tuple[Meaning, ...]:
        """What the title may mean, likeliest first; empty for a question of the table's own."""
        word = words_of(title)
        if not word:
            return ()
        tokens = [token for token in word.split() if not token.isdigit()]  # "Organization 1 - Name"
        found = self.titles.get(word, ()) or self._inside(tokens, _prefix(title))
        return found or self._by_core(word)

    def is_known(self, title: str) -> bool:
        """True for a title that can hardly be a value."""
        return any(not meaning.in_doubt for meaning in self.meanings(title)) or words_of(title) in self.skip

    def is_skipped(self, title: str) -> bool:
        return words_of(title) in self.skip

    def is_bare_name(self, title: str) -> bool:
        """True for a word that is the whole name, or the part of it that no other column gives."""
        tokens = words_of(title).split()
        left = [t for t in tokens if t not in self.beside and not t.isdigit()] or tokens
        return " ".join(left) in self.bare_names

    def is_country(self, title: str) -> bool:
        return words_of(title) in self.country

    def _inside(self, tokens: list[str], prefix: frozenset[str]) -> tuple[Meaning, ...]:
        """A known title with nothing beside it but words that change nothing, or the name of a record."""
        if not 1 <= len(tokens) <= _MOST_WORDS:
            return ()
        allowed = self.beside | (prefix if not prefix & self.other else frozenset())
        for size in range(len(tokens), 0, -1):
            for start in range(len(tokens) - size + 1):
                known = self.titles.get(" ".join(tokens[start : start + size]))
                outside = tokens[:start] + tokens[start + size :]
                if known and all(token in allowed for token in outside):
                    return tuple(Meaning(m.field, m.rank + 1, m.in_doubt) for m in known)
        return ()

    def _by_core(self, word: str) -> tuple[Meaning, ...]:
        """A title that holds a word for an address or a number. Scripts without spaces are searched."""
        tokens = word.split()
        if len(tokens) > _MOST_WORDS or any(token in self.other for token in tokens):
            return ()
        if any(not other.isascii() and other in word for other in self.other):
            return ()
        for field, core in self.core.items():
            if any(_stands_in(part, word, tokens) for part in core):
                return (Meaning(field, 4, in_doubt=True),)
        return ()


def _stands_in(part: str, word: str, tokens: list[str]) -> bool:
    if part.isascii():
        return f" {part} " in f" {word} "
    return part in word


def words_of(title: str) -> str:
    """The words of a title, folded: "firstName", "FIRST_NAME" and "First name*" are one.

    >>> words_of("primaryEmail"), words_of("Téléphone (bureau)")
    ('primary email', 'telephone bureau')
    """
    return fold(_CAMEL.sub(" ", title[:TITLE_LIMIT]))


def _prefix(title: str) -> frozenset[str]:
    """The words before a dash or dot, as in "Deal - Owner": the record that a column belongs to."""
    parts = _PARTS.split(title[:TITLE_LIMIT], maxsplit=1)
    return frozenset(words_of(parts[0]).split()) if len(parts) == 2 else frozenset()


@functools.cache
def shipped() -> Titles:
    """The words that the program brings along."""
    table = tomllib.loads((vocabulary.folder() / "columns.toml").read_text("utf-8"))
    titles = table["titles"]
    return Titles(
        titles=_meanings(titles),
        bare_names=_folded(titles["bare_name"]),
        beside=_folded(table["beside"]["words"]),
        other=_folded(table["other"]["words"]),
        core={Field(key): _folded(words) for key, words in table["core"].items()},
        skip=_folded(table["skip"]["words"]),
        country=_folded(titles["country"]),
        below={key: _folded(words) for key, words in table["below"].items()},
        status={key: _folded(words) for key, words in table["status"].items()},
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _meanings(titles: Mapping[str, list[str]]) -> dict[str, tuple[Meaning, ...]]:
    """Titles with all that they may mean: those of tables first, then the labels of forms."""
    found: dict[str, dict[Field, Meaning]] = {}
    told = [*((key, field, rank) for key, (field, rank) in _TITLES.items()), _FIRMS]
    for key, field, rank in told:
        for word in titles[key]:
            found.setdefault(fold(word), {}).setdefault(field, Meaning(field, rank))
    for word, labels in vocabulary.shipped().labels.items():
        for field in filter(None, map(_LABELS.get, labels)):
            found.setdefault(word, {}).setdefault(field, Meaning(field, _LABEL_RANK))
    return {word: tuple(sorted(each.values(), key=lambda m: m.rank)) for word, each in found.items()}
