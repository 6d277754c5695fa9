"""The database room: the only one that knows peewee. A store a subject, values in and out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from leaddesk.doors.paths import make_private, private_file
from leaddesk.doors.store.accounts import Accounts
from leaddesk.doors.store.alerts import Alert, Alerts
from leaddesk.doors.store.backup import check, look, verified_copy
from leaddesk.doors.store.bulk import Bulk, Counts, NewLead
from leaddesk.doors.store.database import Database, open_postgres, open_sqlite
from leaddesk.doors.store.figures import Figures
from leaddesk.doors.store.journal import Journal
from leaddesk.doors.store.leads import Leads, one_line
from leaddesk.doors.store.mailboxes import Correspondent, Mailbox, Mailboxes
from leaddesk.doors.store.mails import KEPT_WORDS, Mails
from leaddesk.doors.store.outbox import Outbox
from leaddesk.doors.store.rows import new_token
from leaddesk.doors.store.schema import bring_up_to_date
from leaddesk.doors.store.search import Search
from leaddesk.doors.store.settings import Settings
from leaddesk.doors.store.waiting import Waiting, WaitingCounts, WaitingLead
from leaddesk.words.news import News

DATABASE_NAME = "leaddesk.db"
COPIES_NAME = "backups"


class Store:
    """All stores of one open database."""

    def __init__(self, database: Database, desk: str) -> None:
        self.database = database
        self.journal = Journal(database, new_token())
        self.search = Search(database)
        self.leads = Leads(database, self.search)
        self.waiting = Waiting(database)
        self.mails = Mails(database)
        self.mailboxes = Mailboxes(database)
        self.accounts = Accounts(database)
        self.outbox = Outbox(database, self.leads)
        self.alerts = Alerts(database)
        self.settings = Settings(database, desk)
        self.figures = Figures(database)
        self.bulk = Bulk(database, self.search)

    def session(self) -> AbstractContextManager[None]:
        """A connection for this thread; every store method opens one itself when there is none."""
        return self.database.session()

    def transaction(self) -> AbstractContextManager[list[News]]:
        """Several deeds as one."""
        return self.database.transaction()

    def is_sound(self) -> bool:
        """True when the file shows no damage in a quick look; a server looks after itself."""
        return not self.database.is_sqlite or look(Path(self.database.where)).is_sound

    def on_commit(self, tell: Callable[[list[News]], None]) -> None:
        """Who is told after each commit, on the thread that committed."""
        self.database.on_commit = tell


def open_store(profile: Path, desk: str, now: Callable[[], datetime], url: str | None = None) -> Store:
    """The store in `profile` (made and migrated where needed), or at a PostgreSQL `url`.

    Raises FromTheFuture, Corrupt, DiskTrouble or, for the folder, Unusable with the data untouched; at a
    `url` also Usage and OutOfReach.
    """
    if url is not None:
        database = open_postgres(url, now)
        bring_up_to_date(database, None)
        return Store(database, desk)
    file = make_private(profile) / DATABASE_NAME
    _make_private(file)
    database = open_sqlite(file, now)
    bring_up_to_date(database, profile / COPIES_NAME)
    return Store(database, desk)


def _make_private(file: Path) -> None:
    """The file exists for its owner only before SQLite opens it: -wal and -shm take their mode from it."""
    with suppress(OSError):  # said in words when SQLite opens it
        private_file(file)


__all__ = [
    "COPIES_NAME",
    "DATABASE_NAME",
    "KEPT_WORDS",
    "Alert",
    "Correspondent",
    "Counts",
    "Mailbox",
    "NewLead",
    "Store",
    "WaitingCounts",
    "WaitingLead",
    "check",
    "one_line",
    "open_store",
    "verified_copy",
]
