"""One open database: sessions for threads, transactions that carry news, failures put into words.

SQLite is the embedded default (through apsw, whose SQLite is past the WAL-reset race); PostgreSQL serves the
same tables. Sessions are opened explicitly, so that a query on the Qt thread fails in the first test.
"""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import apsw
import peewee as pw
from playhouse.apsw_ext import APSWDatabase

from leaddesk.doors.store import plain
from leaddesk.doors.store.tables import Tables
from leaddesk.words.errors import Corrupt, DiskTrouble, LeadDeskError, OutOfReach, Usage

if TYPE_CHECKING:
    from leaddesk.words.news import News

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "temp_store": "memory",
    "secure_delete": 1,
    "cache_size": -16000,
}
_BUSY_SECONDS = 10
_T = TypeVar("_T")
_RESTORE = "Restore a backup: leaddesk restore FILE."


class Database:
    """Tables bound to one database, and the ways to use them."""

    def __init__(
        self, database: pw.Database, *, file: Path | None, where: str, now: Callable[[], datetime]
    ) -> None:
        self.peewee: Any = database
        self.tables = Tables(database)
        self.file = file
        """Where SQLite keeps it; None on a server."""
        self.is_sqlite = file is not None
        self.now = now
        self.where = where
        """The file, or the server, in words for a person."""
        self.on_commit: Callable[[list[News]], None] = lambda news: None
        """Called after a commit, on the committing thread."""
        self.before_commit: Callable[[list[News]], None] = lambda news: None
        """Called inside the transaction: the journal."""
        self._local = threading.local()

    def session(self) -> AbstractContextManager[None]:
        """A connection of this thread's; nested ones share it. Failures come out as LeadDeskError."""
        return self._connected() if self.peewee.is_closed() else _Inside(None, self._told)

    def transaction(self) -> AbstractContextManager[list[News]]:
        """One transaction; what is appended to the yielded list is journalled with it and told after it.

        A transaction inside another joins it.
        """
        outer: list[News] | None = getattr(self._local, "news", None)
        return _Inside(outer, self._told) if outer is not None else self._begun()

    @contextmanager
    def _connected(self) -> Iterator[None]:
        with _Inside(None, self._told):
            self.peewee.connect()
            try:
                yield
            finally:
                self.peewee.close()

    @contextmanager
    def _begun(self) -> Iterator[list[News]]:
        news: list[News] = []
        with self.session():
            self._local.news = news
            try:
                with self.atomic():
                    yield news
                    self.before_commit(news)
            finally:
                self._local.news = None
        self.on_commit(news)

    def atomic(self) -> Any:
        """A bare transaction, for migrations.

        SQLite takes the write lock at once: a lock taken midway cannot wait for others.
        """
        return self.peewee.atomic("IMMEDIATE") if self.is_sqlite else self.peewee.atomic()

    def _told(self, error: BaseException) -> BaseException:
        """A failure of the database's as a sentence; any other as it is."""
        if isinstance(error, (pw.PeeweeException, apsw.Error)):
            return self._failure(error)
        if isinstance(error, (UnicodeDecodeError, json.JSONDecodeError)) and _happened_in(
            error, pw.__name__, plain.__name__
        ):
            return Corrupt(f"{self.where} is damaged.", _RESTORE)  # a text that nobody wrote
        return error

    def _failure(self, error: Exception) -> Exception:
        """The database's failure as a sentence; what is our bug stays what it is."""
        cause = type(error.__cause__ or error.__context__ or error).__name__
        text = str(error).lower()
        if cause == "FullError" or "disk is full" in text or "no space left" in text:
            return DiskTrouble(
                "The disk is full: nothing new can be stored. What you have is safe.",
                "Free some space; LeadDesk carries on by itself.",
            )
        if cause == "ReadOnlyError":
            return DiskTrouble(f"{self.where} is read-only.", "Allow LeadDesk to write there.")
        if cause in ("IOError", "CantOpenError"):
            return DiskTrouble(
                f"The disk does not let LeadDesk read or write {self.where}.",
                "Check that the disk is there, has room and allows writing.",
            )
        if cause in ("BusyError", "LockedError", "ProtocolError"):
            return DiskTrouble(
                f"Another program keeps {self.where} locked.",
                "It is tried again by itself; a backup or virus scanner may be at it.",
            )
        if cause in ("CorruptError", "NotADBError"):
            return Corrupt(f"{self.where} is damaged.", _RESTORE)
        if isinstance(error, pw.OperationalError | pw.InterfaceError) and not self.is_sqlite:
            return OutOfReach(f"{self.where} does not answer.", "It is tried again by itself.")
        return error


class _Inside(Generic[_T]):
    """What ends with something around it, where failures are put into words all the same.

    Entered some twenty times with every mail that is sent: 0.4 µs each, where a generator takes 2.
    """

    __slots__ = ("_given", "_told")

    def __init__(self, given: _T, told: Callable[[BaseException], BaseException]) -> None:
        self._given, self._told = given, told

    def __enter__(self) -> _T:
        return self._given

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and (told := self._told(error)) is not error:
            raise told from error


def _happened_in(error: Exception, *modules: str) -> bool:
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(frame.f_globals.get("__name__") in modules for frame in frames)


def open_sqlite(file: Path, now: Callable[[], datetime]) -> Database:
    """The SQLite database in `file`; nothing is read or made until a session opens."""
    database = APSWDatabase(str(file), pragmas=_PRAGMAS, timeout=_BUSY_SECONDS, autoconnect=False)
    return Database(database, file=file, where=str(file), now=now)


def open_postgres(url: str, now: Callable[[], datetime]) -> Database:
    """The PostgreSQL database at `url`, which carries no password (the server's own password file does).

    psycopg is an extra and is imported only here. Raises Usage for a URL that cannot be used.
    """
    try:
        import psycopg  # noqa: F401, PLC0415 - heavy, and only for this; peewee would find it missing later
        from playhouse.postgres_ext import Psycopg3Database  # noqa: PLC0415
    except ImportError:
        raise LeadDeskError(
            "This needs the PostgreSQL extra.", "Install it: pip install 'leaddesk[postgres]'."
        ) from None
    settings = _settings_of(url)
    name = settings.pop("database")
    server = Psycopg3Database(name, autoconnect=False, **settings)
    return Database(server, file=None, where=f"The database {name}", now=now)


def _settings_of(url: str) -> dict[str, Any]:
    from playhouse.db_url import parse  # noqa: PLC0415 - only for this

    mend = "Write it as postgresql://user@host/name; the password belongs into the server's password file."
    try:
        settings: dict[str, Any] = {"connect_timeout": _BUSY_SECONDS, **parse(url, unquote_user=True)}
    except ValueError:
        raise Usage("The database's URL cannot be read.", mend) from None
    if url.partition(":")[0] not in ("postgresql", "postgres") or not settings["database"]:
        raise Usage("The database's URL must name a PostgreSQL database.", mend)
    if "password" in settings or "passwd" in settings:
        raise Usage("The database's URL must not carry a password.", mend)
    return settings
