"""The one summary of a mailbox's first, quiet sync: told when Inbox and Sent have both been read."""

from __future__ import annotations

import threading

from leaddesk.desk.connections import Connections
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.account import Account, ConnectionState
from leaddesk.words.mail import Role
from leaddesk.words.news import FirstSyncDone

_NOT_COMING = (ConnectionState.OFFLINE, ConnectionState.REFUSED)


class FirstSync:
    """Hears what the watchers swept; tells once all of it has been read. Thread-safe."""

    def __init__(self, store: Store, clock: Clock, connections: Connections) -> None:
        self._store = store
        self._clock = clock
        self._connections = connections
        self._lock = threading.Lock()
        self._swept: dict[int, set[Role]] = {}

    def swept(self, account: Account, role: Role) -> None:
        """The first sweep of one folder is done: its mails are stored, and perhaps not read yet."""
        with self._lock:
            self._swept.setdefault(account.id, set()).add(role)

    def tell(self) -> None:
        """Tells of every account whose 72 hours are read. Call it when nothing waits to be read."""
        with self._lock:
            done = [number for number, roles in self._swept.items() if self._is_done(number, roles)]
            for number in done:
                del self._swept[number]
        for number in done:
            enquiries, answered = self._store.figures.quiet(number)
            with self._store.transaction() as news:
                news.append(
                    FirstSyncDone(
                        at=self._clock.now(), account=number, enquiries=enquiries, answered=answered
                    )
                )

    def _is_done(self, account: int, roles: set[Role]) -> bool:
        """Without Sent nobody could say what has been answered; but Sent may not be there to be read."""
        if Role.INBOX not in roles:
            return False
        sent = self._store.mailboxes.get(account, Role.SENT)
        if Role.SENT in roles or (sent is not None and sent.quiet_done):
            return True
        return any(c.account == account and c.state in _NOT_COMING for c in self._connections.all())
