"""Copies, and the way back: nothing is lost on it, and nothing is sent before a person says so."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leaddesk import desk as core
from leaddesk.desk.backup import restore
from leaddesk.doors.mail.reader import Reader
from leaddesk.doors.store import DATABASE_NAME, open_store
from leaddesk.words.errors import Corrupt, DiskTrouble, FromTheFuture
from leaddesk.words.outgoing import OutgoingState
from tests.frozen_clock import FrozenClock
from tests.house import House
from tests.letters import letter
from tests.made import account


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def leads_in(file: Path, tmp_path: Path, clock: FrozenClock) -> int:
    """How many leads a copy holds, looked at in a folder of its own."""
    folder = tmp_path / f"look-{file.name}"
    folder.mkdir()
    shutil.copyfile(file, folder / DATABASE_NAME)
    return open_store(folder, "look", clock.now).waiting.counts(clock.now()).leads


def test_a_copy_by_hand_is_whole_and_private(house: House, tmp_path: Path, clock: FrozenClock) -> None:
    house.land(letter())
    copy = house.desk.backup.now(tmp_path / "mine.db")
    house.land(letter(sender="bob@example.org"))
    assert leads_in(copy, tmp_path, clock) == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert house.desk.backup.now().parent == house.desk.profile / "backups"


def test_there_is_one_copy_a_local_day_and_seven_are_kept(house: House, clock: FrozenClock) -> None:
    clock.move(ZoneInfo("Europe/Berlin"))
    by_hand = house.desk.backup.now()
    for _ in range(10):
        assert house.desk.backup.daily() is not None
        assert house.desk.backup.daily() is None
        clock.advance(days=1)
    names = [file.name for file in house.desk.backup.dailies()]
    assert names == [f"leaddesk-2026-11-{day:02d}.db" for day in range(5, 12)]
    assert by_hand.exists()


def test_a_day_begins_at_local_midnight(house: House, clock: FrozenClock) -> None:
    clock.move(ZoneInfo("Europe/Berlin"))
    clock.advance(hours=14, minutes=30)  # 23:30 UTC, half past midnight in Berlin
    copy = house.desk.backup.daily()
    assert copy is not None
    assert copy.name == "leaddesk-2026-11-03.db"


def test_a_restore_puts_the_data_aside_and_freezes_the_outbox(
    profile: Path, reader: Reader, tmp_path: Path, clock: FrozenClock
) -> None:
    house = House.open(profile, reader, clock)
    house.land(letter())
    copy = house.desk.backup.now(tmp_path / "old.db")
    house.land(letter(sender="bob@example.org"))
    clock.advance(days=12)

    restored = restore(profile, copy, "desk", clock)

    assert restored.file == profile / DATABASE_NAME
    assert restored.kept is not None
    assert leads_in(restored.kept, tmp_path, clock) == 2
    again = House.open(profile, reader, clock)
    assert again.desk.queue.today().leads == 1
    assert stat.S_IMODE(restored.file.stat().st_mode) == 0o600
    store = open_store(profile, "desk", clock.now)
    assert store.settings.get("outbox.frozen") == "1"


def test_nothing_goes_out_before_a_person_confirms(
    profile: Path, reader: Reader, tmp_path: Path, clock: FrozenClock
) -> None:
    from leaddesk.desk import desk_id_of

    house = House.open(profile, reader, clock)
    copy = house.desk.backup.now(tmp_path / "old.db")
    restore(profile, copy, desk_id_of(profile), clock)
    again = House.open(profile, reader, clock)
    assert again.desk.backup.frozen()
    again.desk.backup.confirm()
    assert not again.desk.backup.frozen()


def test_what_was_sent_before_the_restore_is_found_in_sent(
    profile: Path, reader: Reader, tmp_path: Path, clock: FrozenClock
) -> None:
    """Queued in the backup, sent since: the copy in Sent proves it, and it is not sent again."""
    from leaddesk.desk import desk_id_of
    from leaddesk.words.mail import Role
    from tests.made import mail_key, raw_mail

    house = House.open(profile, reader, clock)
    box = house.desk.store.accounts.add(account()).id
    house.land(letter())
    waiting = house.desk.reply.send_text(1, "Yes, we do.", undo=True)
    raw = house.desk.store.outbox.raw(waiting.id)
    copy = house.desk.backup.now(tmp_path / "old.db")
    restore(profile, copy, desk_id_of(profile), clock)

    again = House.open(profile, reader, clock)
    assert again.desk.reply.outbox()[0].state is OutgoingState.QUEUED
    key = mail_key(box, 1, role=Role.SENT, folder="Sent")
    again.desk.store.mails.keep(raw_mail(raw, minutes=2, key=key))
    clock.advance(timedelta(days=1))
    again.desk.receive.read_waiting()
    (mail,) = again.desk.reply.outbox()
    assert (mail.state, mail.why) == (OutgoingState.SENT, "Found in Sent.")
    assert len(again.touches()) == 2


@pytest.mark.parametrize("harm", ["torn", "foreign", "empty", "missing"])
def test_a_backup_that_cannot_be_used_is_refused_and_nothing_changes(
    profile: Path, reader: Reader, tmp_path: Path, clock: FrozenClock, harm: str
) -> None:
    house = House.open(profile, reader, clock)
    house.land(letter())
    copy = house.desk.backup.now(tmp_path / "old.db")
    before = (profile / DATABASE_NAME).read_bytes()
    if harm == "torn":
        damaged = bytearray(copy.read_bytes())
        damaged[8192:] = b"\x7f" * (len(damaged) - 8192)
        copy.write_bytes(damaged)
    elif harm == "foreign":
        copy.write_bytes(b"not a database at all" * 1000)
    elif harm == "empty":
        copy.write_bytes(b"")
    else:
        copy.unlink()
    with pytest.raises(Corrupt):
        restore(profile, copy, "desk", clock)
    assert (profile / DATABASE_NAME).read_bytes() == before
    assert House.open(profile, reader, clock).desk.queue.today().leads == 1


def test_a_backup_of_a_newer_leaddesk_is_refused_and_nothing_changes(
    profile: Path, reader: Reader, tmp_path: Path, clock: FrozenClock
) -> None:
    import apsw

    house = House.open(profile, reader, clock)
    house.land(letter())
    copy = house.desk.backup.now(tmp_path / "new.db")
    future = apsw.Connection(str(copy))
    future.execute("PRAGMA user_version = 999")
    future.close()
    with pytest.raises(FromTheFuture, match="newer LeadDesk"):
        restore(profile, copy, "desk", clock)
    assert House.open(profile, reader, clock).desk.queue.today().leads == 1
    assert not list(profile.glob("leaddesk-before-restore*"))


def test_a_restore_that_fails_at_the_last_moment_puts_the_data_back(
    profile: Path, reader: Reader, tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House.open(profile, reader, clock)
    copy = house.desk.backup.now(tmp_path / "old.db")
    house.land(letter())
    replace = os.replace

    def failing(source: Path, target: Path) -> None:
        if source.parent != target.parent:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr("leaddesk.desk.backup.os.replace", failing)
    with pytest.raises(DiskTrouble, match="could not be put into"):
        restore(profile, copy, "desk", clock)
    monkeypatch.undo()
    assert House.open(profile, reader, clock).desk.queue.today().leads == 1


CUT = """
import os, sys
from pathlib import Path
from leaddesk.desk import backup, desk_id_of
from leaddesk.doors.clock import Clock

left = int(sys.argv[3])
replace = os.replace

def cut(*files):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    replace(*files)

os.replace = cut
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), desk_id_of(Path(sys.argv[1])), Clock())
"""


@pytest.mark.parametrize("moves", range(4))
def test_a_restore_that_is_cut_loses_neither_the_data_nor_the_copy(
    house: House, reader: Reader, clock: FrozenClock, moves: int
) -> None:
    """A committed tail in the journal goes with its database, and no start makes an empty one instead."""
    house.land(letter())
    copy = house.desk.backup.now()
    house.land(letter(sender="bob@example.org"))
    profile = house.desk.profile
    with house.desk.store.session():  # as after a kill: the journal was not emptied
        for suffix in ("", "-wal"):
            shutil.copyfile(profile / f"{DATABASE_NAME}{suffix}", profile / f"cut{suffix}")
    (profile / f"{DATABASE_NAME}-shm").unlink(missing_ok=True)
    for suffix in ("", "-wal"):
        os.replace(profile / f"cut{suffix}", profile / f"{DATABASE_NAME}{suffix}")
    script = [sys.executable, "-c", CUT, str(profile), str(copy), str(moves)]
    ended = subprocess.run(script, check=False, cwd=Path(__file__).parents[2]).returncode
    assert ended in (0, 9)
    was_moved = bool(list(profile.glob("leaddesk-before-restore-*.db")))
    with core.open(profile, doors=core.Doors(clock)) as desk:
        assert desk.queue.today().leads == (1 if was_moved else 2)
        assert desk.backup.frozen() is was_moved
    for kept in profile.glob("leaddesk-before-restore-*.db"):
        assert leads_in(kept, profile, clock) == 2
