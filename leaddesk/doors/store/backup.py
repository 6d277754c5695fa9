"""Copies of the database that were opened and checked before anybody relies on them (FAULTS D14)."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import apsw

from leaddesk.doors.store.database import Database
from leaddesk.words.errors import Corrupt, DiskTrouble

_PAGES_AT_A_TIME = 500


def verified_copy(database: Database, target: Path) -> Path:
    """A consistent copy of an open SQLite database at `target`, readable by its owner only.

    Written beside it, checked, fsynced and renamed: a copy under that name is whole. May take seconds.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        _copy(database, part)
        check(part)
        _sync(part)
        os.replace(part, target)
    except (apsw.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise DiskTrouble(
            f"The copy could not be written to {target.parent}.",
            "Is there room, and may LeadDesk write there?",
        ) from error
    return target


def check(file: Path) -> None:
    """Raises Corrupt unless `file` is a sound database of ours."""
    try:
        with closing(apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)) as copy:
            result = copy.execute("PRAGMA integrity_check").fetchone()
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except apsw.Error as error:
        raise Corrupt(f"{file} is damaged or no database.", "Choose another backup.") from error
    if result != ("ok",):
        raise Corrupt(f"{file} is damaged.", "Choose another backup.")
    if not {"lead", "entry", "outgoing"} <= tables:
        raise Corrupt(f"{file} is not a LeadDesk database.", "Choose another backup.")


def quick_check(database: Database) -> bool:
    """True when SQLite finds no damage in its quick look."""
    with database.session():
        row = database.peewee.execute_sql("PRAGMA quick_check(1)").fetchone()
    return bool(row and row[0] == "ok")


def _copy(database: Database, part: Path) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with database.session(), closing(apsw.Connection(str(part))) as copy:
        source: apsw.Connection = database.peewee.connection()
        with copy.backup("main", source, "main") as work:
            while not work.done:
                work.step(_PAGES_AT_A_TIME)
        copy.execute("PRAGMA journal_mode = delete")


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
