"""Where a person's own words end and the signature begins."""

from __future__ import annotations

import re

from leaddesk.rules.capture.html_text import RULE, SIGNATURE, bare
from leaddesk.rules.capture.vocabulary import Phrases, Vocabulary, fold_text

_RULE_ROW = re.compile(r"\s*[-_=*~\u2500\u2014]{3,}\s*")
_SIGNATURE_ROW = re.compile(r"\s*(?:--|\u2014|__)\s*")


def without_signature(rows: list[str], vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """The rows before the signature, and the signature."""
    text = vocabulary.text
    end = _last_text(rows)
    for place in range(end + 1):
        row = bare(rows[place]).strip()
        if not any(bare(before).strip() for before in rows[:place]):
            continue
        if _SIGNATURE_ROW.fullmatch(row) or SIGNATURE in rows[place] or _opens_device(row, text["device"]):
            return rows[:place], rows[place:]
        if _closes(rows, place, end, text):
            return rows[:place], rows[place:]
        if end - place <= 30 and _is_disclaimer(rows, place, text["disclaimer"]):
            return rows[:place], rows[place:]
    return rows, []


def _last_text(rows: list[str]) -> int:
    return max((place for place, row in enumerate(rows) if bare(row).strip()), default=-1)


def _opens_device(row: str, device: Phrases) -> bool:
    return len(row) < 120 and device.opens(row)


def _closes(rows: list[str], place: int, end: int, text: object) -> bool:
    """A closing formula with nothing behind it but the few short rows of a signature."""
    assert isinstance(text, dict)
    closing: Phrases = text["closing"]
    row = bare(rows[place]).strip(" ,.!\u3001\u3002")
    if len(row) > 60 or not closing.is_all_of(row):
        return False
    behind = [bare(later).strip() for later in rows[place + 1 : end + 1] if bare(later).strip()]
    if not behind:
        return place > 0
    if len(behind) > 14:
        return False
    return not behind[0].endswith("?") and len(behind[0]) <= 60


def _is_disclaimer(rows: list[str], place: int, disclaimer: Phrases) -> bool:
    """A small-print paragraph behind an empty row or a rule."""
    before = bare(rows[place - 1]).strip()
    if before and not _RULE_ROW.fullmatch(before) and RULE not in rows[place - 1]:
        return False
    row = bare(rows[place])
    return len(row) > 40 and disclaimer.found_in(fold_text(row[:400])) is not None
