"""Which rows of a body are labels: "Label: value", table rows, ruled headings, bold or bare labels."""

from __future__ import annotations

import re

from leaddesk.rules.capture.html_text import BOLD, LINK, MARKS
from leaddesk.rules.capture.meaning import meaning_of
from leaddesk.rules.capture.vocabulary import Vocabulary, fold, fold_text

_COLON = re.compile(
    r"\s{0,40}(?:[*\u2022\u30fb\u25a0\u25cf>-]{1,3}\s{0,4})?([^\s:\uff1a][^:\uff1a\t]{0,70}?)"
    r"[\s.\u2026_]{0,40}[:\uff1a](?!//)(.*)"
)
_DECORATED = re.compile(
    r"\s*(?:[-*=#_+~|]{2,10}|[\[\u3010\u25a0\u25cf\u25a1\u25c6*])\s*([^\s\[\u3010].{0,78}?)\s*"
    r"(?:[-*=#_+~|]{2,10}|[\]\u3011*])?\s*[:\uff1a]?\s*"
)
_CLOCK = re.compile(r"\d\s*$")
_SENTENCE = re.compile(r"[.!]\s|[,;]\s\S{1,30}\s\S{1,30}\s\S{1,30}\s\S{1,30}\s")


class LabelRows:
    """Tells the rows that may be labels, and what a label means."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def styles_of(self, rows: list[str]) -> frozenset[str]:
        """The ways of labelling that a mail uses; one row alone may look like a label by chance."""
        counts = dict.fromkeys(("tab", "colon", "decorated", "bold", "bare"), 0)
        bold_rows = 0
        for row in rows[:600]:
            for style, label, value in self.candidates(row):
                known = self.meaning(label, value)
                if known or (style == "bold" and label.endswith("?")):
                    counts[style] += 1
                bold_rows += style == "bold" and known is None
        if counts["bold"] == 1 and bold_rows:
            counts["bold"] = 2
        if counts["decorated"] >= 2 and counts["colon"] + counts["tab"] < counts["decorated"]:
            return frozenset({"decorated"})
        active = {style for style in ("tab", "colon") if counts[style]}
        active |= {style for style in ("bold", "bare") if counts[style] >= 2}
        if counts["decorated"] >= 2:
            active.add("decorated")
        return frozenset(active)

    def candidates(self, row: str) -> list[tuple[str, str, str]]:
        """The ways in which a row may be a label: style, label, value beside it."""
        text = MARKS.sub("", row)
        if not text.strip() or len(text) > 2000:
            return []
        found: list[tuple[str, str, str]] = []
        if "\t" in text.strip():
            label, value = _cells(text)
            if 0 < len(label) <= 80 and "\t" not in value:
                return [("tab", label, value)]
        match = _COLON.match(text)
        if match and self._is_intro(match[1]):
            return []
        if (
            match
            and self._may_be_label(match[1])
            and not (_CLOCK.search(match[1]) and match[2][:1].isdigit())
        ):
            found.append(("colon", match[1].strip(), match[2].strip()))
            return found
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
        elif len(text) <= 70 and fold(text) in self._vocabulary.labels:
            found.append(("bare", text.strip(), ""))
        return found

    def _is_intro(self, text: str) -> bool:
        """A sentence of the form's own, such as "Ann just submitted your form:"."""
        if len(text.split()) < 3 or text.endswith("?") or self.meaning(text, "") is not None:
            return False
        return self._vocabulary.text["intro"].found_in(fold_text(text[:200])) is not None

    @staticmethod
    def _may_be_label(label: str) -> bool:
        if len(label.split()) > 9 or _SENTENCE.search(label) or "http" in label or "@" in label:
            return False
        return any(character.isalpha() for character in label)

    def meaning(self, label: str, value: str) -> str | None:
        return meaning_of(label, value, self._vocabulary)


def _cells(text: str) -> tuple[str, str]:
    """The first cell of a table row, as a label, and the rest of the row."""
    label, _, value = text.strip().partition("\t")
    return label.rstrip(" :\uff1a"), value.strip()
