"""Copies that were checked before anybody relies on them."""

from __future__ import annotations

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from leaddesk.doors.store import DATABASE_NAME, Store, check, open_store, verified_copy
from leaddesk.doors.store.backup import look
from leaddesk.doors.store.schema import newest_migration
from leaddesk.words.errors import Corrupt, DiskTrouble
from leaddesk.words.lead import Source
from tests.made import enquiry, person
from tests.store.conftest import Home
from tests.store.releases.make import dump, fill


@pytest.fixture
def filled(sqlite_home: Home) -> Store:
    store = sqlite_home.open()
    fill(store)
    return store


def test_a_copy_holds_everything_and_opens_as_a_store(
    sqlite_home: Home, filled: Store, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "folder" / DATABASE_NAME

    assert verified_copy(filled.database, target) == target

    assert list(dump(target)) == list(dump(sqlite_home.profile / DATABASE_NAME))
    assert os.listdir(target.parent) == [DATABASE_NAME]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700
    copy = open_store(target.parent, "window", sqlite_home.clock.now)
    assert copy.leads.get(1) == filled.leads.get(1)


def test_what_stands_in_the_log_only_is_copied_too(filled: Store, tmp_path: Path) -> None:
    with filled.session():
        lead, _ = filled.leads.open(person("Late"), Source(), enquiry(), [])
        copy = verified_copy(filled.database, tmp_path / "copy.db")

    with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)) as reader:
        assert reader.execute("SELECT name FROM lead WHERE id = ?", (lead,)).fetchone() == ("Late",)


def test_a_copy_is_one_moment_though_others_write_on(filled: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> int:
        written = 0
        while not stop.is_set():
            with filled.transaction():
                for _ in range(2):
                    filled.leads.open(person("Pair"), Source(), enquiry(), [])
            written += 1
        return written

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            copies = [verified_copy(filled.database, tmp_path / f"copy{n}.db") for n in range(8)]
        finally:
            stop.set()
        assert writing.result(20) > 0

    for copy in copies:
        check(copy)
        with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)) as reader:
            (pairs,) = reader.execute("SELECT count(*) FROM lead WHERE name = 'Pair'").fetchone() or (1,)
        assert int(str(pairs)) % 2 == 0


def test_a_copy_that_fails_leaves_the_older_one(filled: Store, tmp_path: Path) -> None:
    target = verified_copy(filled.database, tmp_path / "copy.db")
    before = target.read_bytes()
    filled.settings.put("person.name", "Bea")
    (tmp_path / "copy.db.part").mkdir()

    with pytest.raises(DiskTrouble, match="could not be written"):
        verified_copy(filled.database, target)

    assert target.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said_in_words(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DiskTrouble, match="could not be written"):
        verified_copy(filled.database, tmp_path / "file" / "copy.db")


def test_no_copy_is_made_of_a_damaged_database(sqlite_home: Home, filled: Store, tmp_path: Path) -> None:
    with (sqlite_home.profile / DATABASE_NAME).open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xa5" * 4096)

    with pytest.raises(Corrupt, match="damaged"):
        verified_copy(filled.database, tmp_path / "copy.db")

    assert os.listdir(tmp_path) == ["profile"]


def test_check_passes_a_sound_database_of_ours(filled: Store, tmp_path: Path) -> None:
    copy = verified_copy(filled.database, tmp_path / "copy.db")
    before = copy.read_bytes()

    check(copy)

    assert copy.read_bytes() == before
    assert look(copy).version == newest_migration()


@pytest.mark.parametrize(
    "content",
    [b"", b"no database " * 500, None, "another"],
    ids=["empty", "text", "missing", "another program's"],
)
def test_check_refuses_what_is_no_database_of_ours(tmp_path: Path, content: bytes | str | None) -> None:
    file = tmp_path / "copy.db"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content:
        with closing(apsw.Connection(str(file))) as other:
            other.execute("CREATE TABLE notes (id INTEGER)")

    with pytest.raises(Corrupt):
        check(file)

    assert file.exists() == (content is not None)


def test_a_sound_store_says_so(filled: Store) -> None:
    assert filled.is_sound()
