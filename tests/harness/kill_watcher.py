"""Kills the watcher at seeded moments while mail keeps arriving, and asks doveadm what was lost or doubled.

    python -m tests.harness.kill_watcher --kills 300 --seed 1 [--naive seen-first]

Every life is a process with the real watcher and the real reader of mails over a real profile. It may begin
where the one before died: with a mail fetched, stored or half judged. Truth is the list of the Inbox that
doveadm prints. `--naive` runs a watcher as it is often written, which must be caught.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leaddesk.desk.watch import Pace
from leaddesk.doors.instance import Kind, ProfileLock
from leaddesk.words.account import Account, Security, Server
from leaddesk.words.mail import Place
from tests.harness.found import READING, STEPS, Found, found
from tests.harness.lives import Kill, Life, live
from tests.harness.naive_watch import NAIVE, NaiveWatcher
from tests.harness.postman import postman
from tests.harness.watching_desk import WatchingDesk
from tests.real.dovecot import Dovecot

_RANDOM_S = 0.15
_AFTER_STEP_S = 0.004
_PACE = Pace(renew_s=5.0, backoff_s=0.05, backoff_most_s=0.2, timeout_s=5.0)
_END_S = 60.0
_ALL = 1_000_000
_USER, _PASSWORD = "ana", "secret words"


@dataclass(frozen=True)
class Run:
    """One run: its folder, the server, and who watches."""

    root: Path
    dovecot: Dovecot
    naive: str | None

    def open(self, life: Life) -> WatchingDesk:
        return WatchingDesk(self.root / "profile", _PASSWORD, Steps(life), _PACE)

    def naive_watcher(self, desk: WatchingDesk) -> NaiveWatcher | None:
        return NAIVE[self.naive](desk, _USER, _PASSWORD) if self.naive is not None else None

    # -- what children do

    def prepare(self, life: Life) -> None:
        """The profile with its account, and the first sync of an empty mailbox."""
        desk = self.open(life)
        nowhere = Server("127.0.0.1", 1, Security.PLAIN)
        desk.store.accounts.add(
            Account(
                email="ana@lofts.example",
                user=_USER,
                imap=self.dovecot.plain_server,
                smtp=nowhere,
                keep_in_memory=True,
            )
        )
        desk.watcher().once()

    def life(self, life: Life) -> None:
        """Watches and reads until it is killed."""
        with ProfileLock(self.root / "profile", Kind.WATCH):
            desk = self.open(life)
            naive = self.naive_watcher(desk)
            life.ready()
            if naive is not None:
                naive.run()
            desk.receiver.start()
            desk.watcher().start()
            time.sleep(_END_S)

    def finish(self, life: Life) -> None:
        """The last life is not killed: it takes in what is there, and reads it."""
        desk = self.open(life)
        naive = self.naive_watcher(desk)
        if naive is not None:
            naive.look()
        else:
            desk.watcher().once()
        desk.receive.read_waiting()

    def report(self, life: Life) -> None:
        """What the database says, for the parent, which never opens it: a line for each mail."""
        desk = self.open(life)
        assert desk.store.is_sound()
        mails = [mail for place in Place for mail in desk.store.mails.in_place(place, _ALL)]
        leads = itertools.takewhile(bool, map(desk.store.leads.get, itertools.count(1)))
        told = {
            "rows": [[mail.subject, mail.place] for mail in mails],
            "unread": len(desk.store.mails.unread()),
            "enquiries": [enquiry.subject for lead in leads if lead for enquiry in lead.enquiries],
        }
        (self.root / "report").write_text(json.dumps(told))


class Steps:
    """Where the two threads stand: the one that fetches, and the one that reads."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._at = ["idle", "idle"]

    def __call__(self, name: str) -> None:
        self._at[name in READING] = name
        self._life.step(name, "+".join(self._at))


def kills(count: int, seed: int) -> Iterator[Kill]:
    """Seeded moments: half of them anywhere, half steered to a step, so that each is hit often enough."""
    dice = random.Random(seed)
    for number in range(count):
        if number % 2:
            yield Kill(after_s=dice.uniform(0, _RANDOM_S))
        else:
            step = STEPS[number // 2 % len(STEPS)]
            yield Kill(after_s=dice.uniform(0, _AFTER_STEP_S), step=step, nth=dice.randint(1, 2))


def run(count: int, seed: int, *, naive: str | None = None) -> Found:
    """The whole run; its folder is taken away afterwards."""
    began = time.monotonic()
    root = Path(tempfile.mkdtemp(prefix="ldwatch"))
    try:
        with Dovecot({_USER: _PASSWORD}) as dovecot:
            this = Run(root, dovecot, naive)
            live(this.prepare, root / "step", None)
            with postman(dovecot, _USER, seed):
                steps = [live(this.life, root / "step", kill) for kill in kills(count, seed)]
            live(this.finish, root / "step", None)
            live(this.report, root / "step", None)
            told = json.loads((root / "report").read_text())
            assert told["unread"] == 0
            there = subjects(dovecot)
            at_death = [step for both in steps for step in both.split("+")]
            return found(there, told["rows"], told["enquiries"], count, at_death, time.monotonic() - began)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def subjects(dovecot: Dovecot) -> list[str]:
    """What lies in the Inbox, as doveadm says."""
    printed = dovecot.doveadm("-f", "flow", "fetch", "-u", _USER, "hdr.subject", "mailbox", "INBOX", "all")
    return [line.partition("=")[2] for line in printed.splitlines() if line]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.harness.kill_watcher")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--naive", choices=NAIVE, help="a watcher that must be caught")
    asked = parser.parse_args()
    result = run(asked.kills, asked.seed, naive=asked.naive)
    print("\n".join(result.lines()))
    sys.exit(0 if result.is_broken == (asked.naive is not None) else 1)


if __name__ == "__main__":
    main()
