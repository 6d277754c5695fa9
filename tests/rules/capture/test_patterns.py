"""Every pattern of the capture rules is linear: 100 KB made to hurt take no longer than 50 ms (FAULTS T9)."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import leaddesk.rules.capture
from leaddesk.rules.capture.vocabulary import Phrases, shipped

SIZE = 100_000
LIMIT_S = 0.05
PHRASES_LIMIT_S = 0.15
"""Hundreds of phrases in one pattern: linear, and still some 60 ms for 100 KB on a slow machine."""
SEEDS = (
    "a", " ", "\t", "0", "-", "<", '"', ":", "=?a?q?", "a.", "a@b.", "1 ", "(1) ", "+1 ", '<a b="',
    "<meta ", "A b, ", "a: ", "\n", "x\n", "https://", "a(", "\u3042", "From A ", "5.1.1", "550 ",
    "-- ", "***a", "re: ", ";a=", "\u201ca", "<![CDATA[", "your form ", "message for ", "2026 ",
    "1 may ", ">",
)  # fmt: skip
_AT_START = frozenset({"match", "fullmatch"})


def _uses(name: str) -> set[str]:
    """How the rules use a pattern: anchored ones are only ever tried at the start of a text."""
    folder = Path(next(iter(leaddesk.rules.capture.__path__)))
    sources = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(rf"\b{name}\.(\w+)\(", sources))
    return used or {"search"}


def _patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    package = leaddesk.rules.capture
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{found.name.rpartition('.')[2]}.{name}", value, _uses(name)
    for group in ("subjects", "text", "spam"):
        words: dict[str, Phrases] = dict(getattr(shipped(), group))
        for name, phrases in words.items():
            yield f"vocabulary.{group}.{name}", phrases.pattern, {"search"}


PATTERNS = {name: (pattern, uses) for name, pattern, uses in _patterns()}


def _seconds(pattern: re.Pattern[Any], uses: set[str], seed: str) -> float:
    text: str | bytes = (seed * (SIZE // len(seed) + 1))[:SIZE]
    if isinstance(pattern.pattern, bytes):
        text = str(text).encode()
    start = time.process_time()
    if uses <= _AT_START:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        sum(1 for _ in pattern.finditer(text))
    return time.process_time() - start


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_stays_linear_on_text_made_to_hurt(name: str) -> None:
    pattern, uses = PATTERNS[name]
    limit = PHRASES_LIMIT_S if name.startswith("vocabulary.") else LIMIT_S
    for seed in SEEDS[:8] if name.startswith("vocabulary.") else SEEDS:
        seconds = _seconds(pattern, uses, seed)
        if seconds >= limit:  # a busy machine: the best of some counts
            seconds = min(_seconds(pattern, uses, seed) for _ in range(5))
        assert seconds < limit, f"{name} took {seconds:.3f} s over {seed!r} repeated"
