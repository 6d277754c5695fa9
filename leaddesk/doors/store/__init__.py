"""The database room: the only one that knows peewee. A store a subject, values in and out."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaddesk.doors.late import late
from leaddesk.doors.paths import make_private, private_file
from leaddesk.doors.store.database import Database, open_postgres, open_sqlite
from leaddesk.doors.store.schema import COPIES_NAME, bring_up_to_date, damaged

if TYPE_CHECKING:
    from leaddesk.doors.store.accounts import Accounts
    from leaddesk.doors.store.alerts import Alert, Alerts
    from leaddesk.doors.store.all_leads import AllLeads
    from leaddesk.doors.store.answered import AnsweredMails
    from leaddesk.doors.store.audits import Audits
    from leaddesk.doors.store.backup import check, flush, verified_copy
    from leaddesk.doors.store.bulk import Bulk, Counts, NewLead
    from leaddesk.doors.store.due import Due, DueLead
    from leaddesk.doors.store.figures import Figures
    from leaddesk.doors.store.forms import Forms
    from leaddesk.doors.store.holders import Holders
    from leaddesk.doors.store.holding import Holding, Ledger, ToSend
    from leaddesk.doors.store.import_rows import NewPerson
    from leaddesk.doors.store.import_stage import Stage
    from leaddesk.doors.store.imports import Called, Gaps, Imports
    from leaddesk.doors.store.journal import Journal
    from leaddesk.doors.store.lead_row import LeadHead
    from leaddesk.doors.store.leads import Leads
    from leaddesk.doors.store.lessons import Lessons
    from leaddesk.doors.store.links import Links
    from leaddesk.doors.store.looking_back import LookingBack
    from leaddesk.doors.store.mailboxes import Correspondent, Mailbox, Mailboxes
    from leaddesk.doors.store.mails import KEPT_WORDS, Mails
    from leaddesk.doors.store.opt_outs import OptOuts
    from leaddesk.doors.store.outbox import Outbox
    from leaddesk.doors.store.rows import one_line
    from leaddesk.doors.store.search import Search
    from leaddesk.doors.store.settings import Settings
    from leaddesk.doors.store.sign_ups import SignUp, SignUps
    from leaddesk.doors.store.sources import Sources
    from leaddesk.doors.store.waiting import Waiting, WaitingCounts, WaitingLead
    from leaddesk.words.cadence import Calendar
    from leaddesk.words.news import News

DATABASE_NAME = "leaddesk.db"


def _always() -> Calendar:
    """Every hour of every day, where nobody says when the firm is open."""
    from datetime import UTC

    from leaddesk.words.cadence import Calendar
    from leaddesk.words.hours import Hours, read_week

    return Calendar(Hours(read_week("Mon-Sun 00:00-24:00")), UTC)


class Store:
    """All stores of one open database, each loaded when it is first asked for."""

    def __init__(self, database: Database, desk: str, calendar: Callable[[], Calendar]) -> None:
        """`calendar` tells by which the steps of plans fall: the desk knows the firm's hours and zone."""
        self.database = database
        self.calendar = calendar
        self._desk = desk
        self._run = os.urandom(16).hex()
        """Names this process in the journal."""
        database.before_commit = lambda news: self.journal.write(news) if news else None

    def session(self) -> AbstractContextManager[None]:
        """A connection for this thread; every store method opens one itself when there is none."""
        return self.database.session()

    def transaction(self) -> AbstractContextManager[list[News]]:
        """Several deeds as one."""
        return self.database.transaction()

    def is_sound(self) -> bool:
        """True when the file shows no damage in a quick look; a server looks after itself."""
        from leaddesk.doors.store.backup import look

        return not self.database.is_sqlite or look(Path(self.database.where)).is_sound

    def check(self) -> None:
        """Raises Corrupt unless the store is sound."""
        if not self.is_sound():
            raise damaged(Path(self.database.where))

    def on_commit(self, tell: Callable[[list[News]], None]) -> None:
        """Who is told after each commit, on the thread that committed."""
        self.database.on_commit = tell

    @late
    def journal(self) -> Journal:
        from leaddesk.doors.store.journal import Journal

        return Journal(self.database, self._run)

    @late
    def search(self) -> Search:
        from leaddesk.doors.store.search import Search

        return Search(self.database)

    @late
    def leads(self) -> Leads:
        from leaddesk.doors.store.leads import Leads

        return Leads(self.database, self.search, self.calendar)

    @late
    def all_leads(self) -> AllLeads:
        from leaddesk.doors.store.all_leads import AllLeads

        return AllLeads(self.database, self.search)

    @late
    def due(self) -> Due:
        from leaddesk.doors.store.due import Due

        return Due(self.database)

    @late
    def links(self) -> Links:
        from leaddesk.doors.store.links import Links

        return Links(self.database)

    @late
    def waiting(self) -> Waiting:
        from leaddesk.doors.store.waiting import Waiting

        return Waiting(self.database)

    @late
    def holders(self) -> Holders:
        from leaddesk.doors.store.holders import Holders

        return Holders(self.database)

    @late
    def mails(self) -> Mails:
        from leaddesk.doors.store.mails import Mails

        return Mails(self.database)

    @late
    def mailboxes(self) -> Mailboxes:
        from leaddesk.doors.store.mailboxes import Mailboxes

        return Mailboxes(self.database)

    @late
    def accounts(self) -> Accounts:
        from leaddesk.doors.store.accounts import Accounts

        return Accounts(self.database)

    @late
    def outbox(self) -> Outbox:
        from leaddesk.doors.store.outbox import Outbox

        return Outbox(self.database, self.leads, self.alerts)

    @late
    def opt_outs(self) -> OptOuts:
        from leaddesk.doors.store.opt_outs import OptOuts

        return OptOuts(self.database)

    @late
    def holding(self) -> Holding:
        from leaddesk.doors.store.holding import Holding

        return Holding(self.database, self.outbox, self._desk)

    @late
    def answered(self) -> AnsweredMails:
        from leaddesk.doors.store.answered import AnsweredMails

        return AnsweredMails(self.database)

    @late
    def alerts(self) -> Alerts:
        from leaddesk.doors.store.alerts import Alerts

        return Alerts(self.database, self.waiting)

    @late
    def settings(self) -> Settings:
        from leaddesk.doors.store.settings import Settings

        return Settings(self.database, self._desk)

    @late
    def figures(self) -> Figures:
        from leaddesk.doors.store.figures import Figures

        return Figures(self.database)

    @late
    def looking_back(self) -> LookingBack:
        from leaddesk.doors.store.looking_back import LookingBack

        return LookingBack(self.database)

    @late
    def forms(self) -> Forms:
        from leaddesk.doors.store.forms import Forms

        return Forms(self.database)

    @late
    def sources(self) -> Sources:
        from leaddesk.doors.store.sources import Sources

        return Sources(self.database)

    @late
    def sign_ups(self) -> SignUps:
        from leaddesk.doors.store.sign_ups import SignUps

        return SignUps(self.database)

    @late
    def bulk(self) -> Bulk:
        from leaddesk.doors.store.bulk import Bulk

        return Bulk(self.database, self.search)

    @late
    def audits(self) -> Audits:
        from leaddesk.doors.store.audits import Audits

        return Audits(self.database)

    @late
    def lessons(self) -> Lessons:
        from leaddesk.doors.store.lessons import Lessons

        return Lessons(self.database)

    @late
    def imports(self) -> Imports:
        from leaddesk.doors.store.imports import Imports

        return Imports(self.database, self.leads)


def open_store(
    profile: Path,
    desk: str,
    now: Callable[[], datetime],
    url: str | None = None,
    *,
    calendar: Callable[[], Calendar] = _always,
    check: bool = True,
) -> Store:
    """The store in `profile` (made and migrated where needed), or at a PostgreSQL `url`.

    Raises FromTheFuture, Corrupt, DiskTrouble or, for the folder, Unusable with the data untouched; at a
    `url` also Usage and OutOfReach. Without `check`, the file is not looked through for damage: that is
    left to `Store.check`.
    """
    if url is not None:
        database = open_postgres(url, now)
        bring_up_to_date(database, None)
        return Store(database, desk, calendar)
    file = make_private(profile) / DATABASE_NAME
    _make_private(file)
    database = open_sqlite(file, now)
    bring_up_to_date(database, profile / COPIES_NAME, check=check)
    return Store(database, desk, calendar)


def _make_private(file: Path) -> None:
    """The file exists for its owner only before SQLite opens it: -wal and -shm take their mode from it."""
    with suppress(OSError):  # said in words when SQLite opens it
        private_file(file)


_ELSEWHERE = {
    "KEPT_WORDS": "mails",
    "LeadHead": "lead_row",
    "Ledger": "holding",
    "Alert": "alerts",
    "Called": "imports",
    "Correspondent": "mailboxes",
    "Counts": "bulk",
    "DueLead": "due",
    "Gaps": "imports",
    "Mailbox": "mailboxes",
    "NewLead": "bulk",
    "NewPerson": "import_rows",
    "Stage": "import_stage",
    "SignUp": "sign_ups",
    "ToSend": "holding",
    "WaitingCounts": "waiting",
    "WaitingLead": "waiting",
    "check": "backup",
    "flush": "backup",
    "one_line": "rows",
    "verified_copy": "backup",
}
"""Names of this room that stand in its files, which are loaded when somebody asks for them."""


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"leaddesk.doors.store.{_ELSEWHERE[name]}"), name)


__all__ = [
    "COPIES_NAME",
    "DATABASE_NAME",
    "KEPT_WORDS",
    "Alert",
    "Called",
    "Correspondent",
    "Counts",
    "DueLead",
    "Gaps",
    "LeadHead",
    "Ledger",
    "Mailbox",
    "NewLead",
    "NewPerson",
    "SignUp",
    "Stage",
    "Store",
    "ToSend",
    "WaitingCounts",
    "WaitingLead",
    "check",
    "flush",
    "one_line",
    "open_store",
    "verified_copy",
]
