"""Brings a database to today's tables: verified copy first, numbered migrations, never one of the future."""

from __future__ import annotations

import re
from pathlib import Path

from playhouse.migrations import Runner

from leaddesk.doors.store.backup import verified_copy
from leaddesk.doors.store.database import Database
from leaddesk.words.errors import Corrupt, FromTheFuture

_MIGRATIONS = Path(__file__).parent / "migrations"


def newest_migration(directory: Path = _MIGRATIONS) -> int:
    """The number of the newest migration, which is also SQLite's user_version."""
    return max(_number(file.stem) for file in directory.glob("[0-9]*.py"))


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
        if found == 0 and database.is_sqlite and database.peewee.get_tables():
            raise Corrupt(f"{database.where} is not a LeadDesk database.", "Choose another profile folder.")
        if found < newest:
            if found and database.is_sqlite and copies is not None:
                verified_copy(database, copies / f"before-{newest:04d}.db")
            Runner(database.peewee, str(directory)).up()
        if database.is_sqlite:
            database.peewee.pragma("user_version", newest)


def _version(database: Database) -> int:
    """What was applied. SQLite's user_version is set last, so the history rules where the two differ."""
    stamped = int(database.peewee.pragma("user_version")) if database.is_sqlite else 0
    if "schema_migration" not in database.peewee.get_tables():
        return stamped
    rows = database.peewee.execute_sql("SELECT name FROM schema_migration").fetchall()
    return max(stamped, *(_number(name) for (name,) in rows), 0)


def _number(name: str) -> int:
    found = re.match(r"\d+", name)
    return int(found.group()) if found else 0
