"""All benches: `python -m tests.bench [WORD …]`, the words of `_ALL`; without words, all of them.

Ratios to a floor measured in the same run, medians of interleaved runs. Ends with 1 when a promise is broken.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import arrival, auditing, following, kills, listing, looking_back, resting
from tests.bench.parts import stage
from tests.bench.table import Line, printed

_ALL = ("arrival", "start", "memory", "idle", "gap", "audit", "due", "listing", "review", "kills")


def main(words: list[str]) -> int:
    wanted = words or list(_ALL)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="ldb") as folder, stage() as on:
        profile = resting.big_profile(Path(folder))
        for word in wanted:
            print(f"{word} …", file=sys.stderr, flush=True)
            match word:
                case "arrival":
                    lines += arrival.measure(on)
                case "start":
                    lines.append(resting.start(on, profile))
                case "memory":
                    lines.append(resting.memory(on, profile))
                case "idle":
                    lines += resting.idle(on, profile)
                case "gap":
                    lines.append(resting.gap(on))
                case "audit":
                    lines += auditing.measure()
                case "due":
                    lines += following.measure()
                case "listing":
                    lines += listing.measure()
                case "review":
                    lines.append(looking_back.measure())
                case "kills":
                    lines += kills.measure()
                case _:
                    print(f"no bench {word}: {', '.join(_ALL)}", file=sys.stderr)
                    return 2
    print(printed(lines))
    return 0 if all(line.ok for line in lines) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
