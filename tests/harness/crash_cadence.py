"""Every step of a followed lead crashed: from the enquiry and its holding message to the plan's own end.

    python -m tests.harness followed --long

A life lands the enquiry, judges it, acknowledges it, sends the person's reply, lets the steps of its plan
fall due, does them, and sees the plan end the lead. The clock is virtual and durable: who resumes goes on at
the hour at which the other died.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leaddesk.desk.falling import Falling
from leaddesk.desk.receive import Receive
from leaddesk.desk.send import Sender
from leaddesk.words.account import Server
from leaddesk.words.lead import Decision, Lead, Verb
from leaddesk.words.mail import MailKey, RawMail, Role
from leaddesk.words.outgoing import OutgoingKind, OutgoingState, Resolution
from leaddesk.words.states import UNDER_WAY, Outcome
from tests.desk.holding_house import asks, ready
from tests.frozen_clock import FrozenClock
from tests.harness.crash import Steps, Work, copied, die, quick_folder, survey
from tests.harness.crash_sender import Ran
from tests.harness.model import broken, message_ids, rows_of
from tests.harness.sinks import sink_process
from tests.harness.watching_desk import ReaderInside
from tests.house import House

_START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_PLAN = """name = "Standard"
about = "One mail, one task, and then it is over."
end = "no response"
cap_per_week = 4

[[steps]]
after = "2d"
channel = "email"

[[steps]]
after = "1d"
channel = "task"
"""
_SAMPLE = 10
"""So many pairs of crashes are tried where not all of them are."""
_LONGEST = 40
"""Turns of the wheel after which a life has hung itself up."""


@dataclass(frozen=True)
class Course:
    """Where it happens: one enquiry, one person who does what is due, one server."""

    root: Path
    smtp: Server

    @property
    def truth(self) -> Path:
        return self.root / "truth.jsonl"

    def prepare(self, steps: Steps) -> None:
        profile = self.root / "profile"
        (profile / "cadences").mkdir(parents=True)
        (profile / "cadences" / "standard.toml").write_text(_PLAN)
        (profile / "enquiry.eml").write_bytes(asks())
        house = House.open(profile, ReaderInside(), FrozenClock(_START))
        ready(house, smtp=self.smtp)

    def image(self, number: int, name: str) -> None:
        """What a process that dies at this step of the whole life leaves: its disk, and what was taken.

        A dot that was sent is taken whatever becomes of its sender.
        """
        image, before = self.root / f"image-{number}", self._taken_at(number - 1)
        copied(self.root / "whole", image)
        end = time.monotonic() + 5.0
        while name == "dot-sent" and len(message_ids(self.truth)) == before and time.monotonic() < end:
            time.sleep(0.001)
        (image / "taken").write_text("\n".join(message_ids(self.truth)))

    def _taken_at(self, number: int) -> int:
        file = self.root / f"image-{number}" / "taken"
        return len(file.read_text().split()) if file.exists() else 0

    def life(self, profile: Path, since: int, held: Sequence[str] = ()) -> Work:
        """Goes on from where the profile stands, to the end of the plan. The sink took `held` before."""

        def work(steps: Steps) -> None:
            Wheel(self, profile, steps, since, held).turn()

        return work

    def last_life(self, profile: Path, told: Path, since: int, held: Sequence[str]) -> Work:
        """One that runs to its end, and then says what is broken."""

        def work(steps: Steps) -> None:
            wheel = Wheel(self, profile, steps, since, held)
            wheel.turn()
            told.write_text("\n".join(wheel.broken()))

        return work


class Wheel:
    """One life: does whatever is to be done now, and then lets time pass to the next thing."""

    def __init__(self, at: Course, profile: Path, steps: Steps, since: int, held: Sequence[str]) -> None:
        self._at, self._since, self._held = at, since, held
        self._profile, self._hour = profile, profile / "hour"
        told = self._hour.read_text() if self._hour.exists() else _START.isoformat()
        self._clock = FrozenClock(datetime.fromisoformat(told))
        self._house = House.open(profile, ReaderInside(), self._clock)
        desk = self._desk = self._house.desk
        steps.around_commits(desk.store)
        whole = desk.receive
        self._receive = Receive(
            desk.store, desk.clock, ReaderInside(), whole._matching, whole._landing, whole._sent,
            whole._sorting, steps,
        )  # fmt: skip
        self._sender = Sender(
            desk.store, desk.clock, desk.bus, desk.config, desk._passwords, desk._troubles, desk._sign_ins,
            step=steps,
        )  # fmt: skip
        self._falling = Falling(desk.store, desk.alerts.raise_for)
        self._falling.begin(self._clock.now() - timedelta(hours=1))

    def turn(self) -> None:
        """Until the lead is closed by its plan."""
        self._land()
        for _ in range(_LONGEST):
            self._sender.round()
            self._settle()
            lead = self._lead()
            if lead.state.outcome is not Outcome.OPEN:
                return
            if not self._act(lead):
                self._let_time_pass(lead)
        raise AssertionError("the plan did not come to its end")

    def taken(self) -> list[str]:
        return [*self._held, *message_ids(self._at.truth)[self._since :]]

    def _land(self) -> None:
        raw = (self._profile / "enquiry.eml").read_bytes()
        key = MailKey(account=1, role=Role.INBOX, folder="INBOX", uidvalidity=1, uid=1)
        self._desk.store.mails.keep(
            RawMail(raw=raw, received_at=_START, seen_at=_START, size=len(raw), key=key)
        )
        self._receive.read_waiting()

    def _settle(self) -> None:
        """The person looks for themselves whether a mail arrived, and says so."""
        for mail in self._desk.store.outbox.all_in([OutgoingState.UNSURE]):
            there = mail.message_id in self.taken()
            if mail.kind is OutgoingKind.REPLY:
                self._desk.reply.resolve(mail.id, Resolution.ARRIVED if there else Resolution.AGAIN)

    def _act(self, lead: Lead) -> bool:
        """What a person does now: the first reply, then whatever step is due. Whether there was any."""
        if self._desk.store.outbox.all_in(UNDER_WAY, lead.id):
            return True
        course = lead.course
        if not any(mail.kind is OutgoingKind.REPLY for mail in self._desk.store.outbox.all_in(OutgoingState)):
            self._desk.reply.send_text(lead.id, "Yes, we do. When may we come?", undo=False)
        elif course is None or course.at is None or course.at > self._clock.now() or course.closes:
            return False
        elif course.way is not None and course.way.value == "email":
            self._desk.reply.send_text(lead.id, "Did you get our mail?", undo=False)
        else:
            self._desk.following.pass_over(lead.id)
        return True

    def _let_time_pass(self, lead: Lead) -> None:
        """To the moment at which the next step falls due, and the pulse notices."""
        assert lead.course is not None
        assert lead.course.at is not None, lead.course
        if lead.course.at > self._clock.now():
            self._clock.jump(lead.course.at + timedelta(seconds=1))
            self._hour.write_text(self._clock.now().isoformat())
        self._falling.tick(self._clock.now())

    def _lead(self) -> Lead:
        return self._house.lead(1)

    # -- what must be true at the end

    def broken(self) -> list[str]:
        """Sentences about whatever is not as it must be."""
        store = self._desk.store
        found = broken(rows_of(store), self.taken())
        kinds = [mail.kind for mail in store.outbox.all_in(OutgoingState) if mail.message_id]
        wanted = {OutgoingKind.HOLDING: 1, OutgoingKind.REPLY: 2}
        found += [
            f"{kinds.count(kind)} mails of kind {kind}, not {count}"
            for kind, count in wanted.items()
            if kinds.count(kind) != count
        ]
        return found + self._broken_record()

    def _broken_record(self) -> list[str]:
        lead, found = self._lead(), []
        verbs = [entry.verb for entry in lead.record if isinstance(entry, Decision)]
        for verb in (Verb.CADENCE_STARTED, Verb.CLOSED):
            if verbs.count(verb) != 1:
                found.append(f"{verbs.count(verb)} entries of {verb}, not one")
        if len(lead.enquiries) != 1 or self._desk.store.leads.get(2) is not None:
            found.append("one enquiry became several")
        if lead.state.outcome is not Outcome.NO_RESPONSE:
            found.append(f"the lead ended as {lead.state.outcome}")
        before = self._row()
        self._desk.store.leads.refold(1)
        return found + (["the lead's row is not the fold of its record"] if before != self._row() else [])

    def _row(self) -> str:
        lead = self._desk.store.database.tables.lead
        with self._desk.store.session():
            return json.dumps(lead.select().where(lead.id == 1).dicts().get(), default=str, sort_keys=True)


@contextmanager
def course() -> Iterator[Course]:
    root = quick_folder("ldcourse")
    try:
        with sink_process(root / "truth.jsonl", "normal") as smtp:
            made = Course(root, smtp)
            survey(made.prepare, root / "steps")
            yield made
    finally:
        shutil.rmtree(root, ignore_errors=True)


def run(*, twice: bool = False, seed: int = 1, only: tuple[int, ...] = ()) -> Ran:
    """Every step crashed once, and a sample of pairs; `twice`: all pairs. `only`: one of them again."""
    began = time.monotonic()
    with course() as at:
        whole = survey(
            at.life(copied(at.root / "profile", at.root / "whole"), 0), at.root / "steps", at.image
        )
        ran = Ran(0, tuple(whole), (), 0.0)
        for crashes in [only] if only else _ways(len(whole), random.Random(seed), twice=twice):
            found = [f"{each}  [{_again(crashes)}]" for each in _crashed(at, crashes)]
            ran = replace(ran, crashes=ran.crashes + 1, wrong=(*ran.wrong, *found))
    return replace(ran, seconds=time.monotonic() - began)


def _ways(steps: int, dice: random.Random, *, twice: bool) -> Iterator[tuple[int, ...]]:
    """A second crash comes at a step of the life that resumes: it has no more than are left."""
    every = range(1, steps + 1)
    yield from ((first,) for first in every)
    pairs = [(first, second) for first in every for second in range(1, steps - first + 2)]
    yield from pairs if twice else dice.sample(pairs, min(_SAMPLE, len(pairs)))


def _crashed(at: Course, crashes: tuple[int, ...]) -> list[str]:
    """What is broken after a life that died so, and the one that then ran to its end."""
    image, log, told = at.root / f"image-{crashes[0]}", at.root / "steps", at.root / "told"
    held = (image / "taken").read_text().split()
    profile, since = copied(image, at.root / "crashed"), len(message_ids(at.truth))
    for step in crashes[1:]:
        die(at.life(profile, since, held), log, step)
    survey(at.last_life(profile, told, since, held), log)
    return told.read_text().splitlines()


def _again(crashes: tuple[int, ...]) -> str:
    return f"python -m tests.harness followed --only {','.join(map(str, crashes))}"
