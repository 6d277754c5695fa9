"""A whole desk of which only one watcher and the reader run, each step of theirs told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leaddesk import desk as core
from leaddesk.desk.first_sync import FirstSync
from leaddesk.desk.landing import Landing
from leaddesk.desk.receive import Receive
from leaddesk.desk.receiver import Receiver
from leaddesk.desk.watch import FolderWatcher, Pace
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.reader import Reader
from leaddesk.rules.capture.read import read
from leaddesk.words.mail import Known, Reading, Role
from tests.house import FakeNotifier
from tests.memory_vault import MemoryVault


class ReaderInside(Reader):
    """Reads in this process: a child of its own would take longer to start than a life lasts."""

    def read(self, raw: bytes, known: Known) -> Reading:
        return read(raw, known)


class WatchingDesk:
    """Made anew in each life, over the same profile."""

    def __init__(self, profile: Path, password: str, step: Callable[[str], None], pace: Pace) -> None:
        reader = ReaderInside()
        self.desk = core.open(profile, doors=core.Doors(Clock(), MemoryVault(), reader, FakeNotifier))
        self.store = self.desk.store
        self._password, self.step, self._pace = password, step, pace
        sent, alerts = self.desk._sent, self.desk.alerts
        matching = self.desk._matching
        landing = Landing(
            self.store, matching, self.desk.clock, alerts.raise_for, sent.earlier_answers,
            self.desk.following.begin,
        )  # fmt: skip
        self.receive = Receive(
            self.store, self.desk.clock, reader, matching, landing, sent, self.desk._sorting, self.step
        )
        first_sync = FirstSync(self.store, self.desk.clock, self.desk._connections)
        self.receiver = Receiver(self.store, lambda: self.receive, alerts, first_sync, self.desk._troubles)

    def watcher(self) -> FolderWatcher:
        """The real watcher of the one account's Inbox; what it keeps, the reader is told."""
        (account,) = self.store.accounts.all()
        self.desk.accounts.give_password(account.id, self._password, keep=False)
        return FolderWatcher(
            self.store,
            self.desk.clock,
            self.desk._passwords,
            self.desk._connections,
            self.desk._troubles,
            account,
            Role.INBOX,
            self.receiver.kick,
            pace=self._pace,
            step=self.step,
        )
