"""A service: a thread that works in rounds until it is stopped."""

from __future__ import annotations

import logging
import threading

from leaddesk.words.errors import LeadDeskError

log = logging.getLogger(__name__)
_AFTER_FAILURE_S = 5.0


class Service:
    """Runs `round` again and again; what it returns is how long to rest, in seconds.

    A round that fails is logged and comes round again: a service never ends by itself. `kick` cuts the rest
    short; `stop` asks it to end, and `join` waits for that.
    """

    name = "service"

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def round(self) -> float:
        """One round of work. Returns seconds until the next."""
        raise NotImplementedError

    def ended(self) -> None:
        """Called on the service's thread when it ends."""

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    @property
    def is_started(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        """Starts the thread, once: started again, it goes on as it is."""
        if self.is_started:
            return
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def kick(self) -> None:
        """There is something to do now."""
        self._wake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def join(self, seconds: float) -> bool:
        """Waits for the end; False when it still runs (in a call that nobody can cancel)."""
        if self._thread is None:
            return True
        try:
            self._thread.join(max(0.0, seconds))
        except RuntimeError:  # a signal cut its start short: it finds that it is to stop, and ends
            return True
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._wake.wait(self._round_safely())
        self.ended()

    def _round_safely(self) -> float:
        if self._stopping.is_set():
            return 0.0
        try:
            return self.round()
        except LeadDeskError as failure:
            log.warning("%s: %s", self.name, failure.sentence)
        except Exception:
            log.exception("%s failed and comes round again", self.name)
        return _AFTER_FAILURE_S
