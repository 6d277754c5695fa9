"""Rows in which a label and its value take turns, as exports of tables to plain text have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leaddesk.rules.capture.html_text import bare

_LONGEST = 90
"""Characters of a label."""
_LEAST = 3
"""Known labels that a run needs before its unknown ones are believed."""

Meaning = Callable[[str, str], str | None]


def alternating(rows: list[str], is_label: Callable[[str], bool], meaning: Meaning) -> frozenset[int]:
    """The places of the labels in runs of rows where every other row is one; empty where none is such."""
    found: set[int] = set()
    for start, end in _runs(rows):
        if end - start >= 2 * _LEAST and sum(map(is_label, rows[start:end])) >= _LEAST - 1:
            found.update(_labels([bare(row).strip() for row in rows[start:end]], start, meaning))
    return frozenset(found)


def _runs(rows: list[str]) -> Iterator[tuple[int, int]]:
    """Where rows with text follow each other without an empty one."""
    start = 0
    for place, row in enumerate([*rows, ""]):
        if not bare(row).strip():
            yield start, place
            start = place + 1


def _labels(run: list[str], start: int, meaning: Meaning) -> Iterator[int]:
    known: dict[int, str] = {}
    for place, text in enumerate(run[:-1]):
        told = meaning(text, run[place + 1]) if len(text) <= _LONGEST and ":" not in text else None
        if told:
            known[place] = told
        if told == "message":
            break
    if not _is_enough(set(known.values()), len(known)) or len({place % 2 for place in known}) > 1:
        return
    first, last = min(known), max(known)
    last = last if known[last] == "message" else len(run) - 2
    for place in range(first % 2, last + 1, 2):
        if len(run[place]) <= _LONGEST:
            yield start + place


def _is_enough(told: set[str], count: int) -> bool:
    """Three labels, or those of a name and of a way to reach it."""
    return count >= _LEAST or ("name" in told and bool(told & {"email", "phone", "mobile"}))
