"""Questions of a form alone on their row, with the answer in the rows below, among rows "Label: value"."""

from __future__ import annotations

from collections.abc import Callable

from leaddesk.rules.capture.html_text import bare

_WORDS = 14
"""Words of a question."""


def asked(rows: list[str], is_labelled: Callable[[str], bool]) -> frozenset[int]:
    """The places of the questions; empty where they may as well be the visitor's.

    A form's question stands right below another answer, or there are several, each over its own.
    """
    places = [place for place in range(1, len(rows) - 1) if _asks(rows, place, is_labelled)]
    below = [place for place in places if is_labelled(rows[place - 1])]
    apart = [place for place in places if not rows[place - 1].strip()]
    return frozenset((below or []) + (apart if len(apart) >= 2 or below else []))


def _asks(rows: list[str], place: int, is_labelled: Callable[[str], bool]) -> bool:
    if not rows[place].endswith("?"):
        return False
    text = bare(rows[place]).strip()
    if not 3 <= len(text.split()) <= _WORDS or text.count(".") or "," in text:
        return False
    above, below = rows[place - 1], bare(rows[place + 1]).strip()
    return bool(below) and not is_labelled(rows[place + 1]) and (not above.strip() or is_labelled(above))
