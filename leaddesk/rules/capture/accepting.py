"""Whether a row that looks like a label is one, here, behind what has been read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaddesk.rules.capture.addresses import valid_address
from leaddesk.rules.capture.alternating import alternating
from leaddesk.rules.capture.asked import asked
from leaddesk.rules.capture.footers import is_footer
from leaddesk.rules.capture.html_text import bare
from leaddesk.rules.capture.label_rows import LabelRows, opens_block
from leaddesk.rules.capture.meaning import MACHINE, PERSON
from leaddesk.rules.capture.open_pair import OpenPair, is_list_item
from leaddesk.rules.capture.phones import is_phone
from leaddesk.rules.capture.sheet import Pair
from leaddesk.rules.capture.tails import says_yes_or_no
from leaddesk.rules.capture.vocabulary import Phrases


@dataclass(frozen=True, slots=True)
class SoFar:
    """Where the reader stands: the pair that is open, those that are closed, and what the last rows were."""

    open: OpenPair | None
    found: Sequence[Pair]
    skipping: bool
    blank_before: bool
    above: bool = False
    """So far every label stands over its value."""

    @property
    def in_message(self) -> bool:
        return bool(self.open and self.open.known == "message" and any(row.strip() for row in self.open.rows))

    @property
    def awaits_message(self) -> bool:
        """A message's label has just been read: what follows is its first row, be it a question."""
        return bool(self.open and self.open.known == "message" and not self.open.rows)

    @property
    def is_brief(self) -> bool:
        """So far the open value is a word or two: an answer that was taken for a message."""
        return bool(self.open) and len(" ".join(self.open.rows if self.open else ()).strip()) <= 40

    def has(self, meaning: str | None) -> bool:
        told = {pair.meaning for pair in self.found if pair.value}
        return meaning in told or (meaning in ("first_name", "last_name") and "name" in told)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row as a label: how it is set, its words, the value beside it, what it means."""

    style: str
    label: str
    value: str
    known: str | None


class Accepting:
    """The judgement for the rows of one body."""

    def __init__(self, rows: list[str], labels: LabelRows, footer: Phrases, closing: Phrases) -> None:
        self._rows = rows
        self._labels = labels
        self._footer = footer
        self._closing = closing
        self._styles = labels.styles_of(rows)
        self._dresses: set[str] | None = None
        self._turns = alternating(rows, labels.is_bare, labels.meaning)
        self._asked = asked(rows[:600], self._is_labelled) if "colon" in self._styles else frozenset()

    @property
    def is_decorated(self) -> bool:
        """All labels are set between rules, or behind a mark."""
        return "decorated" in self._styles

    def is_possible(self, place: int, style: str, value: str) -> bool:
        """Does the mail label its values in this way? In a table a label alone has an empty cell."""
        if style in self._styles or (style == "colon" and not value and "tab" in self._styles):
            return True
        return style in ("bare", "block") and (place in self._turns or place in self._asked)

    def _is_labelled(self, row: str) -> bool:
        return any(
            style == "colon" and self._labels.meaning(label, value)
            for style, label, value in self._labels.candidates(row)
        )

    def accepts(self, place: int, told: Candidate, so_far: SoFar) -> bool:
        if told.style in ("decorated", "bold", "tab"):
            return True
        if told.style in ("bare", "block") and (place in self._turns or place in self._asked):
            return not so_far.in_message and not so_far.awaits_message
        if told.style == "bare":
            if so_far.open and not so_far.open.rows and so_far.open.known == told.known:
                return False  # "Form name" over "Contact form": a value that happens to be a label
            return not (so_far.in_message and so_far.has(told.known))
        if told.style == "block":
            return self._opens_block(place, told, so_far)
        if told.style == "question":
            return self._is_answered(told, so_far)
        return self._is_labelled_row(place, told, so_far)

    @staticmethod
    def _is_answered(told: Candidate, so_far: SoFar) -> bool:
        value = told.value
        short = len(value.split()) <= 3 and not value.endswith((".", "!"))
        in_message = bool(so_far.open and so_far.open.known == "message")
        is_plain = "," not in told.label and len(told.label.split()) <= 9
        follows = so_far.open is not None and not so_far.blank_before and is_plain  # a row among the form's
        return says_yes_or_no(value) or ((short or follows) and not in_message)

    def _is_labelled_row(self, place: int, told: Candidate, so_far: SoFar) -> bool:
        if told.known is None and is_footer(bare(self._rows[place]), self._footer):
            return False
        if so_far.in_message:
            return self._ends_message(place, told, so_far)
        if told.known is None and (so_far.skipping or not told.value) and not _question(told.label):
            return False
        return told.known is not None or len(told.label.split()) <= 8

    def _opens_block(self, place: int, told: Candidate, so_far: SoFar) -> bool:
        """An unknown label over its value, where the known ones stand so."""
        label = told.label
        if not opens_block(self._rows, place) or is_footer(label, self._footer) or label[-1] in ".,!;)":
            return False
        if len(label.split()) > 9:
            return False
        if not so_far.in_message or label.endswith("?") or (told.known == "message" and so_far.is_brief):
            return True
        return len(so_far.found) >= 2 and self._is_answer_above(place, label)

    def _is_answer_above(self, place: int, label: str) -> bool:
        """Behind a message: a word or two over a short row, alone between empty ones, and no farewell."""
        behind = [bare(row).strip() for row in self._rows[place + 1 : place + 3]]
        short = 0 < len(behind[0]) <= 60 if behind else False
        alone = len(behind) < 2 or not behind[1]
        return (
            short
            and alone
            and len(label.split()) <= 3
            and label[:1].isupper()
            and not self._closing.opens(label)
        )

    def _ends_message(self, place: int, told: Candidate, so_far: SoFar) -> bool:
        """Labelled rows inside a message are the visitor's own where they repeat what is known already."""
        label, value, known = told.label, told.value, told.known
        below = bare(self._rows[place + 1]).strip() if place + 1 < len(self._rows) else ""
        if not value and so_far.blank_before and (is_phone(below) or valid_address(below)):
            return True
        if known in MACHINE or (value and says_yes_or_no(value)) or _is_forms_own(told):
            return True
        if not value and is_list_item(below):
            return False
        ruled = any(mark in self._styles for mark in ("bold", "decorated", "tab"))
        if not ruled and self._repeats(place, so_far):
            return False
        if so_far.open and so_far.open.style == "tab" and known in (None, "message"):
            return False  # a cell ends with its row
        if known in PERSON or known in ("message", "subject", "address", "fax", "title", "reading"):
            return not so_far.has(known)
        if so_far.above and not value and so_far.blank_before:
            value = below
        if label.endswith("?") and so_far.blank_before:
            return 0 < len(value) <= 80
        if not (len(label.split()) <= 4 and 0 < len(value) <= 60 and label[:1] == label[:1].upper()):
            return False
        return known is not None or not (self._is_undressed(place) or self._goes_on_in_words(place, value))

    def _is_undressed(self, place: int) -> bool:
        """The mail sets each of its labels bold, or behind a star or a bullet, and not this one."""
        if self._dresses is None:
            self._dresses = {
                _dress(row)
                for row in self._rows[:600]
                for style, label, value in self._labels.candidates(row)
                if style == "colon" and self._labels.meaning(label, value)
            }
        return bool(self._dresses) and "" not in self._dresses and _dress(self._rows[place]) == ""

    def _goes_on_in_words(self, place: int, value: str) -> bool:
        """Words without a label follow in this paragraph: the row is one of the visitor's own list."""
        if "://" in value:
            return False
        for row in self._rows[place + 1 : place + 8]:
            text = bare(row).strip()
            if not text or is_footer(text, self._footer):
                return False
            if not self._labels.candidates(row) or self._labels.candidates(row)[0][0] in (
                "block",
                "question",
            ):
                return len(text.split()) >= 3
        return False

    def _repeats(self, place: int, so_far: SoFar) -> bool:
        """Some row of this block of labelled rows names a thing that has been told before the message."""
        for row in self._rows[place : place + 8]:
            candidates = [found for found in self._labels.candidates(row) if found[0] == "colon"]
            if not candidates:
                return False
            known = self._labels.meaning(candidates[0][1], candidates[0][2])
            if known in PERSON and so_far.has(known):
                return True
        return False


def _is_forms_own(told: Candidate) -> bool:
    """A label that nobody writes by hand: "how_did_you_hear:", or a question with a colon behind it."""
    if told.style != "colon":
        return False
    return told.label.endswith("?") or ("_" in told.label.strip("_") and " " not in told.label)


def _dress(row: str) -> str:
    """The mark before the first word of a row: bold, a star, a bullet."""
    first = row.lstrip()[:1]
    return "" if first.isalnum() else first


def _question(label: str) -> bool:
    return label.endswith("?") or len(label.split()) <= 4
