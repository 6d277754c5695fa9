"""Every step of the sender crashed once and twice: nothing lost, nothing doubled.

    python -m tests.harness crashes --long

The first crash ends a life at each of its steps in turn. From what each left behind, every life that
resumes is ended at each of its own steps again; the third one runs to its end, and the model is asked.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from leaddesk.desk.settling import SendPace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.smtp import StageTimeouts
from leaddesk.words.account import Server
from leaddesk.words.settings import RETRY_SECONDS
from leaddesk.words.states import READY
from tests.harness.crash import Steps, Work, copied, die, quick_folder, survey
from tests.harness.model import broken, message_ids, rows_of
from tests.harness.sinks import sink_process
from tests.outgoing_desk import OutgoingDesk

PERSONALITIES = (
    "normal", "answer:QUIT:421 4.3.2 closing", "drop-after", "drop-before", "answer:DOT:451 4.3.0 later",
    "partial:2",
)  # fmt: skip
"""The first one is CI's; all of them are the long run's."""
NEVER_TAKES = ("answer:DOT:451 4.3.0 later",)
_STAGES = StageTimeouts().scaled(1 / 120)
_PACE = SendPace(rest_s=1.0, offline_s=0.0, refused_s=0.0, stages=_STAGES)


@dataclass(frozen=True)
class Ran:
    """Figures of one run."""

    crashes: int
    steps: tuple[str, ...]
    """Those of a life without a crash."""
    wrong: tuple[str, ...]
    """Broken promises, each with the crash that broke it."""
    seconds: float

    def lines(self) -> list[str]:
        return [
            f"{self.crashes} ways to crash in {self.seconds:.0f} s; steps of a life: {len(self.steps)}:",
            " ".join(self.steps),
            *self.wrong,
            f"{len(self.wrong)} broken",
        ]


@dataclass(frozen=True)
class World:
    """A profile, a server, and what is done there in one life."""

    root: Path
    smtp: Server
    mails: int = 1

    @property
    def truth(self) -> Path:
        return self.root / "truth.jsonl"

    def prepare(self, steps: Steps) -> None:
        desk = OutgoingDesk.open(self.root / "profile", Clock())
        desk.config.set(RETRY_SECONDS, "1")
        desk.account(self.smtp)
        for _ in range(self.mails):
            desk.approved(desk.lead())

    def life(self, profile: Path) -> Work:
        """A start of the program that sends what it may."""

        def work(steps: Steps) -> None:
            self._live(profile, steps)

        return work

    def _live(self, profile: Path, steps: Steps) -> OutgoingDesk:
        """A mail that was put off once needs another round."""
        desk = OutgoingDesk.open(profile, Clock())
        steps.around_commits(desk.store)
        sender = desk.sender(_PACE, steps)
        sender.round()
        while desk.store.outbox.all_in(READY) and self._lets_try_again(desk):
            desk.sender(_PACE, steps).round()
        return desk

    def _lets_try_again(self, desk: OutgoingDesk) -> bool:
        """Time passes, once: nobody waits for minutes here."""
        rows = desk.store.database.tables.outgoing
        with desk.store.database.session():
            waited = rows.update(next_try=None).where(rows.next_try.is_null(False), rows.attempts < 2)
            return bool(waited.execute())

    def last_life(
        self, profile: Path, told: Path, before: Sequence[str], since: int, *, is_settled: bool
    ) -> Work:
        """One that runs to its end, and asks the model. The sink took `before`, and what follows `since`."""

        def work(steps: Steps) -> None:
            rows = rows_of(self._live(profile, steps).store)
            told.write_text("\n".join(broken(rows, [*before, *self.taken()[since:]], is_settled=is_settled)))

        return work

    def taken(self) -> list[str]:
        return message_ids(self.truth)


@contextmanager
def world(personality: str, mails: int = 1) -> Iterator[World]:
    root = quick_folder("ldcrash")
    try:
        with sink_process(root / "truth.jsonl", personality) as smtp:
            made = World(root, smtp, mails)
            survey(made.prepare, root / "steps")
            yield made
    finally:
        shutil.rmtree(root, ignore_errors=True)


def run(
    personality: str = "normal",
    *,
    twice: bool = True,
    only: tuple[int, ...] = (),
    named: str = "",
    mails: int = 1,
) -> Ran:
    """All crashes with one sink; `only` is one of them again, by its numbers, as it was printed.

    `named`: once, at the first step of that name. Of more `mails` than one the end of each is written down
    together with the claim of the next.
    """
    began = time.monotonic()
    with world(personality, mails) as at:
        log = at.root / "steps"
        whole = survey(at.life(copied(at.root / "profile", at.root / "whole")), log)
        ran = Ran(0, tuple(whole), (), 0.0)
        if named:
            only, twice = (whole.index(named) + 1,), False
        for first in only[:1] or range(1, len(whole) + 1):
            ran = _from_first(at, personality, first, ran, twice=twice, second=only[1:])
    return replace(ran, seconds=time.monotonic() - began)


def _from_first(
    at: World, personality: str, first: int, ran: Ran, *, twice: bool, second: tuple[int, ...]
) -> Ran:
    log, before = at.root / "steps", len(at.taken())
    left = copied(at.root / "profile", at.root / "left")
    die(at.life(left), log, first)
    held = at.taken()[before:]
    steps, wrong = _ends(at, personality, left, (first,), held)
    again = (second or range(1, steps + 1)) if twice else ()
    for number in again:
        since = len(at.taken())
        resumed = copied(left, at.root / "resumed")
        die(at.life(resumed), log, number)
        wrong += _ends(at, personality, resumed, (first, number), held + at.taken()[since:])[1]
    return replace(ran, crashes=ran.crashes + 1 + len(again), wrong=(*ran.wrong, *wrong))


def _ends(
    at: World, personality: str, left: Path, crashes: tuple[int, ...], held: Sequence[str]
) -> tuple[int, list[str]]:
    """How many steps the last life took, and what is broken, with the command that shows it again."""
    told, is_settled = at.root / "told", personality not in NEVER_TAKES
    profile = copied(left, at.root / "last")
    work = at.last_life(profile, told, held, len(at.taken()), is_settled=is_settled)
    steps = survey(work, at.root / "steps")
    numbers = ",".join(map(str, crashes))
    which = f'--personality "{personality}" --mails {at.mails} --only {numbers}'
    again = f"python -m tests.harness crashes {which}"
    return len(steps), [f"{sentence}  [{again}]" for sentence in told.read_text().splitlines()]
