"""All benches: `python -m tests.bench [WORD …]`, the words of `_ALL`; without words, all of them.

Ratios to a floor measured in the same run, medians of interleaved runs. Ends with 1 when a promise is broken.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.bench import arrival, auditing, capture, following, kills, listing, looking_back, resting, sending
from tests.bench.parts import Stage, stage
from tests.bench.table import Line, printed

_PLAIN: Mapping[str, Callable[[], list[Line]]] = {
    "capture": capture.measure,
    "audit": auditing.measure,
    "due": following.measure,
    "listing": listing.measure,
    "review": lambda: [looking_back.measure()],
    "sending": sending.measure,
    "kills": kills.measure,
}
"""Those that need no screen."""
_SHOWN: Mapping[str, Callable[[Stage, Path], list[Line]]] = {
    "arrival": lambda on, profile: arrival.measure(on),
    "start": lambda on, profile: [resting.start(on, profile)],
    "memory": lambda on, profile: [resting.memory(on, profile)],
    "idle": resting.idle,
    "gap": lambda on, profile: [resting.gap(on)],
}
_ALL = (
    "capture",
    "arrival",
    "start",
    "memory",
    "idle",
    "gap",
    "audit",
    "due",
    "listing",
    "review",
    "sending",
    "kills",
)


def main(words: list[str]) -> int:
    wanted = words or list(_ALL)
    for word in wanted:
        if word not in _ALL:
            print(f"no bench {word}: {', '.join(_ALL)}", file=sys.stderr)
            return 2
    lines = [line for word in wanted if word in _PLAIN for line in _told(word, _PLAIN[word])]
    lines += _on_a_screen([word for word in wanted if word in _SHOWN])
    print(printed(lines))
    return 0 if all(line.ok for line in lines) else 1


def _on_a_screen(wanted: list[str]) -> list[Line]:
    if not wanted:
        return []
    with tempfile.TemporaryDirectory(prefix="ldb") as folder, stage() as on:
        profile = resting.big_profile(Path(folder))
        return [line for word in wanted for line in _told(word, partial(_SHOWN[word], on, profile))]


def _told(word: str, measure: Callable[[], list[Line]]) -> list[Line]:
    print(f"{word} …", file=sys.stderr, flush=True)
    return measure()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
