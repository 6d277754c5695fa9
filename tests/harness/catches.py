"""Short looks at one promise each: what they find broken is what the harness catches a bug by."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from leaddesk.desk.backup import FROZEN_KEY
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import open_store
from leaddesk.words.errors import LeadDeskError
from tests.desk.holding_house import ready
from tests.frozen_clock import FrozenClock
from tests.harness import claims, crash_sender, cuts, second_cuts
from tests.harness.crash import Steps, copied, quick_folder, survey
from tests.harness.machines import MACHINES, World
from tests.harness.model import broken, rows_of
from tests.harness.test_stop_wins import Race
from tests.harness.watching_desk import ReaderInside
from tests.house import House
from tests.letters import form_notice
from tests.made import account
from tests.outgoing_desk import OutgoingDesk
from tests.real.sink import Sink


def crashed(step: str, personality: str = "normal") -> Sequence[str]:
    """One crash of the sender at the named step."""
    return crash_sender.run(personality, named=step).wrong


def cut(personality: str) -> Sequence[str]:
    """The dialogue cut here and there, and once in a while not at all."""
    return cuts.run(17, (personality,)).wrong


def second_cut(personality: str) -> Sequence[str]:
    """The same while a connection carries its second mail."""
    return second_cuts.run(17, (personality,)).wrong


def claimed_by_two() -> Sequence[str]:
    return claims.run(20, 1).wrong


def stopped(stop: str, *, after_commit: bool) -> Sequence[str]:
    """A stop between claim and last dot, or after it: in time only if the mail did not go."""
    with _folder() as folder:
        clock = FrozenClock()
        store = open_store(folder / "profile", "window", clock.now)
        store.accounts.add(account())
        race, went = Race(store, clock, 1), False
        assert store.outbox.claim(clock.now(), "me", [1]) is not None
        if after_commit:
            store.outbox.committing(race.mail.id, "me")
            went = True
        is_in_time = race.stops()[stop]()
        if not after_commit:
            try:
                store.outbox.committing(race.mail.id, "me")
                went = True
            except LeadDeskError:
                pass
        return [f"sent after a stop by {stop}"] if is_in_time and went else []


def changed_after_approval() -> Sequence[str]:
    """A row whose text is not the one that was approved."""
    with _sending() as (desk, sink):
        mail = desk.approved(desk.lead())
        rows = desk.store.database.tables.outgoing
        with desk.store.transaction():
            rows.update(body="Never.").where(rows.id == mail.id).execute()
        desk.sender().round()
        return [f"sent unapproved: {each.message_id}" for each in sink.taken()]


def overdue() -> Sequence[str]:
    """A queue of three days ago at start-up."""
    with _sending() as (desk, sink):
        desk.approved(desk.lead())
        desk.pass_time(days=3)
        desk.sender().round()
        return [f"stale and sent: {each.message_id}" for each in sink.taken()]


def sent_once() -> Sequence[str]:
    """A mail that simply goes out, and its record."""
    with _sending() as (desk, sink):
        desk.approved(desk.lead())
        desk.sender().round()
        return broken(rows_of(desk.store), [each.message_id for each in sink.taken()])


def restored() -> Sequence[str]:
    """A backup of before the sending comes back, and services start."""
    with crash_sender.world("normal") as at:
        old = copied(at.root / "profile", at.root / "old")
        survey(at.life(at.root / "profile"), at.root / "steps")

        def restore(steps: Steps) -> None:
            OutgoingDesk.open(old, Clock()).store.settings.put(FROZEN_KEY, "1")

        survey(restore, at.root / "steps")
        survey(at.life(old), at.root / "steps")
        taken = at.taken()
    return [f"doubled: {each}" for each in {*taken} if taken.count(each) > 1]


def acknowledged() -> Sequence[str]:
    """The machines that write by forms, a few virtual days."""
    with _folder() as folder:
        clock = FrozenClock(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
        house = House.open(folder / "profile", ReaderInside(), clock)
        number = ready(house)
        path = {"Return_Path": "<www@host.example>"}
        house.desk.forms.register_mail(form_notice("Ro Bot", "r@first.example", "A loft?", **path))
        world = World(house, clock, number, most=6)
        for seed, machine in enumerate(each for each in MACHINES if each.is_form):
            world.meet(machine, seed)
        found = [f"acknowledged too often: {each}" for each in world.too_often()]
        house.close()
        return found


@contextmanager
def _folder() -> Iterator[Path]:
    folder = quick_folder("ldcatch")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _sending() -> Iterator[tuple[OutgoingDesk, Sink]]:
    """A desk whose time stands still, and its server."""
    with tempfile.TemporaryDirectory(prefix="ldcatch") as folder:
        desk = OutgoingDesk.open(Path(folder) / "profile", FrozenClock())
        with Sink(truth=Path(folder) / "truth") as sink:
            desk.account(sink.server)
            yield desk, sink
