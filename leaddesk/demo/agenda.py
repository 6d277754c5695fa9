"""Deeds at their time, in one thread."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
from collections.abc import Callable

from leaddesk.doors.clock import Clock

_LOG = logging.getLogger(__name__)


class Agenda:
    """Does each deed once its time has come. A deed that fails is logged, and the others go on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="demo-agenda", daemon=True)

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> None:
        """What is not done by now is never done. Safe to call when it never started."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        if self.is_running:
            self._thread.join(timeout)

    def after(self, seconds: float, deed: Callable[[], None]) -> None:
        """Puts a deed down for so many seconds from now; may be called from any thread."""
        with self._changed:
            heapq.heappush(self._due, (self._clock.monotonic() + seconds, next(self._numbers), deed))
            self._changed.notify_all()

    def _run(self) -> None:
        while (deed := self._next()) is not None:
            try:
                deed()
            except Exception:
                _LOG.exception("a deed of the demo failed")

    def _next(self) -> Callable[[], None] | None:
        """Waits for the next deed whose time has come; None when it is time to stop."""
        with self._changed:
            while not self._is_stopping:
                left = self._due[0][0] - self._clock.monotonic() if self._due else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(left)
        return None
