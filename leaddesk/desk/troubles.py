"""Standing troubles: what needs a person, since when, what is safe and what a button does about it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from leaddesk.desk.bus import Bus
from leaddesk.doors.clock import Clock
from leaddesk.words.news import TroubleChanged
from leaddesk.words.views import Trouble


@dataclass(frozen=True, slots=True)
class _Standing:
    trouble: Trouble
    act: Callable[[], None] | None


class Troubles:
    """Begun and ended by whoever meets them; shown by the face. Thread-safe."""

    def __init__(self, clock: Clock, bus: Bus) -> None:
        self._clock = clock
        self._bus = bus
        self._lock = threading.Lock()
        self._standing: dict[str, _Standing] = {}

    def begin(
        self,
        key: str,
        sentence: str,
        safe: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        *,
        urgent: bool = True,
    ) -> None:
        """The trouble stands. Begun again it keeps its `since`, and tells news only when its words change."""
        with self._lock:
            before = self._standing.get(key)
            since = before.trouble.since if before else self._clock.now()
            trouble = Trouble(
                key=key, since=since, sentence=sentence, safe=safe, action=action, urgent=urgent
            )
            self._standing[key] = _Standing(trouble, act)
            changed = before is None or before.trouble != trouble
        if changed:
            self._tell()

    def end(self, key: str) -> None:
        """The trouble is over; nothing happens when it never began."""
        with self._lock:
            gone = self._standing.pop(key, None)
        if gone is not None:
            self._tell()

    def all(self) -> tuple[Trouble, ...]:
        """What stands, urgent ones first, then the oldest."""
        with self._lock:
            standing = [each.trouble for each in self._standing.values()]
        return tuple(sorted(standing, key=lambda t: (not t.urgent, t.since)))

    def act(self, key: str) -> None:
        """The trouble's button was pressed. May block."""
        with self._lock:
            standing = self._standing.get(key)
        if standing is not None and standing.act is not None:
            standing.act()

    def _tell(self) -> None:
        self._bus.tell([TroubleChanged(at=self._clock.now())])
