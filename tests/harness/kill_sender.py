"""Kills the sender again and again at seeded moments, and asks the sink's own file what came of it.

    python -m tests.harness.kill_sender --kills 500 --seed 1 --personality slow:30 [--sent] [--naive]

Every life is a process with the real sender over a real profile. It may begin where the one before died: with
a mail claimed, half written, or with the server still about to accept it. `--sent` gives the sink a real
Sent folder (Dovecot), as a provider that keeps copies; then every unsure mail must find its end. `--naive`
runs a sender that marks mails only after the answer, which must be caught.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from leaddesk.desk.sent_folder import LookPace
from leaddesk.desk.settling import SendPace
from leaddesk.doors.clock import Clock
from leaddesk.doors.instance import Kind, ProfileLock
from leaddesk.words.account import Server
from leaddesk.words.outgoing import OutgoingState, Resolution
from leaddesk.words.settings import GRACE_SECONDS, RETRY_SECONDS
from leaddesk.words.states import READY, UNDER_WAY
from tests.harness.crash import quick_folder
from tests.harness.lives import Kill, Life, live
from tests.harness.model import broken, rows_of
from tests.harness.naive import NaiveSender
from tests.harness.sinks import sink_process
from tests.harness.tally import MUST_BE_HIT, Tally, tally
from tests.outgoing_desk import OutgoingDesk
from tests.real.dovecot import Dovecot
from tests.real.sink import read_truth

PERSONALITIES = (
    "slow:30",
    "normal",
    "moody:3",
    "slow-after:25;hangs-up;after:2;answer:QUIT:421 4.3.2 closing",
)
_AT_HAND = 4
"""Mails that wait when a life begins: more than it will live to send."""
_RANDOM_S = 0.12
_AFTER_STEP_S = 0.05
_PACE = SendPace(rest_s=1.0, offline_s=0.05, looks=LookPace(look_s=0.1, copy_after_s=0.0, timeout_s=5.0))
_END_S = 60.0


@dataclass(frozen=True)
class Run:
    """One run: its folder, the servers, and what was approved so far."""

    root: Path
    smtp: Server
    sent: Dovecot | None
    naive: bool

    @property
    def truth(self) -> Path:
        return self.root / "truth.jsonl"

    @property
    def _approved(self) -> Path:
        return self.root / "approved"

    def approved(self) -> list[str]:
        return self._approved.read_text().split() if self._approved.exists() else []

    def open(self) -> OutgoingDesk:
        desk = OutgoingDesk.open(self.root / "profile", Clock())
        if self.sent is not None and desk.store.accounts.all():
            desk.passwords.remember(desk.store.accounts.get(1), self.sent.users["ana"])
        return desk

    # -- what children do

    def prepare(self, life: Life) -> None:
        """The profile with its account, once."""
        desk = self.open()
        desk.config.set(GRACE_SECONDS, "1")
        desk.config.set(RETRY_SECONDS, "1")
        if self.sent is None:
            desk.account(self.smtp)
        else:
            imap, ca_file = self.sent.server, self.sent.ca_file
            desk.account(self.smtp, user="ana", smtp_user="", imap=imap, ca_file=ca_file)

    def life(self, life: Life) -> None:
        """Approves a few mails, then sends until it is killed."""
        with ProfileLock(self.root / "profile", Kind.WATCH):
            desk = self.open()
            self._approve(desk)
            if self.naive:
                life.ready()
                NaiveSender(desk, life.step).run()
            sender = desk.sender(_PACE, life.step)
            life.ready()
            sender.start()
            time.sleep(_END_S)

    def _approve(self, desk: OutgoingDesk) -> None:
        waiting = len(desk.store.outbox.all_in(READY))
        with desk.store.transaction():
            mails = [desk.approved(desk.lead()) for _ in range(_AT_HAND - waiting)]
        with self._approved.open("a") as file:
            file.writelines(f"{mail.message_id}\n" for mail in mails)

    def finish(self, life: Life) -> None:
        """The last life is not killed: it sends what still waits, and settles what can be settled."""
        desk = self.open()
        if self.naive:
            sender = NaiveSender(desk, life.step)
            sender.requeue()
            while sender.send_next():
                pass
            return
        real = desk.sender(_PACE, life.step)
        end = time.monotonic() + _END_S
        while self._is_open(desk) and time.monotonic() < end:
            time.sleep(min(real.round(), 0.05))
            real.once()
            self._answer_questions(desk)

    def _is_open(self, desk: OutgoingDesk) -> bool:
        """Something is under way, or may still be found in Sent."""
        unsure = (OutgoingState.UNSURE,) if self.sent is not None else ()
        return bool(desk.store.outbox.all_in((*UNDER_WAY, *unsure)))

    def _answer_questions(self, desk: OutgoingDesk) -> None:
        """The person looks into Sent, sees that a mail is not there, and says: send it again."""
        for trouble in desk.troubles.all():
            kind, _, number = trouble.key.partition(":")
            if kind == "unsure" and self.sent is not None:
                desk.reply.resolve(int(number), Resolution.AGAIN)

    def report(self, life: Life) -> None:
        """What the database says, for the parent, which never opens it."""
        desk = self.open()
        mails = [mail for mail in desk.reply.outbox() if mail.message_id]
        states = {mail.message_id: mail.state.value for mail in mails}
        found = sum(mail.why == "Found in Sent." for mail in mails)
        taken = [each.message_id for each in read_truth(self.truth)]
        wrong = broken(rows_of(desk.store), taken, approved=self.approved())
        told = {"states": states, "found": found, "wrong": wrong}
        (self.root / "report").write_text(json.dumps(told))


def kills(count: int, seed: int) -> Iterator[Kill]:
    """Seeded moments: half of them anywhere, half steered to a step, so that each is hit often enough."""
    dice = random.Random(seed)
    for number in range(count):
        if number % 2:
            yield Kill(after_s=dice.uniform(0, _RANDOM_S))
        else:
            step = MUST_BE_HIT[number // 2 % len(MUST_BE_HIT)]
            yield Kill(after_s=dice.uniform(0, _AFTER_STEP_S), step=step, nth=dice.randint(1, 2))


def run(count: int, seed: int, personality: str, *, naive: bool = False, sent: bool = False) -> Tally:
    """The whole run; its folder is taken away afterwards."""
    began = time.monotonic()
    root = quick_folder("ldkill")
    try:
        with _dovecot(sent) as dovecot, _sink(root, personality, dovecot) as smtp:
            this = Run(root, smtp, dovecot, naive)
            live(this.prepare, root / "step", None)
            steps = [live(this.life, root / "step", kill) for kill in kills(count, seed)]
            time.sleep(0.3)  # a server that is slow may still be accepting what the last life left
            live(this.finish, root / "step", None)
            time.sleep(0.3)
            live(this.report, root / "step", None)
            return _counted(this, steps, time.monotonic() - began)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _counted(this: Run, steps: list[str], seconds: float) -> Tally:
    told = json.loads((this.root / "report").read_text())
    states = {each: OutgoingState(state) for each, state in told["states"].items()}
    taken = [each.message_id for each in read_truth(this.truth)]
    resolved, wrong = told["found"], told["wrong"]
    return tally(this.approved(), states, taken, steps, resolved=resolved, seconds=seconds, wrong=wrong)


@contextlib.contextmanager
def _dovecot(wanted: bool) -> Iterator[Dovecot | None]:
    if not wanted:
        yield None
        return
    with Dovecot() as dovecot:
        yield dovecot


def _sink(root: Path, personality: str, sent: Dovecot | None) -> AbstractContextManager[Server]:
    truth = root / "truth.jsonl"
    if sent is None:
        return sink_process(truth, personality)
    keeps = ("--imap-port", str(sent.imap_port), "--password", sent.users["ana"])
    return sink_process(truth, personality, *keeps, program="tests.harness.keeping_sink")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.harness.kill_sender")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--personality", default="slow:30")
    parser.add_argument("--sent", action="store_true", help="the provider keeps Sent copies (Dovecot)")
    parser.add_argument("--naive", action="store_true", help="the sender that must be caught")
    asked = parser.parse_args()
    result = run(asked.kills, asked.seed, asked.personality, naive=asked.naive, sent=asked.sent)
    print("\n".join(result.lines()))
    sys.exit(0 if bool(result.wrong) == asked.naive else 1)


if __name__ == "__main__":
    main()
