"""Disks that are full, read-only or damaged, and processes that die: a sentence, and nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent
from typing import IO

import pytest

from leaddesk.doors.store import COPIES_NAME, DATABASE_NAME, Store, check
from leaddesk.words.errors import Corrupt, DiskTrouble
from leaddesk.words.lead import Source
from leaddesk.words.news import News
from tests.made import at, enquiry, person, raw_mail, wrote
from tests.store.conftest import Home
from tests.store.releases.make import fill

ROOT = Path(__file__).parents[2]


def opened(store: Store, message: str = "What is a dormer?") -> int:
    lead, _ = store.leads.open(person(), Source(), enquiry(message=message), [])
    return lead


def file_of(home: Home) -> Path:
    return home.profile / DATABASE_NAME


# -- a full disk


def test_on_a_full_disk_nothing_is_half_written_and_reading_goes_on(sqlite_home: Home) -> None:
    store = sqlite_home.open()
    lead = opened(store)
    heard: list[News] = []
    with store.session():
        pages = store.database.peewee.pragma("page_count")
        store.database.peewee.pragma("max_page_count", pages)
        store.on_commit(heard.extend)

        with pytest.raises(DiskTrouble, match="disk is full"):
            store.mails.keep(raw_mail(b"x" * 500_000))
        with pytest.raises(DiskTrouble, match="disk is full"):
            store.leads.record(wrote(0, 5, lead=lead, text="y" * 500_000))

        found = store.leads.get(lead)
        assert found is not None
        assert len(found.record) == 1
        assert store.mails.unread() == []
        assert heard == []
        store.database.peewee.pragma("max_page_count", pages * 1000)
        assert store.mails.keep(raw_mail(b"x" * 500_000)) == 1
    check(file_of(sqlite_home))


def test_a_limit_of_the_system_on_a_files_size_is_said_in_words(sqlite_home: Home) -> None:
    opened(sqlite_home.open())
    limit = file_of(sqlite_home).stat().st_size + 200_000
    program = f"""
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
        kept = 0
        try:
            while True:
                store.mails.keep(raw_mail(b"x" * 20_000))
                kept += 1
        except LeadDeskError as error:
            print(type(error).__name__, kept, len(store.mails.unread()))
    """
    name, kept, unread = _run(sqlite_home.profile, program).split()

    assert name == "DiskTrouble"
    assert int(kept) == int(unread) > 0
    check(file_of(sqlite_home))
    store = sqlite_home.open()
    assert len(store.mails.unread()) == int(kept)
    assert store.mails.keep(raw_mail(b"x" * 20_000)) is not None


def _run(profile: Path, program: str, before_opening: str = "") -> str:
    """What a program prints that opens the profile in a process of its own."""
    head = """
        import os, resource, sys, traceback
        from leaddesk.doors.store import open_store
        from leaddesk.words.errors import LeadDeskError
        from pathlib import Path
        from tests.made import START, raw_mail
    """
    opening = "\nstore = open_store(Path(sys.argv[1]), 'window', lambda: START)\n"
    text = dedent(head) + dedent(before_opening) + opening + dedent(program)
    done = subprocess.run(
        [sys.executable, "-c", text, profile],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout


# -- a disk that does not let us write


@pytest.fixture
def elsewhere(sqlite_home: Home) -> Iterator[Home]:
    """A profile in a folder that other users can reach, as pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="leaddesk-test-"))
    folder.chmod(0o755)
    yield Home(folder / "profile", None, sqlite_home.clock)
    shutil.rmtree(folder)


def _open_as_somebody_else(profile: Path, deed: str) -> str:
    """The error's name and sentence; root may write anywhere, so root becomes nobody first."""
    before = """
        import peewee, playhouse.apsw_ext, encodings.idna
        if os.geteuid() == 0:
            import pwd
            nobody = pwd.getpwnam("nobody")
            os.setgroups([]), os.setgid(nobody.pw_gid), os.setuid(nobody.pw_uid)
        def said(error):
            print(type(error).__name__, "|", error.sentence, "|", error.mend)
            os._exit(sys.stdout.flush() or 0)
        def hook(kind, error, trace):
            if not isinstance(error, LeadDeskError): traceback.print_exception(error)
            said(error)
        sys.excepthook = hook
    """
    return _run(profile, deed, before)


def _give_to_somebody_else(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, "nobody")


@pytest.mark.parametrize("was_there", [True, False], ids=["with a database", "empty"])
def test_a_read_only_folder_is_said_in_words(elsewhere: Home, was_there: bool) -> None:
    elsewhere.profile.mkdir()
    if was_there:
        opened(elsewhere.open())
        _give_to_somebody_else(file_of(elsewhere))
    before = file_of(elsewhere).read_bytes() if was_there else b""
    _give_to_somebody_else(elsewhere.profile)
    elsewhere.profile.chmod(0o500)

    name, sentence, mend = _open_as_somebody_else(elsewhere.profile, "print('opened')").split(" | ")

    assert name == "DiskTrouble"
    assert str(elsewhere.profile) in sentence
    assert "writ" in mend
    elsewhere.profile.chmod(0o700)
    assert file_of(elsewhere).exists() == was_there
    assert not was_there or file_of(elsewhere).read_bytes() == before


def test_somebody_elses_folder_is_said_in_words(elsewhere: Home) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make somebody else's folder")
    elsewhere.profile.mkdir(mode=0o755)

    said = _open_as_somebody_else(elsewhere.profile, "print('opened')")

    assert said.startswith("Unusable | The folder ")


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_written(elsewhere: Home) -> None:
    opened(elsewhere.open())
    for path in (elsewhere.profile, file_of(elsewhere)):
        _give_to_somebody_else(path)
    file_of(elsewhere).chmod(0o400)
    if os.geteuid() == 0:
        shutil.chown(file_of(elsewhere), "root")
        file_of(elsewhere).chmod(0o444)

    said = _open_as_somebody_else(
        elsewhere.profile, "print(store.leads.get(1).person.name)\nstore.settings.put('a', 'b')"
    )

    assert said.startswith("Ngozi Eze\nDiskTrouble | ")
    assert "read-only" in said


def test_a_database_that_another_program_keeps_locked_is_said_in_words(
    sqlite_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = sqlite_home.open(), sqlite_home.open()
    monkeypatch.setattr(store.database.peewee, "_timeout", 0.05)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with other.transaction():
            held.set()
            done.wait(20)

    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(hold)
        assert held.wait(20)
        with pytest.raises(DiskTrouble, match="locked"):
            store.settings.put("person.name", "Ann")
        assert store.settings.get("person.name") is None  # reading goes on
        done.set()
        work.result()
    store.settings.put("person.name", "Ann")


# -- damage


@pytest.fixture
def damaged(sqlite_home: Home) -> Home:
    """A profile with enough in it that damage can be anywhere."""
    store = sqlite_home.open()
    fill(store)
    with store.transaction():
        for number in range(60):
            opened(store, f"Question {number}: " + "what is a dormer? " * 30)
    return sqlite_home


def assert_refused_untouched(home: Home) -> None:
    before = file_of(home).read_bytes()
    with pytest.raises(Corrupt) as error:
        home.open()
    assert str(file_of(home)) in error.value.sentence
    assert "restore" in error.value.mend
    assert file_of(home).read_bytes() == before


@pytest.mark.parametrize("page", [2, 5, 9, 20])
def test_a_destroyed_page_is_found_at_the_start(damaged: Home, page: int) -> None:
    with file_of(damaged).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)

    assert_refused_untouched(damaged)


@pytest.mark.parametrize("left", [0.9, 0.5, 0.1, 4096, 3000, 100, 16, 1])
def test_a_truncated_file_is_found_at_the_start(damaged: Home, left: float) -> None:
    size = file_of(damaged).stat().st_size
    os.truncate(file_of(damaged), int(size * left) if left < 1 else int(left))

    assert_refused_untouched(damaged)


def test_damage_anywhere_gives_a_sentence_or_does_no_harm(damaged: Home, tmp_path: Path) -> None:
    whole = file_of(damaged).read_bytes()
    chance = random.Random(4)
    refused = 0
    for _ in range(60):
        hurt = bytearray(whole)
        for _ in range(chance.choice([1, 1, 5])):
            start = chance.randrange(len(hurt))
            length = chance.choice([1, 8, 512, 4096])
            hurt[start : start + length] = chance.randbytes(len(hurt[start : start + length]))
        file_of(damaged).write_bytes(hurt)
        try:
            _use(damaged.open())
        except Corrupt:
            refused += 1
        for name in ("-wal", "-shm"):
            Path(f"{file_of(damaged)}{name}").unlink(missing_ok=True)

    assert refused > 10


def _use(store: Store) -> None:
    """What a window does at its start."""
    with store.session():
        for lead, _ in store.search.find(["dorm"], 100):
            store.leads.get(lead)
        store.waiting.counts(at(0))
        store.mails.unread()
        store.outbox.recover()


def test_who_is_told_of_damage_is_told_where_the_daily_copies_are(damaged: Home) -> None:
    with file_of(damaged).open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xa5" * 4096)
    copies = damaged.profile / COPIES_NAME
    with pytest.raises(Corrupt) as error:
        damaged.open()
    assert str(copies) not in error.value.mend, "there are none yet"
    copies.mkdir()
    with pytest.raises(Corrupt) as error:
        damaged.open()
    assert str(copies) in error.value.mend


def test_damage_while_we_run_is_said_in_words(damaged: Home) -> None:
    store = damaged.open()
    size = file_of(damaged).stat().st_size
    with file_of(damaged).open("r+b") as file:
        for page in range(1, size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)

    with pytest.raises(Corrupt, match="damaged"):
        store.leads.get(1)


def test_a_damaged_database_is_not_migrated_nor_copied(damaged: Home) -> None:
    with file_of(damaged).open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xa5" * 4096)

    assert_refused_untouched(damaged)
    assert not (damaged.profile / COPIES_NAME).exists()


def test_a_log_that_a_cleaner_deleted_loses_at_most_what_stood_in_it(
    sqlite_home: Home, tmp_path: Path
) -> None:
    store = sqlite_home.open()
    opened(store)
    file, log = file_of(sqlite_home), Path(f"{file_of(sqlite_home)}-wal")
    with store.session():
        store.database.peewee.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        opened(store)
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        assert log.stat().st_size
        shutil.copy(file, crashed / DATABASE_NAME)  # as after a kill, without -wal and -shm

    left = Home(crashed, None, sqlite_home.clock).open()

    assert left.leads.get(1) is not None
    assert left.leads.get(2) is None
    check(crashed / DATABASE_NAME)


def test_a_stale_index_of_the_log_does_no_harm(sqlite_home: Home, tmp_path: Path) -> None:
    store = sqlite_home.open()
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with store.session():
        opened(store)
        for name in ("", "-wal"):
            shutil.copy(f"{file_of(sqlite_home)}{name}", crashed)
    (crashed / f"{DATABASE_NAME}-shm").write_bytes(os.urandom(32768))

    left = Home(crashed, None, sqlite_home.clock).open()

    assert left.leads.get(1) is not None


# -- death


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_thirty_kills_lose_nothing_that_was_acknowledged(sqlite_home: Home) -> None:
    sqlite_home.open()
    chance = random.Random(30)
    kept: dict[int, int] = {}
    with _writer(sqlite_home.profile) as (orders, answers):
        for _ in range(30):
            kept |= _write_and_kill(orders, answers, chance.randrange(8), chance.uniform(0, 0.02))
            _assert_all_there(sqlite_home, kept)

    assert len(kept) > 20
    store = sqlite_home.open()
    assert all(found.state == store.leads.refold(n) for n in kept if (found := store.leads.get(n)))


class _writer:
    """The writing process; orders go in, answers come out."""

    def __init__(self, profile: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.writer", profile],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def __enter__(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)


def _write_and_kill(orders: IO[str], answers: IO[str], commits: int, then: float) -> dict[int, int]:
    """Entries of each lead that were acknowledged before the kill, `then` seconds after some commits."""
    orders.write("go\n")
    child = int(answers.readline().split()[1])
    lines = [answers.readline() for _ in range(commits)]
    time.sleep(then)  # the kill's moment is chance: nothing is waited for
    os.kill(child, signal.SIGKILL)
    lines += iter(answers.readline, "gone\n")
    kept = [line.split() for line in lines]
    return {int(lead): int(entries) for _, lead, entries in kept}


def _assert_all_there(home: Home, kept: dict[int, int]) -> None:
    store = home.open()
    with store.session():
        for lead, entries in kept.items():
            found = store.leads.get(lead)
            assert found is not None
            assert len(found.record) >= entries
    check(file_of(home))


# -- what was deleted is gone


def test_what_was_deleted_is_overwritten(sqlite_home: Home) -> None:
    store = sqlite_home.open()
    secret = b"CANARY-4711-"
    mail = store.mails.keep(raw_mail(secret * 2000))
    t = store.database.tables
    assert secret in _all_bytes(store)

    with store.transaction():
        t.mail_bytes.delete().where(t.mail_bytes.mail == mail).execute()

    assert secret not in _all_bytes(store)


def _all_bytes(store: Store) -> bytes:
    with store.session():
        store.database.peewee.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        folder = store.database.file.parent if store.database.file else Path()
        return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
