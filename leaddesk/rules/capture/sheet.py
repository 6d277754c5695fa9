"""The labelled values of a form's notice or a post, and the rows that carry no label."""

from __future__ import annotations

from dataclasses import dataclass

from leaddesk.rules.capture.clean import lines_of, one_line

OWN_ROW = "\ue00f"
"""Opens a row in `Sheet.rest` that is no text: a ruled line."""
INTRO = OWN_ROW + "intro"
"""Stands in `Sheet.rest` for a sentence of the form's own."""
BUTTON = OWN_ROW + "button"
"""Stands in `Sheet.rest` for a row that is nothing but a link."""


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
    unlabelled: tuple[Pair, ...] = ()
    """Name, number and address that stand together without labels; a letter's signature looks alike."""
    spoken: tuple[Pair, ...] = ()
    """What sentences tell of a person; in a letter they speak of somebody else."""

    def values(self, *meanings: str) -> list[str]:
        return [pair.value for pair in self.pairs if pair.meaning in meanings and pair.value]

    def first(self, *meanings: str) -> str | None:
        return next(iter(self.values(*meanings)), None)

    def cleaned(self) -> Sheet:
        """Without the control characters that data may write as escapes."""
        pairs = (Pair(one_line(pair.label), lines_of(pair.value), pair.meaning) for pair in self.pairs)
        return Sheet(tuple(pairs), lines_of(self.rest), self.unlabelled, self.spoken)

    def together(self) -> Sheet:
        """With what stands without labels, wherever no label tells the same."""
        told = {pair.meaning for pair in self.pairs if pair.value}
        told |= {"name"} if told & {"first_name", "last_name"} else set()
        told |= {"phone"} if "mobile" in told else set()
        pairs = list(self.pairs)
        for group in (self.unlabelled, self.spoken):
            pairs += [pair for pair in group if pair.meaning not in told]
            told |= {pair.meaning for pair in group}
        return Sheet(tuple(pairs), self.rest)
