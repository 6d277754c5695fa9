"""Brings a database to today's tables: verified copy first, numbered migrations, never one of the future.

playhouse's Runner keeps its history in a DateTimeField, which apsw cannot bind; ours stamps the number in the
migration's own transaction: `user_version` on SQLite, a table of one row on PostgreSQL.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from leaddesk.doors.store.backup import look, verified_copy
from leaddesk.doors.store.database import Database
from leaddesk.words.errors import Corrupt, FromTheFuture

if TYPE_CHECKING:
    from playhouse.migrations import Migration

COPIES_NAME = "backups"
_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "schema_version"
_SMALLEST_PAGE = 512
_TURN = 0x1EADDE5D
"""Names the server's lock under which a database is migrated."""


def newest_migration(directory: Path = _MIGRATIONS) -> int:
    """The number of the newest migration, which is also SQLite's user_version."""
    return max(int(file.name[:4]) for file in directory.glob("[0-9][0-9][0-9][0-9]_*.py"))


def bring_up_to_date(
    database: Database, copies: Path | None, directory: Path = _MIGRATIONS, *, check: bool = True
) -> None:
    """Applies what is missing, each migration in one transaction.

    A file that holds data is copied to `copies` first. Raises FromTheFuture before anything is written to a
    database of a newer LeadDesk, and Corrupt for a file that is damaged or no database of ours. Without
    `check`, a file that needs no migration is not looked through for damage.
    """
    newest = newest_migration(directory)
    if database.file is not None:
        _look_first(database.file, newest, check=check)
    with database.session():
        found = _version(database)
        if found > newest:
            raise _from_the_future(database.where, found, newest)
        if found == newest:
            return
        if found and copies is not None:
            _copy_first(database, copies / f"before-{newest:04d}.db")
        for migration in _migrations(directory):
            if migration.idx > found:
                _apply(database, migration)


def _copy_first(database: Database, target: Path) -> None:
    """Several desks that start at once copy it each for themselves: the last whole copy stays."""
    own = target.with_name(f"{target.stem}-{uuid.uuid4().hex[:12]}.db")
    os.replace(verified_copy(database, own), target)


def _migrations(directory: Path) -> list[Migration]:
    from playhouse.migrations import Migration  # noqa: PLC0415 - seldom needed

    return list(Migration.load_directory(str(directory)))


def _look_first(file: Path, newest: int, *, check: bool) -> None:
    """Before anything is written: opening a file in WAL mode writes to it already."""
    size = file.stat().st_size if file.is_file() else 0
    if size == 0:
        return
    if size < _SMALLEST_PAGE:  # SQLite would take what is left of it for a new one
        raise damaged(file)
    try:
        looked = look(file, spare=None if check else newest)
    except (apsw.CorruptError, apsw.NotADBError, apsw.FormatError) as error:
        raise damaged(file) from error
    except apsw.Error:
        return  # said in words by the session that opens it
    if looked.is_foreign:
        raise Corrupt(f"{file} is not a LeadDesk database.", "Choose another profile folder.")
    if looked.version > newest:
        raise _from_the_future(str(file), looked.version, newest)
    if not looked.is_sound:
        raise damaged(file)


def damaged(file: Path) -> Corrupt:
    """What is said of a damaged file."""
    copies = file.parent / COPIES_NAME
    where = f" The daily copies are in {copies}." if copies.is_dir() else ""
    return Corrupt(f"{file} is damaged.", f"Restore a backup: leaddesk restore FILE.{where}")


def _from_the_future(where: str, found: int, newest: int) -> FromTheFuture:
    return FromTheFuture(
        f"{where} was made by a newer LeadDesk (version {found}, this one knows {newest}).",
        "Install the newer LeadDesk; nothing was changed.",
    )


def _apply(database: Database, migration: Migration) -> None:
    """One migration with its number, wholly or not at all; nothing where another process was quicker.

    Only inside `migration_context`: it switches foreign keys off around the transaction, since a table that
    SQLite rebuilds would otherwise take its child rows along.
    """
    from playhouse.migrate import SchemaMigrator  # noqa: PLC0415 - seldom needed

    migrator = SchemaMigrator.from_database(database.peewee)
    with migrator.migration_context(atomic=False), database.atomic():
        _take_turn(database)
        if _version(database) >= migration.idx:
            return
        migration.load().up(migrator, database.peewee)
        _keep_parents(database, migration)
        _stamp(database, migration.idx)


def _take_turn(database: Database) -> None:
    """One process migrates at a time; SQLite's own lock is held by the transaction already."""
    if not database.is_sqlite:
        database.peewee.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_TURN,))


def _keep_parents(database: Database, migration: Migration) -> None:
    """Foreign keys were off: no row may be left without its parent."""
    if database.is_sqlite and database.peewee.execute_sql("PRAGMA foreign_key_check").fetchone():
        raise RuntimeError(f"{migration.name} leaves rows without their parents")


def _version(database: Database) -> int:
    if database.is_sqlite:
        return int(database.peewee.pragma("user_version"))
    if _VERSION_TABLE not in database.peewee.get_tables():
        return 0
    row = database.peewee.execute_sql("SELECT version FROM schema_version").fetchone()
    return int(row[0]) if row else 0


def _stamp(database: Database, number: int) -> None:
    if database.is_sqlite:
        database.peewee.pragma("user_version", number)
        return
    database.peewee.execute_sql("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    database.peewee.execute_sql("DELETE FROM schema_version")
    database.peewee.execute_sql("INSERT INTO schema_version VALUES (%s)", (number,))
