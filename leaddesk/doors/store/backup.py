"""Copies of the database that were opened and checked before anybody relies on them (FAULTS D14)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from leaddesk.doors.store.database import Database
from leaddesk.words.errors import Corrupt, DiskTrouble

_OURS = frozenset({"lead", "entry", "outgoing"})
"""Tables by which a database of ours is known."""
_LARGEST = "mail_bytes"
_BUSY_MS = 10_000
_FRUGAL = "PRAGMA cache_size = -1000"
_LOOK_SECONDS = 1.0


def verified_copy(database: Database, target: Path) -> Path:
    """A consistent copy of an open SQLite database at `target`, readable by its owner only.

    Written beside it, checked, fsynced and renamed: a copy under that name is whole, and an older one stays
    until then. Others may write meanwhile. May take seconds. Raises DiskTrouble, or Corrupt when the database
    itself is damaged.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        _copy(database, part)
        if not _is_sound(part):
            raise Corrupt(f"{database.where} is damaged.", "Restore a backup: leaddesk restore FILE.")
        _sync(part)
        os.replace(part, target)
        _sync_folder(target.parent)
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise Corrupt(f"{database.where} is damaged.", "Restore a backup: leaddesk restore FILE.") from error
    except (apsw.Error, OSError) as error:
        raise DiskTrouble(
            f"The copy could not be written to {target.parent}.",
            "Is there room, and may LeadDesk write there?",
        ) from error
    finally:
        _drop(part)
    return target


def flush(file: Path) -> None:
    """Empties the journal of a database that nobody else uses into it. Raises DiskTrouble or Corrupt."""
    try:
        with closing(apsw.Connection(str(file))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise Corrupt(f"{file} is damaged.") from error
    except apsw.Error as error:
        raise DiskTrouble(f"{file} cannot be written.") from error


def check(file: Path) -> None:
    """Raises Corrupt unless `file` is a sound database of ours."""
    try:
        sound, tables = _is_sound(file), look(file).tables
    except apsw.Error as error:
        raise Corrupt(f"{file} is damaged or no database.", "Choose another backup.") from error
    if not sound:
        raise Corrupt(f"{file} is damaged.", "Choose another backup.")
    if not tables >= _OURS:
        raise Corrupt(f"{file} is not a LeadDesk database.", "Choose another backup.")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a database file is, seen without writing to it."""

    version: int
    tables: frozenset[str]
    is_sound: bool
    """As far as SQLite's quick look tells."""

    @property
    def is_foreign(self) -> bool:
        """Another program's: it holds tables, but not ours."""
        return bool(self.tables) and not self.tables >= _OURS


def look(file: Path, *, spare: int | None = None) -> Looked:
    """Reads the file's version and tables through a connection that cannot write. Raises apsw.Error.

    A file of the version `spare` is taken as sound without the look inside, which takes up to a second.
    """
    with closing(apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)) as reader:
        reader.set_busy_timeout(_BUSY_MS)
        found = reader.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        tables = _in_words(found)
        stored = [name for name, sql in tables.items() if not sql.startswith("CREATE VIRTUAL")]
        version = int(reader.pragma("user_version"))
        return Looked(version, frozenset(tables), version == spare or _shows_no_damage(reader, stored))


def _in_words(found: Iterable[tuple[object, ...]]) -> dict[str, str]:
    """Tables by name. Damage may make their names unreadable before SQLite notices it."""
    try:
        return {str(name): str(sql) for name, sql in found}
    except UnicodeDecodeError as error:
        raise apsw.CorruptError("the names of its tables cannot be read") from error


def _shows_no_damage(reader: apsw.Connection, tables: Iterable[str]) -> bool:
    """A quick look at every table, for a second at most: the daily copy is looked at whole.

    The words of the search are looked at as the tables that hold them: checking them against their index
    takes most of the time. Raw mails come last: there may be gigabytes.
    """
    limit = time.monotonic() + _LOOK_SECONDS
    reader.set_progress_handler(lambda: time.monotonic() > limit, 1000)
    try:
        for table in sorted(tables, key=lambda name: name == _LARGEST):
            quoted = table.replace('"', '""')
            if reader.execute(f'PRAGMA quick_check("{quoted}")').fetchone() != ("ok",):
                return False
    except apsw.InterruptError:
        return True
    return True


def _is_sound(file: Path) -> bool:
    with closing(_reader(file)) as reader:
        return bool(reader.pragma("integrity_check") == "ok")


def _reader(file: Path) -> apsw.Connection:
    """A connection of our own, with little memory: what passes through once is not worth keeping."""
    reader = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    reader.set_busy_timeout(_BUSY_MS)
    reader.execute(_FRUGAL)
    return reader


def _copy(database: Database, part: Path) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    assert database.file is not None, "a server looks after its own copies"
    with closing(_reader(database.file)) as source, closing(apsw.Connection(str(part))) as copy:
        copy.execute(_FRUGAL)
        with copy.backup("main", source, "main") as work:
            work.step(-1)  # one snapshot: in steps, each write of others would start it anew
        copy.execute("PRAGMA journal_mode = delete")


def _sync(file: Path) -> None:
    _fsync(file, os.O_RDWR)


def _sync_folder(folder: Path) -> None:
    """Makes the rename last through a power cut; Windows opens no folders and needs it not."""
    if os.name == "posix":
        _fsync(folder, os.O_RDONLY)


def _fsync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)
