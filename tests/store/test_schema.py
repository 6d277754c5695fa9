"""Migrations lose no row, and a database that is not ours to change is not changed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import apsw
import peewee as pw
import pytest

import leaddesk.doors.store.schema as schema
from leaddesk.doors.store import COPIES_NAME, DATABASE_NAME, Store, check
from leaddesk.doors.store.schema import bring_up_to_date, newest_migration
from leaddesk.words.errors import Corrupt, DiskTrouble, FromTheFuture, LeadDeskError
from tests.store.conftest import Home
from tests.store.releases.make import FOLDER, dump, fill

REBUILDS = {
    "add not null": 'm.add_not_null("lead", "last_in_at")',
    "drop a column": 'm.drop_column("lead", "reason")',
    "drop a column by rebuilding": 'm.drop_column("lead", "reason", legacy=True)',
    "alter a type": 'm.alter_column_type("lead", "wants", pw.CharField(null=False))',
    "add a column with a default": 'm.add_column("lead", "heat", pw.IntegerField(default=3))',
    "rebuild a child that is a parent": 'm.add_not_null("entry", "text"), m.drop_column("entry", "until")',
    "rebuild mails": 'm.alter_column_type("mail", "subject", pw.CharField(null=False))',
}
NEXT = newest_migration() + 1
"""The number of a migration that a test adds."""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """Today's migrations, to which a test adds its own."""
    shipped = Path(schema.__file__).parent / "migrations"
    return Path(
        shutil.copytree(shipped, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    )


def add(migrations: Path, number: int, body: str) -> None:
    text = f"import os, signal\nimport peewee as pw\n\n\ndef up(m, db):\n    {body}\n"
    (migrations / f"{number:04d}_test.py").write_text(text, encoding="utf-8")


@pytest.fixture
def filled(home: Home) -> Store:
    """A store with something in every table, and no open session."""
    opened = home.open()
    fill(opened)
    return opened


def counts(store: Store) -> dict[str, int]:
    """How many rows each table holds."""
    tables = store.database.tables
    names = [name for name in type(tables).__annotations__ if name != "correspondent"]
    with store.session():
        ask = store.database.peewee.execute_sql
        return {name: ask(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def version(store: Store) -> int:
    with store.session():
        if store.database.is_sqlite:
            return int(store.database.peewee.pragma("user_version"))
        return int(store.database.peewee.execute_sql("SELECT version FROM schema_version").fetchone()[0])


def migrate(store: Store, migrations: Path) -> None:
    copies = store.database.file.parent / COPIES_NAME if store.database.file else None
    bring_up_to_date(store.database, copies, migrations)


# -- rows stay


@pytest.mark.parametrize("operation", REBUILDS.values(), ids=REBUILDS)
def test_parents_and_children_survive_a_rebuilt_table(
    filled: Store, migrations: Path, operation: str
) -> None:
    if not filled.database.is_sqlite:
        operation = operation.replace(", legacy=True", "")
    before = counts(filled)
    assert before["address"]
    assert before["entry"] > 10
    add(migrations, NEXT, f"m.migrate({operation})")

    migrate(filled, migrations)

    assert counts(filled) == before
    assert version(filled) == NEXT


def test_children_still_have_parents_and_keep_them(filled: Store, migrations: Path) -> None:
    add(migrations, NEXT, 'm.migrate(m.add_not_null("lead", "last_in_at"))')
    migrate(filled, migrations)
    t = filled.database.tables

    with filled.transaction():
        t.lead.delete().where(t.lead.id == 2).execute()
    with filled.session():
        assert t.entry.select().where(t.entry.lead == 2).count() == 0
        assert t.entry.select().where(t.entry.lead == 1).count() > 0
    if filled.database.is_sqlite:
        with filled.session():
            assert filled.database.peewee.execute_sql("PRAGMA foreign_key_check").fetchall() == []
            assert filled.database.peewee.pragma("foreign_keys") == 1


def test_a_migration_that_leaves_orphans_is_taken_back(home: Home, filled: Store, migrations: Path) -> None:
    add(migrations, NEXT, 'db.execute_sql("DELETE FROM lead WHERE id = 1")')
    before = counts(filled)

    with pytest.raises(RuntimeError if home.is_sqlite else pw.IntegrityError):
        migrate(filled, migrations)

    assert counts(filled) == before
    assert version(filled) == NEXT - 1


def test_a_failing_migration_is_taken_back_whole(filled: Store, migrations: Path) -> None:
    steps = [
        'm.migrate(m.drop_column("lead", "reason"))',
        'db.execute_sql("CREATE TABLE extra (id INTEGER)")',
        'db.execute_sql("DELETE FROM journal")',
        "1 / 0",
    ]
    add(migrations, NEXT, "; ".join(steps))
    before = counts(filled)

    with pytest.raises(ZeroDivisionError):
        migrate(filled, migrations)

    assert counts(filled) == before
    assert version(filled) == NEXT - 1
    with filled.session():
        assert "extra" not in filled.database.peewee.get_tables()
        assert "reason" in [c.name for c in filled.database.peewee.get_columns("lead")]


def test_migrations_before_the_failing_one_stay(filled: Store, migrations: Path) -> None:
    add(migrations, NEXT, 'm.migrate(m.drop_column("lead", "reason"))')
    add(migrations, NEXT + 1, "1 / 0")

    with pytest.raises(ZeroDivisionError):
        migrate(filled, migrations)

    assert version(filled) == NEXT
    add(migrations, NEXT + 1, 'db.execute_sql("CREATE TABLE extra (id INTEGER)")')
    migrate(filled, migrations)
    assert version(filled) == NEXT + 1


def test_a_migration_runs_once(filled: Store, migrations: Path) -> None:
    add(migrations, NEXT, 'db.execute_sql("CREATE TABLE extra (id INTEGER)")')

    for _ in range(3):
        migrate(filled, migrations)

    assert newest_migration(migrations) == version(filled) == NEXT


def test_several_desks_that_start_at_once_make_one_database(home: Home) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: home.open(), range(6)))

    assert {version(each) for each in stores} == {newest_migration()}
    stores[0].settings.put("person.name", "Ann")
    assert stores[5].settings.get("person.name") == "Ann"


def test_several_desks_that_upgrade_at_once_migrate_once(home: Home, filled: Store, migrations: Path) -> None:
    add(migrations, NEXT, 'db.execute_sql("CREATE TABLE extra (id INTEGER)"); import time; time.sleep(0.1)')
    stores = [filled, *(home.open() for _ in range(3))]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: bring_up_to_date(each.database, None, migrations), stores))

    assert version(filled) == NEXT


# -- SQLite: copies, and files that are not ours to change


def test_a_killed_migration_leaves_the_old_database(sqlite_home: Home, migrations: Path) -> None:
    store = sqlite_home.open()
    fill(store)
    before = counts(store)
    steps = [
        'm.migrate(m.drop_column("lead", "reason", legacy=True))',
        "os.kill(os.getpid(), signal.SIGKILL)",
    ]
    add(migrations, NEXT, "; ".join(steps))
    program = dedent("""
        import sys
        from pathlib import Path
        from leaddesk.doors.store.database import open_sqlite
        from leaddesk.doors.store.schema import bring_up_to_date
        bring_up_to_date(open_sqlite(Path(sys.argv[1]), lambda: None), None, Path(sys.argv[2]))
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, sqlite_home.profile / DATABASE_NAME, migrations], check=False
    )

    assert done.returncode == -signal.SIGKILL
    assert version(store) == NEXT - 1
    assert counts(sqlite_home.open()) == before


def test_a_sound_copy_is_made_before_a_migration(sqlite_home: Home, migrations: Path) -> None:
    store = sqlite_home.open()
    fill(store)
    before = counts(store)
    add(migrations, NEXT, 'db.execute_sql("DELETE FROM journal")')

    migrate(store, migrations)

    copy = sqlite_home.profile / COPIES_NAME / f"before-{NEXT:04d}.db"
    check(copy)
    with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)) as reader:
        assert reader.pragma("user_version") == NEXT - 1
        assert reader.execute("SELECT count(*) FROM journal").fetchone() == (before["journal"],)
    assert counts(store)["journal"] == 0
    assert os.listdir(copy.parent) == [f"before-{NEXT:04d}.db"]


def test_no_copy_no_migration(sqlite_home: Home, migrations: Path) -> None:
    store = sqlite_home.open()
    (sqlite_home.profile / COPIES_NAME).write_text("in the way", encoding="utf-8")
    add(migrations, NEXT, 'db.execute_sql("DELETE FROM journal")')

    with pytest.raises(DiskTrouble, match="copy could not be written"):
        migrate(store, migrations)

    assert version(store) == NEXT - 1


def test_a_new_database_is_made_without_a_copy(sqlite_home: Home) -> None:
    sqlite_home.open()

    assert not (sqlite_home.profile / COPIES_NAME).exists()


def test_a_database_of_the_future_is_refused_before_anything_is_written(sqlite_home: Home) -> None:
    store = sqlite_home.open()
    fill(store)
    with store.session():
        store.database.peewee.pragma("user_version", 99)
    before = contents(sqlite_home.profile)

    with pytest.raises(FromTheFuture, match=r"newer LeadDesk \(version 99"):
        sqlite_home.open()

    assert contents(sqlite_home.profile) == before


def test_a_future_that_stands_in_the_log_only_is_seen_and_not_touched(sqlite_home: Home) -> None:
    store = sqlite_home.open()
    fill(store)
    file = sqlite_home.profile / DATABASE_NAME
    with store.session():
        store.database.peewee.pragma("user_version", 99)
        copy = {name: each.read_bytes() for name in ("", "-wal") if (each := Path(f"{file}{name}")).exists()}
    for name, data in copy.items():  # as a kill would leave it
        Path(f"{file}{name}").write_bytes(data)
    assert copy["-wal"]

    with pytest.raises(FromTheFuture):
        sqlite_home.open()

    assert file.read_bytes() == copy[""]
    assert Path(f"{file}-wal").read_bytes() == copy["-wal"]


@pytest.mark.real
def test_a_server_database_of_the_future_is_refused(server_home: Home) -> None:
    store = server_home.open()
    with store.transaction():
        store.database.peewee.execute_sql("UPDATE schema_version SET version = 99")

    with pytest.raises(FromTheFuture):
        server_home.open()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file's bytes, apart from the traces that looking at a database leaves beside it."""
    files = (f for f in folder.rglob("*") if f.is_file())
    return {f.name: f.read_bytes() for f in files if not (f.name.endswith(("-wal", "-shm")))}


def _sqlite(file: Path, *statements: str) -> None:
    with closing(apsw.Connection(str(file))) as made:
        for statement in statements:
            made.execute(statement)


def _another_program(file: Path) -> None:
    _sqlite(file, "CREATE TABLE moz_places (id INTEGER)", "PRAGMA user_version = 1")


def _another_without_version(file: Path) -> None:
    _sqlite(file, "CREATE TABLE notes (id INTEGER)")


def _another_of_the_future(file: Path) -> None:
    _sqlite(file, "CREATE TABLE moz_places (id INTEGER)", "PRAGMA user_version = 77")


@pytest.mark.parametrize(
    "make",
    [
        lambda file: file.write_bytes(b"Dear diary, " * 900),
        lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000)),
        lambda file: file.write_bytes(b"x"),
        lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000),
        lambda file: file.write_bytes(b"SQLite format 3\0"),
        _another_program,
        _another_without_version,
        _another_of_the_future,
    ],
    ids=[
        "text", "picture", "a byte", "a false head", "only a head", "of our version", "without version",
        "of a later version",
    ],
)  # fmt: skip
def test_a_file_that_is_not_ours_is_refused_and_not_touched(sqlite_home: Home, make: object) -> None:
    sqlite_home.profile.mkdir()
    make(sqlite_home.profile / DATABASE_NAME)  # type: ignore[operator]  # one of the list above
    before = contents(sqlite_home.profile)

    with pytest.raises(Corrupt):
        sqlite_home.open()

    assert contents(sqlite_home.profile) == before


def test_a_folder_in_the_files_place_is_said_in_words(sqlite_home: Home) -> None:
    (sqlite_home.profile / DATABASE_NAME).mkdir(parents=True)

    with pytest.raises(LeadDeskError):
        sqlite_home.open()


def test_an_empty_file_becomes_a_database(sqlite_home: Home) -> None:
    sqlite_home.profile.mkdir()
    (sqlite_home.profile / DATABASE_NAME).touch()

    assert version(sqlite_home.open()) == newest_migration()


# -- who may read them


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A person whose files are everybody's by default."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps the profile's own ACL")
@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize("was_there", [False, True])
def test_files_are_their_owners_only(sqlite_home: Home, migrations: Path, was_there: bool) -> None:
    if was_there:
        sqlite_home.profile.mkdir(mode=0o755)
        (sqlite_home.profile / DATABASE_NAME).touch(mode=0o644)
    store = sqlite_home.open()
    add(migrations, NEXT, 'db.execute_sql("DELETE FROM journal")')
    migrate(store, migrations)

    with store.session():
        store.settings.put("person.name", "Ann")
        modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in sqlite_home.profile.rglob("*")}

    assert stat.S_IMODE(sqlite_home.profile.stat().st_mode) == 0o700
    assert modes == {
        DATABASE_NAME: 0o600,
        f"{DATABASE_NAME}-wal": 0o600,
        f"{DATABASE_NAME}-shm": 0o600,
        COPIES_NAME: 0o700,
        f"before-{NEXT:04d}.db": 0o600,
    }


# -- every release


@pytest.mark.parametrize("release", sorted(FOLDER.glob("*.sql")), ids=lambda file: file.stem)
def test_the_database_of_every_release_opens_and_becomes_todays(
    sqlite_home: Home, tmp_path: Path, release: Path
) -> None:
    sqlite_home.profile.mkdir()
    _sqlite(sqlite_home.profile / DATABASE_NAME, *release.read_text(encoding="utf-8").splitlines()[1:])

    store = sqlite_home.open()

    assert counts(store)["lead"] == 3
    lead = store.leads.get(1)
    assert lead is not None
    assert [entry.id for entry in lead.record] == sorted(entry.id for entry in lead.record)
    assert lead.state == store.leads.refold(1)
    assert [number for number, _ in store.search.find(["447700900123"], 5)] == [1]
    assert store.mails.raw(1).startswith(b"From: n@b.example")
    assert store.accounts.all()[0].own_addresses == ("info@lofts.example",)
    fresh = Home(tmp_path / "fresh", None, sqlite_home.clock)
    fresh.open()
    assert tables_of(sqlite_home.profile) == tables_of(fresh.profile), (
        f"A migration is missing. Before its release only: python -m tests.store.releases.make {release.stem}"
    )


def tables_of(profile: Path) -> set[str]:
    return {line for line in dump(profile / DATABASE_NAME) if line.startswith("CREATE")}
