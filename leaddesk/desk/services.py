"""All that runs by itself: watchers, reader, sender, alerts, pulse. Started and stopped in one place.

The mail room's libraries take a quarter of a second to load: sender and watchers are made when services
start, so that a window or a command that only looks pays nothing for them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.desk.alerts import Alerts
from leaddesk.desk.bus import Bus
from leaddesk.desk.connections import Connections
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.pulse import Pulse
from leaddesk.desk.receive import Receive
from leaddesk.desk.service import Service
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.instance import Kind, ProfileLock
from leaddesk.doors.store import Store
from leaddesk.words.account import Account, Feed
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.mail import Role
from leaddesk.words.news import AccountsChanged, FirstSyncDone, News

if TYPE_CHECKING:
    from leaddesk.desk.send import Sender
    from leaddesk.desk.watch import FeedWatcher, FolderWatcher, Pace, Swept

log = logging.getLogger(__name__)
_REST_S = 30.0


class Receiver(Service):
    """Reads what is stored raw, one mail after the other, as soon as it is there."""

    name = "receiver"

    def __init__(self, receive: Receive) -> None:
        super().__init__()
        self._receive = receive

    def round(self) -> float:
        self._receive.read_waiting(lambda: self.is_stopping)
        return _REST_S


class Services:
    """The profile's services, held by one process at a time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bus: Bus,
        profile: Path,
        *,
        passwords: Passwords,
        connections: Connections,
        troubles: Troubles,
        receive: Receive,
        alerts: Alerts,
        sender: Callable[[], Sender],
        pulse: Callable[[Callable[[], None]], Pulse],
        pace: Pace | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._profile = profile
        self._passwords = passwords
        self._connections = connections
        self._troubles = troubles
        self._receiver = Receiver(receive)
        self._receive = receive
        self._alerts = alerts
        self._make_sender = sender
        self._sender: Sender | None = None
        self._pulse = pulse(self.retry)
        self._pace = pace
        self._lock: ProfileLock | None = None
        self._changing = threading.Lock()
        self._folders: dict[tuple[int, Role], FolderWatcher] = {}
        self._feeds: dict[int, FeedWatcher] = {}
        self._listening: Callable[[], None] = lambda: None

    @property
    def are_running(self) -> bool:
        return self._lock is not None

    def hold(self, kind: Kind) -> None:
        """Takes the profile for this process. Raises InUse when another holds it."""
        if self._lock is None:
            lock = ProfileLock(self._profile, kind)
            lock.acquire()
            self._lock = lock

    def start(self, kind: Kind = Kind.WINDOW) -> None:
        """Starts everything. Raises InUse when another process runs services on this profile."""
        self.hold(kind)
        for service in (self._receiver, self._alerts, self._pulse, self._its_sender()):
            service.start()
        self._listening = self._bus.subscribe(self._heard)
        self._follow_accounts()

    def stop(self, timeout: float = 2.0) -> bool:
        """Stops everything; False when something still hangs in a call that nobody can cancel."""
        if self._lock is None:
            return True
        self._listening()
        services = [*self._watchers(), self._its_sender(), self._receiver, self._alerts, self._pulse]
        for service in services:
            service.stop()
        end = self._clock.monotonic() + timeout
        ended = [service.join(end - self._clock.monotonic()) for service in services]
        self._lock.release()
        self._lock = None
        return all(ended)

    def once(self, kind: Kind = Kind.WATCH) -> list[LeadDeskError]:
        """Sweeps everything, shows alerts, sends what may be sent now; returns what went wrong on the way."""
        self.hold(kind)
        failures: list[LeadDeskError] = []
        for account in self._watched_accounts():
            for role in Role:
                self._sweep_once(self._folder_watcher(account, role), failures)
        for feed in self._store.accounts.feeds():
            self._feed_watcher(feed).look(settled=True)
        self._receive.read_waiting()
        self._alerts.round()
        self._its_sender().once()
        return failures

    def sweep_now(self) -> None:
        """Looks again at once, everywhere."""
        self.retry()

    def retry(self, account: int | None = None) -> None:
        """The person acted, the network is back or the machine woke up: connects anew."""
        for watcher in list(self._folders.values()):
            if account is None or watcher.account.id == account:
                watcher.retry()
        if self._sender is not None:
            self._sender.retry(account)

    # -- inside

    def _watchers(self) -> Iterable[Service]:
        with self._changing:
            return [*self._folders.values(), *self._feeds.values()]

    def _heard(self, news: News) -> None:
        if isinstance(news, AccountsChanged):
            self._follow_accounts()

    def _watched_accounts(self) -> list[Account]:
        return [account for account in self._store.accounts.all() if account.is_watched]

    def _follow_accounts(self) -> None:
        """One watcher for each folder and feed in use; a changed account gets new ones."""
        with self._changing:
            wanted = {(a.id, role): a for a in self._watched_accounts() for role in Role}
            for key, watcher in list(self._folders.items()):
                if _watched_parts(wanted.get(key)) != _watched_parts(watcher.account):
                    self._folders.pop(key).stop()
            for key, account in wanted.items():
                if key not in self._folders:
                    self._folders[key] = self._folder_watcher(account, key[1])
                    self._folders[key].start()
            self._follow_feeds()

    def _follow_feeds(self) -> None:
        wanted = {feed.id: feed for feed in self._store.accounts.feeds()}
        for number in set(self._feeds) - set(wanted):
            self._feeds.pop(number).stop()
        for number in set(wanted) - set(self._feeds):
            self._feeds[number] = self._feed_watcher(wanted[number])
            self._feeds[number].start()

    def _its_sender(self) -> Sender:
        if self._sender is None:
            self._sender = self._make_sender()
        return self._sender

    def _feed_watcher(self, feed: Feed) -> FeedWatcher:
        from leaddesk.desk.watch import FeedWatcher  # noqa: PLC0415 - see above

        return FeedWatcher(self._store, self._clock, self._connections, feed, self._receiver.kick)

    def _folder_watcher(self, account: Account, role: Role) -> FolderWatcher:
        from leaddesk.desk.watch import FolderWatcher  # noqa: PLC0415 - see above

        return FolderWatcher(
            self._store,
            self._clock,
            self._passwords,
            self._connections,
            self._troubles,
            account,
            role,
            self._receiver.kick,
            self._swept,
            self._pace,
        )

    def _swept(self, account: Account, role: Role, swept: Swept) -> None:
        if not swept.was_first or role is not Role.INBOX:
            return
        with self._store.transaction() as news:
            news.append(
                FirstSyncDone(at=self._clock.now(), account=account.id, enquiries=swept.kept, answered=0)
            )

    def _sweep_once(self, watcher: FolderWatcher, failures: list[LeadDeskError]) -> None:
        try:
            watcher.once()
        except LeadDeskError as failure:
            log.warning("%s: %s", watcher.name, failure.sentence)
            failures.append(failure)


def _watched_parts(account: Account | None) -> object:
    """What a watcher depends on: another signature is no reason to connect anew."""
    if account is None:
        return None
    return (account.id, account.imap, account.user, account.ca_file, account.folder, account.sent_folder)
