"""A committed stop against the claim: a mail is never sent after their answer, wish, an undo or an edit.

LEADDESK_STOP_RACES=5000 makes it a long run; a failing race is replayed by LEADDESK_STOP_SEED with its seed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from leaddesk.desk.config import Config
from leaddesk.desk.contact import Contact
from leaddesk.desk.people import People
from leaddesk.desk.reply import Reply
from leaddesk.doors.store import Store, open_store
from leaddesk.rules.person import address_keys
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.lead import Channel, Direction, Person, Source, Touch
from leaddesk.words.outgoing import OutgoingState
from tests.frozen_clock import FrozenClock
from tests.made import account, answered, enquiry
from tests.real.postgres import Postgres, postgres

__all__ = ["postgres"]
S = OutgoingState
SEED = int(os.environ.get("LEADDESK_STOP_SEED", "12"))
RACES = int(os.environ.get("LEADDESK_STOP_RACES", "300"))
RACES_ON_A_SERVER = int(os.environ.get("LEADDESK_STOP_RACES", "100"))
NGOZI = Person(name="Ngozi Eze", emails=("ngozi@example.org",))


class Race:
    """One follow-up in the outbox, one sender and one who stops it."""

    def __init__(self, store: Store, clock: FrozenClock, number: int) -> None:
        self.store, self.clock = store, clock
        config = Config(store)
        people = People(store, config)
        self.reply = Reply(store, clock, config, people, "d3sk")
        self.contact = Contact(store, clock, people)
        box = replace(NGOZI, emails=(f"ngozi-{number}@example.org",))
        with store.transaction():
            self.lead, _ = store.leads.open(box, Source(), enquiry(), address_keys(box))
            store.leads.record(replace(answered(0, 5), lead=self.lead))
            self.mail = self.reply.send_text(self.lead, "Did you get it?", undo=False)

    def send(self, pauses: Random) -> None:
        """Claims, waits as a server would let one wait, and marks the moment before the last dot."""
        if self.store.outbox.claim(self.clock.now(), "me", [1]) is None:
            return
        threading.Event().wait(pauses.random() * 0.004)
        try:
            self.store.outbox.committing(self.mail.id, "me")
        except LeadDeskError:
            return
        self.store.outbox.sent(self.mail.id, at=self.clock.now(), answer="250 ok")

    def stops(self) -> dict[str, Callable[[], bool]]:
        """Each returns whether it was in time, as the person or the mailbox was told."""
        return {"answer": self._answer, "wish": self._wish, "undo": self._undo, "edit": self._edit}

    def is_past(self) -> bool:
        return self.store.outbox.get(self.mail.id).state in (S.COMMITTING, S.SENT)

    def _answer(self) -> bool:
        with self.store.transaction():
            stopped = self.store.outbox.give_way(self.lead)
            self.store.leads.record(
                Touch(lead=self.lead, at=self.clock.now(), direction=Direction.IN, channel=Channel.EMAIL)
            )
            return bool(stopped) or not self.is_past()

    def _wish(self) -> bool:
        self.contact.opt_out(self.lead, Channel.EMAIL)
        return not self.is_past()

    def _undo(self) -> bool:
        try:
            self.reply.cancel(self.mail.id)
        except LeadDeskError:
            return False
        return True

    def _edit(self) -> bool:
        """The text is taken back and written anew; it waits for another approval."""
        if not self._undo():
            return False
        draft = self.reply.draft(self.lead)
        self.reply.save(replace(draft, body="Did it come?"))
        return True


def race(store: Store, clock: FrozenClock, seed: int) -> tuple[str, bool, OutgoingState]:
    """How one stop and one sender met: which stop, whether it was in time, and what became of the mail."""
    chance = Random(seed)
    meeting = Race(store, clock, seed)
    name = chance.choice(sorted(meeting.stops()))
    in_time: list[bool] = []
    before = chance.random() * 0.008

    def stop() -> None:
        threading.Event().wait(before)
        in_time.append(meeting.stops()[name]())

    threads = [threading.Thread(target=stop), threading.Thread(target=meeting.send, args=(Random(seed),))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if store.outbox.get(meeting.mail.id).state is S.CLAIMED:
        store.outbox.recover()
    return name, in_time[0], store.outbox.get(meeting.mail.id).state


def races(store: Store, clock: FrozenClock, count: int) -> None:
    """Both sides must win now and then, or nothing was proved."""
    store.accounts.add(account())
    met = {seed: race(store, clock, seed) for seed in range(SEED * 100_000, SEED * 100_000 + count)}
    wrong = {seed: told for seed, told in met.items() if told[1] and told[2] is not S.CANCELLED}
    assert not wrong, f"sent after a committed stop, by seed: {wrong}"
    assert {name for name, _, _ in met.values()} == {"answer", "wish", "undo", "edit"}
    assert {state for _, _, state in met.values()} == {S.CANCELLED, S.SENT}


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


def test_nothing_is_sent_after_a_committed_stop(tmp_path: Path, clock: FrozenClock) -> None:
    store = open_store(tmp_path / "profile", "window", clock.now)
    with store.session():  # no power is lost here, and the disk would take most of the time
        store.database.peewee.pragma("synchronous", "off", permanent=True)
    races(store, clock, RACES)


@pytest.mark.real
def test_nothing_is_sent_after_a_committed_stop_on_a_server(
    postgres: Postgres, tmp_path: Path, clock: FrozenClock
) -> None:
    store = open_store(tmp_path, "window", clock.now, postgres.empty_database())
    races(store, clock, RACES_ON_A_SERVER)


def test_without_the_looks_of_claim_and_commit_the_race_is_lost(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded bug: a wish told while the mail is in the sender's hands, and nobody looks again."""
    monkeypatch.setattr("leaddesk.doors.store.stops.Stops.against", lambda *_: None)
    monkeypatch.setattr("leaddesk.doors.store.outbox.Outbox.stop", lambda *_: [])
    store = open_store(tmp_path / "profile", "window", clock.now)
    store.accounts.add(account())
    meeting = Race(store, clock, 1)
    assert store.outbox.claim(clock.now(), "me", [1]) is not None
    assert meeting.stops()["wish"]()
    store.outbox.committing(meeting.mail.id, "me")
    assert meeting.is_past()
