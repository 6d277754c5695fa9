"""How each watched folder's connection stands, and when its server last proved that it is there."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime

from leaddesk.desk.bus import Bus
from leaddesk.doors.clock import Clock
from leaddesk.words.account import Connection, ConnectionState
from leaddesk.words.news import ConnectionChanged

Key = tuple[int | None, int | None, str]


class Connections:
    """Kept up by the watchers, read by whoever shows it. Thread-safe."""

    def __init__(self, clock: Clock, bus: Bus) -> None:
        self._clock = clock
        self._bus = bus
        self._lock = threading.Lock()
        self._all: dict[Key, Connection] = {}

    def all(self) -> tuple[Connection, ...]:
        with self._lock:
            return tuple(self._all.values())

    def put(
        self,
        key: Key,
        state: ConnectionState,
        why: str = "",
        next_try: datetime | None = None,
        *,
        polling: bool = False,
    ) -> Connection:
        """A new state. News is told when the state itself changes."""
        now = self._clock.now()
        account, feed, folder = key
        with self._lock:
            before = self._all.get(key)
            same = before is not None and before.state is state
            connection = Connection(
                account=account,
                feed=feed,
                folder=folder,
                state=state,
                since=before.since if before and same else now,
                proof_at=now if state is ConnectionState.ONLINE else (before.proof_at if before else None),
                why=why,
                next_try=next_try,
                polling=polling,
            )
            self._all[key] = connection
        if not same:
            self._bus.tell(
                [ConnectionChanged(at=now, account=account, feed=feed, folder=folder, state=state, why=why)]
            )
        return connection

    def proof(self, key: Key) -> None:
        """The server has just answered."""
        with self._lock:
            known = self._all.get(key)
            if known is not None:
                self._all[key] = replace(known, proof_at=self._clock.now())

    def gone(self, key: Key) -> None:
        """Nobody watches this any more."""
        with self._lock:
            self._all.pop(key, None)
