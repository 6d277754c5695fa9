"""The watchers of all accounts and feeds in use: begun, changed and ended as these are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from leaddesk.desk.connections import Connections
from leaddesk.desk.first_sync import FirstSync
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.service import Service
from leaddesk.desk.sign_ins import SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.account import Account, Feed
from leaddesk.words.errors import LeadDeskError
from leaddesk.words.mail import Role

if TYPE_CHECKING:  # the mail room is slow to open: see desk.services
    from leaddesk.desk.watch import FeedWatcher, FolderWatcher, Pace, Swept

log = logging.getLogger(__name__)
_LEAVES_S = 1.0


class Watchers:
    """One for each folder and feed. Every method may be called from any thread."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passwords: Passwords,
        connections: Connections,
        troubles: Troubles,
        first_sync: FirstSync,
        on_kept: Callable[[], None],
        on_pressed: Callable[[int], None],
        sign_ins: SignIns,
        pace: Pace | None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._connections = connections
        self._troubles = troubles
        self._first_sync = first_sync
        self._on_kept = on_kept
        self._on_pressed = on_pressed
        self._pace = pace
        self._changing = threading.Lock()
        self._sign_ins = sign_ins
        self._folders: dict[tuple[int, Role], FolderWatcher] = {}
        self._feeds: dict[int, FeedWatcher] = {}

    def all(self) -> list[Service]:
        """Those that run."""
        with self._changing:
            return [*self._folders.values(), *self._feeds.values()]

    def follow(self) -> None:
        """Accounts or feeds may have changed: ends watchers that nobody needs, begins those that are missing.

        A changed account gets new ones; another signature is no reason to connect anew.
        """
        with self._changing:
            self._follow_accounts()
            self._follow_feeds()

    def once(self) -> list[LeadDeskError]:
        """Looks everywhere once, without a thread; returns what went wrong on the way."""
        failures: list[LeadDeskError] = []
        for account in self._accounts():
            for role in _roles(account):
                self._sweep_once(self._folder_watcher(account, role), failures)
        for feed in self._watched_feeds():
            self._feed_watcher(feed).look(settled=True)
        return failures

    def retry(self, account: int | None = None) -> None:
        """The person acted: tries anew, for all or for one account."""
        for watcher in self._of(account):
            watcher.retry()

    def resume(self) -> None:
        """The machine woke up or the network is back: connects anew."""
        for watcher in self._of(None):
            watcher.resume()

    def _of(self, account: int | None) -> list[FolderWatcher]:
        with self._changing:
            return [w for w in self._folders.values() if account is None or w.account.id == account]

    def _accounts(self) -> list[Account]:
        return [account for account in self._store.accounts.all() if account.is_watched]

    def _follow_accounts(self) -> None:
        wanted = {(a.id, role): a for a in self._accounts() for role in _roles(a)}
        old = [
            key
            for key, watcher in self._folders.items()
            if _watched_parts(wanted.get(key)) != _watched_parts(watcher.account)
        ]
        _end([self._folders.pop(key) for key in old])
        for key, account in wanted.items():
            if key not in self._folders:
                self._folders[key] = self._folder_watcher(account, key[1])
                self._folders[key].start()

    def _follow_feeds(self) -> None:
        wanted = {feed.id: feed for feed in self._watched_feeds()}
        _end([self._feeds.pop(number) for number in set(self._feeds) - set(wanted)])
        for number in set(wanted) - set(self._feeds):
            self._feeds[number] = self._feed_watcher(wanted[number])
            self._feeds[number].start()

    def _watched_feeds(self) -> list[Feed]:
        """A registered form's mails land in a mailbox: there is nothing to watch."""
        return [feed for feed in self._store.accounts.feeds() if feed.kind != "form"]

    def _feed_watcher(self, feed: Feed) -> FeedWatcher:
        from leaddesk.desk.watch import FeedWatcher  # noqa: PLC0415 - see above

        return FeedWatcher(self._store, self._clock, self._connections, self._troubles, feed, self._on_kept)

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
            self._on_kept,
            self._swept,
            self._on_pressed,
            self._sign_ins,
            self._pace,
        )

    def _swept(self, account: Account, role: Role, swept: Swept) -> None:
        if swept.was_first:
            self._first_sync.swept(account, role)
            self._on_kept()  # the summary waits for the reader

    def _sweep_once(self, watcher: FolderWatcher, failures: list[LeadDeskError]) -> None:
        try:
            watcher.once()
        except LeadDeskError as failure:
            log.warning("%s: %s", watcher.name, failure.sentence)
            failures.append(failure)


def _watched_parts(account: Account | None) -> object:
    """What a watcher depends on."""
    if account is None:
        return None
    where = (account.id, account.imap, account.user, account.ca_file, account.folder, account.sent_folder)
    return (
        *where,
        account.sign_in,
        account.client,
        account.signer,
        account.signer_sent,
        account.signed_in_at,
    )


def _roles(account: Account) -> list[Role]:
    """The folders of an account that are watched."""
    roles = [Role.INBOX, Role.SENT]
    return roles if account.signer_sent is None else [*roles, Role.SIGNER_SENT]


def _end(watchers: list[FolderWatcher] | list[FeedWatcher]) -> None:
    """Ends those whose place others may take: two at one folder would do no harm, but need not be."""
    for watcher in watchers:
        watcher.stop()
    for watcher in watchers:
        watcher.join(_LEAVES_S)
