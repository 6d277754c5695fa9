"""Two desks claim the same mails at the same moment, and one of them is killed: nobody gets one twice.

    python -m tests.harness claims --long [--server]

Each round two processes with the real sender begin together over one database, on SQLite or on PostgreSQL,
with a few mails approved. One of them dies at a seeded moment; the other goes on. The next round begins
where this one ended, with the mails that the dead one still held.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from leaddesk.desk.settling import SendPace
from leaddesk.doors.clock import Clock
from leaddesk.rules.sending import WAITING
from leaddesk.words.account import Server
from leaddesk.words.outgoing import OutgoingState
from tests.harness.crash import quick_folder
from tests.harness.model import broken, message_ids, rows_of
from tests.harness.sinks import sink_process
from tests.outgoing_desk import OutgoingDesk

MAILS = 10
"""Approved anew in each round: so many claims are raced for."""
_PACE = SendPace(rest_s=1.0, offline_s=0.05)
_KILLED_WITHIN_S = 0.25
_LONGEST_S = 20.0


@dataclass(frozen=True)
class Claims:
    """Figures of one run."""

    races: int
    kills: int
    at_work: int
    """Rounds in which the one that was killed had not come to its end."""
    unsure: int
    wrong: tuple[str, ...]
    seconds: float

    def lines(self) -> list[str]:
        return [
            f"{self.races} mails raced for in {self.seconds:.0f} s, {self.kills} desks killed; "
            f"{self.at_work} of them in the middle of it; {self.unsure} unsure and explained",
            *self.wrong,
            f"{len(self.wrong)} broken",
        ]


@dataclass(frozen=True)
class Rivals:
    """Two desks and what they share."""

    root: Path
    url: str | None

    def open(self) -> OutgoingDesk:
        return OutgoingDesk.open(self.root / "profile", Clock(), self.url)

    def prepare(self, smtp: Server) -> None:
        self.open().account(smtp)

    def approve(self, count: int) -> None:
        desk = self.open()
        with desk.store.transaction():
            for _ in range(count):
                desk.approved(desk.lead())

    def send(self, ready: int, go: int, done: int) -> None:
        """One desk: it begins when both are ready, and sends until nothing waits."""
        desk = self.open()
        sender = desk.sender(_PACE)
        os.write(ready, b"r")
        os.read(go, 1)
        end = time.monotonic() + _LONGEST_S
        while desk.store.outbox.all_in(WAITING) and time.monotonic() < end:
            sender.round()
        os.write(done, b"d")

    def report(self) -> None:
        desk = self.open()
        desk.sender(_PACE).round()
        states = [mail.state for mail in desk.store.outbox.all_in(OutgoingState)]
        told = {
            "wrong": broken(rows_of(desk.store), message_ids(self.root / "truth")),
            "unsure": states.count(OutgoingState.UNSURE),
        }
        (self.root / "told").write_text(json.dumps(told))


def run(races: int, seed: int, url: str | None = None) -> Claims:
    """The whole run, on SQLite, or on the empty PostgreSQL database at `url`."""
    began, dice = time.monotonic(), random.Random(seed)
    root = quick_folder("ldrace")
    try:
        with sink_process(root / "truth", "slow:2") as smtp:
            rivals = Rivals(root, url)
            _alone(lambda: rivals.prepare(smtp))
            rounds = [_round(rivals, dice) for _ in range(races // MAILS)]
            time.sleep(0.1)  # what the last one that was killed had written may still be taken
            _alone(rivals.report)
        told = json.loads((root / "told").read_text())
    finally:
        shutil.rmtree(root, ignore_errors=True)
    again = f"[python -m tests.harness claims --size {races} --seed {seed}{' --server' * bool(url)}]"
    wrong = tuple(f"{each}  {again}" for each in told["wrong"])
    seconds = time.monotonic() - began
    return Claims(len(rounds) * MAILS, len(rounds), sum(rounds), told["unsure"], wrong, seconds)


def _round(rivals: Rivals, dice: random.Random) -> bool:
    """One race; whether the one that was killed was still at it."""
    _alone(lambda: rivals.approve(MAILS))
    ear, mouth = os.pipe()
    gate, go = os.pipe()
    ends = [os.pipe(), os.pipe()]
    desks = [_forked(partial(rivals.send, mouth, gate, end[1])) for end in ends]
    for _ in desks:
        assert select.select([ear], [], [], _LONGEST_S)[0], "a desk did not begin"
        os.read(ear, 1)
    os.write(go, b"gg")
    victim = dice.randrange(2)
    time.sleep(dice.uniform(0, _KILLED_WITHIN_S))
    was_at_it = not select.select([ends[victim][0]], [], [], 0)[0]
    os.kill(desks[victim], signal.SIGKILL)
    codes = [os.waitstatus_to_exitcode(os.waitpid(desk, 0)[1]) for desk in desks]
    assert codes[1 - victim] == 0, "the desk that was left failed"
    for descriptor in (ear, mouth, gate, go, *ends[0], *ends[1]):
        os.close(descriptor)
    return was_at_it


def _forked(work: Callable[[], None]) -> int:
    """A child that does this and ends; its number."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _alone(work: Callable[[], None]) -> None:
    assert os.waitstatus_to_exitcode(os.waitpid(_forked(work), 0)[1]) == 0, "a desk alone failed"
