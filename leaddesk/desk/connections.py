"""How each watched folder's connection stands, and when its server last proved that it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from leaddesk.desk.bus import Bus
from leaddesk.doors.clock import Clock
from leaddesk.words.account import Connection, ConnectionState
from leaddesk.words.news import ConnectionChanged


class Connections:
    """All that is watched, as the watchers keep it up. Thread-safe."""

    def __init__(self, clock: Clock, bus: Bus) -> None:
        self._clock = clock
        self._bus = bus
        self._lock = threading.Lock()
        self._lines: list[Line] = []

    def line(self, *, account: int | None = None, feed: int | None = None) -> Line:
        """A line for one watcher: it shows from its first `put` until `gone`.

        A watcher that takes another's place has its own, so that the old one's end does not hide the new.
        """
        line = Line(self._clock, self._bus, self._gone, account, feed)
        with self._lock:
            self._lines.append(line)
        return line

    def all(self) -> tuple[Connection, ...]:
        with self._lock:
            return tuple(line.standing for line in self._lines if line.standing is not None)

    def _gone(self, line: Line) -> None:
        with self._lock:
            self._lines = [each for each in self._lines if each is not line]


class Line:
    """One watched folder or feed. Written by its watcher's thread alone, read by any."""

    def __init__(
        self,
        clock: Clock,
        bus: Bus,
        on_gone: Callable[[Line], None],
        account: int | None,
        feed: int | None,
    ) -> None:
        self._clock = clock
        self._bus = bus
        self._on_gone = on_gone
        self._account = account
        self._feed = feed
        self.standing: Connection | None = None

    @property
    def proof_at(self) -> datetime | None:
        """The last proof of life."""
        return self.standing.proof_at if self.standing else None

    def put(
        self,
        folder: str,
        state: ConnectionState,
        why: str = "",
        next_try: datetime | None = None,
        *,
        polling: bool = False,
    ) -> None:
        """A new state. News is told when the state itself changes."""
        now, before = self._clock.now(), self.standing
        same = before is not None and before.state is state and before.folder == folder
        self.standing = Connection(
            account=self._account,
            feed=self._feed,
            folder=folder,
            state=state,
            since=before.since if before and same else now,
            proof_at=now if state is ConnectionState.ONLINE else self.proof_at,
            why=why,
            next_try=next_try,
            polling=polling,
        )
        if not same:
            news = ConnectionChanged(
                at=now, account=self._account, feed=self._feed, folder=folder, state=state, why=why
            )
            self._bus.tell([news])

    def proof(self, *, polling: bool | None = None) -> None:
        """The server has just answered."""
        if self.standing is not None:
            told = self.standing.polling if polling is None else polling
            self.standing = replace(self.standing, proof_at=self._clock.now(), polling=told)

    def gone(self) -> None:
        """Nobody watches this any more."""
        self.standing = None
        self._on_gone(self)
