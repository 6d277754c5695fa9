"""Brings a database to today's tables: verified copy first, numbered migrations, never one of the future.

playhouse's Runner keeps its history in a DateTimeField, which apsw cannot bind; ours stamps the number in the
migration's own transaction: `user_version` on SQLite, a table of one row on PostgreSQL.
"""

from __future__ import annotations

from pathlib import Path

from playhouse.migrate import SchemaMigrator
from playhouse.migrations import Migration

from leaddesk.doors.store.backup import verified_copy
from leaddesk.doors.store.database import Database
from leaddesk.words.errors import Corrupt, FromTheFuture

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "schema_version"


def newest_migration(directory: Path = _MIGRATIONS) -> int:
    """The number of the newest migration, which is also SQLite's user_version."""
    return int(max(migration.idx for migration in Migration.load_directory(str(directory))))


def bring_up_to_date(database: Database, copies: Path | None, directory: Path = _MIGRATIONS) -> None:
    """Applies what is missing, each migration in one transaction.

    A file that holds data is copied to `copies` first. Raises FromTheFuture before anything is written to a
    database of a newer LeadDesk, and Corrupt for a file that is no database of ours.
    """
    newest = newest_migration(directory)
    with database.session():
        found = _version(database)
        if found > newest:
            raise FromTheFuture(
                f"{database.where} was made by a newer LeadDesk (version {found}, this one knows {newest}).",
                "Install the newer LeadDesk; nothing was changed.",
            )
        if found == newest:
            return
        if found == 0 and database.is_sqlite and database.peewee.get_tables():
            raise Corrupt(f"{database.where} is not a LeadDesk database.", "Choose another profile folder.")
        if found and database.is_sqlite and copies is not None:
            verified_copy(database, copies / f"before-{newest:04d}.db")
        for migration in Migration.load_directory(str(directory)):
            if migration.idx > found:
                _apply(database, migration)


def _apply(database: Database, migration: Migration) -> None:
    """One migration with its number, wholly or not at all.

    Only inside `migration_context`: it switches foreign keys off around the transaction, since a table that
    SQLite rebuilds would otherwise take its child rows along.
    """
    migrator = SchemaMigrator.from_database(database.peewee)
    with migrator.migration_context():
        migration.load().up(migrator, database.peewee)
        _stamp(database, migration.idx)


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
