"""The labelled values of a form's notice or a post, and the rows that carry no label."""

from __future__ import annotations

from dataclasses import dataclass

OWN_ROW = "\ue00f"
"""Opens a row in `Sheet.rest` that is no text: a ruled line."""
INTRO = OWN_ROW + "intro"
"""Stands in `Sheet.rest` for a sentence of the form's own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled value and what its label means (None: a question of the form's own)."""

    label: str
    value: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was found in a body: the pairs, and the rows that belong to none, without footers."""

    pairs: tuple[Pair, ...]
    rest: str

    def values(self, *meanings: str) -> list[str]:
        return [pair.value for pair in self.pairs if pair.meaning in meanings and pair.value]

    def first(self, *meanings: str) -> str | None:
        return next(iter(self.values(*meanings)), None)
