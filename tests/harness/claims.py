"""Two desks claim one mail at the same moment, and one of them may be killed over it: nobody gets it twice.

    python -m tests.harness claims --long [--server]

The desks are processes over one database, on SQLite or on PostgreSQL. For each mail both are let go at once;
who has it commits, writes it into the truth (in place of a server) and records it. In one race of eight a
desk is killed at a seeded moment, and a new one takes its place and recovers while the other goes on.
"""

from __future__ import annotations

import contextlib
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
from pathlib import Path

from leaddesk.doors.clock import Clock
from leaddesk.words.errors import Refused
from leaddesk.words.outgoing import OutgoingState
from tests.harness.crash import quick_folder
from tests.harness.imported import import_all
from tests.harness.model import broken, rows_of
from tests.outgoing_desk import OutgoingDesk

_KILLED_IN = 8
_KILLED_WITHIN_S = 0.02
_LONGEST_S = 20.0


@dataclass(frozen=True)
class Claims:
    """Figures of one run."""

    races: int
    kills: int
    unsure: int
    wrong: tuple[str, ...]
    seconds: float

    def lines(self) -> list[str]:
        return [
            f"{self.races} mails raced for in {self.seconds:.0f} s, {self.kills} desks killed over one; "
            f"{self.unsure} unsure and explained",
            *self.wrong,
            f"{len(self.wrong)} broken",
        ]


@dataclass(frozen=True)
class Rivals:
    """What two desks share."""

    root: Path
    url: str | None

    @property
    def truth(self) -> Path:
        return self.root / "truth"

    def open(self) -> OutgoingDesk:
        return OutgoingDesk.open(self.root / "profile", Clock(), self.url)

    def prepare(self, mails: int) -> None:
        desk = self.open()
        desk.account()
        with desk.store.transaction():
            for _ in range(mails):
                desk.approved(desk.lead())

    def send(self, desk: OutgoingDesk, owner: str) -> bool:
        """Claims one mail, and brings it to its end; False where none waits."""
        outbox = desk.store.outbox
        claim = outbox.claim(desk.clock.now(), owner, [1])
        if claim is None:
            return False
        with contextlib.suppress(Refused):
            outbox.committing(claim.outgoing, owner)
            taken = os.open(self.truth, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
            os.write(taken, f"{claim.message_id}\n".encode())
            os.close(taken)
            outbox.sent(claim.outgoing, at=desk.clock.now(), answer="250 ok")
        return True

    def report(self) -> None:
        """Sends what was left, alone, and asks the model."""
        desk = self.open()
        desk.store.outbox.recover()
        while self.send(desk, "last"):
            pass
        states = [mail.state for mail in desk.store.outbox.all_in(OutgoingState)]
        found = broken(rows_of(desk.store), self.truth.read_text().split())
        told = {"wrong": found, "unsure": states.count(OutgoingState.UNSURE)}
        (self.root / "told").write_text(json.dumps(told))


class Desk:
    """One of the two, as a process; it is told when to go, and says when it is through."""

    def __init__(self, rivals: Rivals, name: str) -> None:
        go, self._go = os.pipe()
        self._done, done = os.pipe()
        self.pid = _forked(lambda: self._life(rivals, name, go, done))
        os.close(go)
        os.close(done)
        self.wait()

    def _life(self, rivals: Rivals, name: str, go: int, done: int) -> None:
        desk = rivals.open()
        desk.store.outbox.recover()  # as every start does, whatever the other is at
        os.write(done, b"r")
        while os.read(go, 1) == b"g":
            rivals.send(desk, name)
            os.write(done, b"d")

    def go(self) -> None:
        os.write(self._go, b"g")

    def wait(self) -> None:
        assert select.select([self._done], [], [], _LONGEST_S)[0], "a desk does not answer"
        assert os.read(self._done, 1), "a desk failed"

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._go)
        os.close(self._done)


def run(races: int, seed: int, url: str | None = None) -> Claims:
    """The whole run, on SQLite, or on the empty PostgreSQL database at `url`."""
    began, dice = time.monotonic(), random.Random(seed)
    root = quick_folder("ldrace")
    try:
        rivals = Rivals(root, url)
        _alone(lambda: rivals.prepare(races))
        kills = _races(rivals, races, dice)
        _alone(rivals.report)
        told = json.loads((root / "told").read_text())
    finally:
        shutil.rmtree(root, ignore_errors=True)
    again = f"[python -m tests.harness claims --size {races} --seed {seed}{' --server' * bool(url)}]"
    wrong = tuple(f"{each}  {again}" for each in told["wrong"])
    return Claims(races, kills, told["unsure"], wrong, time.monotonic() - began)


def _races(rivals: Rivals, races: int, dice: random.Random) -> int:
    """How many desks were killed. In each round both want the first mail, and one gets the second."""
    desks = [Desk(rivals, "0.0"), Desk(rivals, "1.0")]
    kills = 0
    for number in range(races // 2):
        for desk in desks:
            desk.go()
        if dice.randrange(_KILLED_IN) == 0:
            victim = dice.randrange(2)
            time.sleep(dice.uniform(0, _KILLED_WITHIN_S))
            desks[victim].kill()
            desks[1 - victim].wait()
            desks[victim] = Desk(rivals, f"{victim}.{number}")
            kills += 1
        else:
            for desk in desks:
                desk.wait()
    for desk in desks:
        desk.kill()
    return kills


def _forked(work: Callable[[], None]) -> int:
    """A child that does this and ends; its number."""
    import_all()
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
