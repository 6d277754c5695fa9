"""The one summary of a mailbox's first, quiet sync: told when Inbox and Sent have both been read."""

from __future__ import annotations

import threading
from collections.abc import Sequence

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

    def done(self) -> tuple[int, ...]:
        """Accounts whose 72 hours are stored by now, and not yet told of.

        Ask before you read what waits: what is stored after that waits for the next time.
        """
        with self._lock:
            return tuple(number for number, roles in self._swept.items() if self._is_done(number, roles))

    def tell(self, accounts: Sequence[int]) -> None:
        """All of these has been read, too: tells it once."""
        with self._lock:
            done = [number for number in accounts if self._swept.pop(number, None) is not None]
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
