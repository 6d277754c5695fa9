"""The harness by hand: a row of its table by one command, long or small, or one failure again.

    python -m tests.harness sender --long            kills, four sinks
    python -m tests.harness crashes --long           every step of the sender, once and twice, six sinks
    python -m tests.harness followed --long          every step of holding message and plan, once and twice
    python -m tests.harness cuts --long              every byte, twelve sinks, also of a second mail
    python -m tests.harness claims --long [--server] two desks, SQLite or PostgreSQL
    python -m tests.harness bugs                     the seeded bugs, each caught
    python -m tests.harness stops --long             a committed stop against the claim
    python -m tests.harness machines --long          machines answering machines

`--size` and `--seed` choose another run, `--personality` one sink, `--only` one crash or one cut. Each broken
promise is printed with the command that shows it again. Ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.harness import bugs, claims, crash_cadence, crash_sender, cuts, kill_sender, second_cuts
from tests.real.postgres import Postgres


class Result(Protocol):
    """What every run tells."""

    @property
    def wrong(self) -> Sequence[str]: ...

    def lines(self) -> list[str]: ...


@dataclass(frozen=True)
class Asked:
    """What the command line said."""

    long: bool
    server: bool
    size: int | None
    seed: int
    personality: str | None
    only: tuple[int, ...]
    mails: int

    def sized(self, small: int, long: int) -> int:
        return self.size if self.size is not None else (long if self.long else small)

    def personalities(self, all_of_them: Sequence[str]) -> tuple[str, ...]:
        return (self.personality,) if self.personality is not None else tuple(all_of_them)


def _sender(asked: Asked) -> Iterator[Result]:
    wanted = asked.personalities(kill_sender.PERSONALITIES)
    for personality in wanted:
        yield kill_sender.run(asked.sized(300, 10_000) // len(wanted), asked.seed, personality)


def _crashes(asked: Asked) -> Iterator[Result]:
    small = asked.personalities(crash_sender.PERSONALITIES[:1])
    for personality in asked.personalities(crash_sender.PERSONALITIES) if asked.long else small:
        yield crash_sender.run(personality, only=asked.only, mails=asked.mails)


def _followed(asked: Asked) -> Iterator[Result]:
    yield crash_cadence.run(twice=asked.long, seed=asked.seed, only=asked.only)


def _cuts(asked: Asked) -> Iterator[Result]:
    only = asked.only[0] if asked.only else None
    if asked.mails == 1:
        yield cuts.run(asked.sized(7, 1), asked.personalities(cuts.PERSONALITIES), only=only)
    if asked.mails > 1 or asked.personality is None:
        yield second_cuts.run(asked.sized(7, 1), asked.personalities(second_cuts.PERSONALITIES), only=only)


def _claims(asked: Asked) -> Iterator[Result]:
    if not asked.server:
        yield claims.run(asked.sized(200, 5000), asked.seed)
        return
    with Postgres() as postgres:
        yield claims.run(asked.sized(100, 2000), asked.seed, postgres.empty_database())


def _bugs(asked: Asked) -> Iterator[Result]:
    yield bugs.run()


ROWS: dict[str, Callable[[Asked], Iterator[Result]]] = {
    "sender": _sender, "crashes": _crashes, "followed": _followed, "cuts": _cuts, "claims": _claims,
    "bugs": _bugs,
}  # fmt: skip
TESTS = {
    "stops": ("tests/harness/test_stop_wins.py", "LEADDESK_STOP_RACES", 300, 5000),
    "machines": ("tests/harness/test_machines.py", "LEADDESK_MACHINES", 100, 1000),
}
"""Rows that are tests with a size: file, variable, size in CI, long size."""


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.harness")
    words.add_argument("row", choices=[*ROWS, *TESTS])
    words.add_argument("--long", action="store_true")
    words.add_argument("--server", action="store_true", help="on PostgreSQL")
    words.add_argument("--size", type=int)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--personality")
    words.add_argument("--only", type=_numbers, default=())
    words.add_argument("--mails", type=int, default=1, help="so many, one after the other")
    given = vars(words.parse_args())
    row = given.pop("row")
    asked = Asked(**given)
    return _tested(row, asked) if row in TESTS else _ran(row, asked)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _ran(row: str, asked: Asked) -> int:
    is_broken = False
    for result in ROWS[row](asked):
        print("\n".join(result.lines()), flush=True)
        is_broken = is_broken or bool(result.wrong)
    return int(is_broken)


def _tested(row: str, asked: Asked) -> int:
    file, variable, small, long = TESTS[row]
    env = os.environ | {variable: str(asked.sized(small, long))}
    return subprocess.run([sys.executable, "-m", "pytest", "-q", file], env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
