"""Which rows of a body are labels: "Label: value", table rows, ruled headings, bold or bare labels."""

from __future__ import annotations

import re
from collections import Counter

from leaddesk.rules.capture.html_text import BOLD, LINK, bare
from leaddesk.rules.capture.meaning import is_message_from, meaning_of, of_a_party
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_COLON = re.compile(
    r"\s{0,40}(?:[*\u2022\u30fb\u25a0\u25cf>-]{1,3}\s{0,4})?([^\s:\uff1a][^:\uff1a\t]{0,70}?)"
    r"[\s.\u2026_]{0,40}[:\uff1a](?!//)(.*)"
)
_DECORATED = re.compile(
    r"\s*(?:[-*=#_+~|]{2,10}|[\[\u3010\u25a0\u25cf\u25a1\u25c6*])\s*([^\s\[\u3010].{0,78}?)\s*"
    r"(?:[-*=#_+~|]{2,10}|[\]\u3011*])?\s*[:\uff1a]?\s*"
)
_EQUALS_LABEL = re.compile(r"[^\W\d][\w .-]{0,40}")
_QUESTION = re.compile(r"\s{0,20}([^\s?:][^?:\t]{2,100}\?)\s{1,6}(\S[^?]{0,600})")
_LEADERS = re.compile(r"\s{0,20}([^\s.:][^:\t]{0,50}?)\s?[.\u00b7\u2026_]{3,60}\s{1,3}(\S.*)")
_BRACKETS = {"[": "]", "\u3010": "\u3011"}
_DASH = re.compile(r"\s{0,20}([^\W\d_][^:\t@]{0,38}?)\s[-\u2013\u2014]\s{1,3}(\S.*)")
_NUMBER = re.compile(r"(?:[Qq]?\d{1,2}[.)]|[Qq]\d{1,2}:)\s{1,3}(?=\S)")
"""Before a numbered question: "3. How often do you run?"."""
_NUMBERING = frozenset("0123456789qQ")
_CLOCK = re.compile(r"\d\s*$")
_SENTENCE = re.compile(r"\w{4}[.!]\s|!\s|[,;]\s\S{1,30}\s\S{1,30}\s\S{1,30}\s\S{1,30}\s")


class LabelRows:
    """Tells the rows that may be labels, and what a label means."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._seen: dict[str, list[tuple[str, str, str]]] = {}
        self._meanings: dict[tuple[str, str], str | None] = {}

    def styles_of(self, rows: list[str]) -> frozenset[str]:
        """The ways of labelling that a mail uses; one row alone may look like a label by chance."""
        counts: Counter[str] = Counter()
        bold_rows = cells = 0
        message_rows = blocks = questions = 0
        for place, row in enumerate(rows[:600]):
            for style, label, value in self.candidates(row):
                below = _below(rows, place, label) if self._is_above(style, label) and not value else ""
                known = self.meaning(label, value) or (self.meaning(label, bare(below)) if below else None)
                known = known or ("message" if is_message_from(label, self._vocabulary) else None)
                asked = label.endswith("?") and (style == "bold" or (style == "colon" and bool(value)))
                if known or asked:
                    counts[style] += 1
                bold_rows += style == "bold" and known is None
                cells += style == "tab" and 0 < len(value) <= 60 and len(label) <= 40
                message_rows += style in ("bare", "bold") and known == "message"
                blocks += style == "bare" and known is not None and opens_block(rows, place)
                questions += style == "block" and label.endswith("?") and self._asks_above(rows, place, label)
        if counts["bold"] == 1 and bold_rows:
            counts["bold"] = 2
        if counts["decorated"] >= 2 and counts["colon"] + counts["tab"] < counts["decorated"]:
            return frozenset({"decorated"})
        active = {style for style in ("tab", "colon") if counts[style]}
        active |= {"tab"} if cells >= 3 else set()
        if counts["dash"] >= 3 and not active:
            active.add("dash")
        if questions >= 2:
            active |= {"block", "bare"}
        if counts["colon"] >= 2:
            active.add("question")
        active |= {style for style in ("bold", "bare", "equals", "columns", "bracket") if counts[style] >= 2}
        if blocks == counts["bare"] and (
            blocks >= 2 or (blocks and _in_blocks(rows) >= (2 if message_rows else 3))
        ):
            active |= {"block", "bare"}
        if message_rows and counts["tab"] + counts["colon"] + counts["columns"] >= 2:
            active |= {
                "bare",
                "bold",
            }  # "Message" alone on its row, under rows that have their values beside them
        if counts["decorated"] >= 2:
            active.add("decorated")
        return frozenset(active)

    def candidates(self, row: str) -> list[tuple[str, str, str]]:
        """The ways in which a row may be a label: style, label, value beside it."""
        found = self._seen.get(row)
        if found is None:
            found = self._seen[row] = self._candidates(row)
        return found

    def is_bare(self, row: str) -> bool:
        """The row is a known label and nothing else."""
        return any(style in ("bare", "bold") for style, _, _ in self.candidates(row))

    def _candidates(self, row: str) -> list[tuple[str, str, str]]:
        text = bare(row)
        if not text.strip() or len(text) > 2000:
            return []
        found: list[tuple[str, str, str]] = []
        if "\t" in text.strip():
            label, value = _cells(text)
            if 0 < len(label) <= 80 and "\t" not in value:
                return [("tab", label, value)]
        if row.lstrip().startswith(BOLD) and "? " in text and ":" not in text:
            asked_for, _, told = text.strip().partition("? ")
            if told.strip() and len(asked_for.split()) <= 9:
                return [("colon", asked_for + "?", told.strip())]
        match = _COLON.match(text)
        if match and self._is_intro(match[1]):
            return []
        if (
            match
            and self._may_be_label(match[1])
            and not (_CLOCK.search(match[1]) and match[2][:1].isdigit())
        ):
            found.append(("colon", match[1].strip(), match[2].strip().removeprefix("**").lstrip()))
            return found
        asked = _QUESTION.fullmatch(text) if "?" in text else None
        if asked:
            found.append(("question", asked[1].strip(), asked[2].strip()))
        beside = _beside(text)
        if beside and self._may_be_label(beside[1]):
            found.append(beside)
        match = _DECORATED.fullmatch(text) if len(text) < 120 else None
        if match:
            found.append(("decorated", match[1].strip(), ""))
        if (
            row.lstrip().startswith((BOLD, LINK + BOLD))
            and len(text) <= 110
            and not self._is_intro(text)
            and len(text.split()) <= 14
        ):
            found.append(("bold", text.strip(), ""))
        elif len(text) <= 70:
            known = self._is_label(_unnumbered(text.strip()))
            found.append(("bare" if known else "block", text.strip(), ""))
        return found

    def _is_label(self, text: str) -> bool:
        """The row is a known label; or a message's that says whose it is: "Message of the guest"."""
        labels, word = self._vocabulary.labels, fold(text)
        if word in labels:
            return True
        tokens = word.split() if text[:1].isupper() and text[-1:].isalpha() else []
        told = 2 <= len(tokens) <= 4 and "message" in (
            *labels.get(tokens[0], ()),
            *labels.get(tokens[-1], ()),
        )
        return told and of_a_party(word, "", self._vocabulary) == "message"

    @staticmethod
    def _is_above(style: str, label: str) -> bool:
        """Set so, a label may stand over its value."""
        return style == "bold" or (style == "decorated" and label.endswith("?"))

    def _asks_above(self, rows: list[str], place: int, label: str) -> bool:
        """A question that is a known label for the answer in the row below."""
        return opens_block(rows, place) and self.meaning(label, bare(rows[place + 1]).strip()) is not None

    def _is_intro(self, text: str) -> bool:
        """A sentence of the form's own, such as "Ann just submitted your form:"."""
        if len(text.split()) < 3 or text.endswith("?") or self.meaning(text, "") is not None:
            return False
        if is_message_from(text, self._vocabulary):
            return False
        return self._vocabulary.text["intro"].found_in(fold_text(text[:200])) is not None

    @staticmethod
    def _may_be_label(label: str) -> bool:
        if len(label.split()) > 9 or _SENTENCE.search(label) or "http" in label or "@" in label:
            return False
        return any(character.isalpha() for character in label)

    def meaning(self, label: str, value: str) -> str | None:
        asked = (label, value)
        if asked not in self._meanings:
            self._meanings[asked] = meaning_of(_unnumbered(label), value, self._vocabulary)
        return self._meanings[asked]


def _below(rows: list[str], place: int, label: str) -> str:
    """The next row; below a question one may be empty."""
    reach = 3 if label.endswith("?") else 2
    return next((row for row in rows[place + 1 : place + reach] if row.strip()), "")


def _unnumbered(label: str) -> str:
    return _NUMBER.sub("", label, count=1) if label[:1] in _NUMBERING else label


def opens_block(rows: list[str], place: int) -> bool:
    """The row stands behind an empty one and right above a row with text: a label over its value."""
    before = rows[place - 1].strip() if place else ""
    after = rows[place + 1].strip() if place + 1 < len(rows) else ""
    return not before and bool(after)


def _in_blocks(rows: list[str]) -> int:
    """How many paragraphs are a short row over a single other one."""
    paragraphs = "\n".join(row.strip() for row in rows[:600]).split("\n\n")
    pairs = (paragraph.strip().split("\n") for paragraph in paragraphs)
    return sum(len(pair) == 2 and len(pair[0]) <= 40 and pair[0][-1:] not in ".,!:;" for pair in pairs)


def _beside(text: str) -> tuple[str, str, str] | None:
    """ "label = value", "[label] value", or a label and its value in two columns."""
    if text.lstrip()[:1] in _BRACKETS:
        label, _, value = text.strip()[1:].partition(_BRACKETS[text.strip()[0]])
        told = bool(value.strip()) or text.strip()[0] == "\u3010"
        return ("bracket", label.strip(), value.strip()) if label.strip() and told else None
    led = _LEADERS.fullmatch(text) if "..." in text or "\u2026" in text or "___" in text else None
    if led:
        return "columns", led[1], led[2].strip()
    label, sign, value = (piece.strip() for piece in text.partition("="))
    if sign and value[:1] not in ("=", ">") and _EQUALS_LABEL.fullmatch(label):
        return "equals", label, value
    dashed = _DASH.fullmatch(text) if " - " in text or "\u2013" in text or "\u2014" in text else None
    if dashed:
        return "dash", dashed[1], dashed[2].strip()
    label, gap, value = (piece.strip() for piece in text.strip().partition("   "))
    if gap == "" and label and value and len(label) <= 41 and "\t" not in label and ":" not in label:
        return "columns", label, value
    return None


def _cells(text: str) -> tuple[str, str]:
    """The first cell of a table row, as a label, and the rest of the row."""
    label, _, value = text.strip().partition("\t")
    return label.rstrip(" :\uff1a"), value.strip()


def unpiped(row: str) -> str:
    """A row of a table drawn with bars: its two cells apart by a tab, the line under its head a ruled one."""
    if not row.endswith("|") or len(row) < 4:
        return row
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    if all(cell and not cell.strip("-:") for cell in cells):
        return "-" * 10
    return "\t".join(cells) if len(cells) == 2 and cells[0] else row
