"""What the person asked for, done off the Qt thread; results return by signal. One of the two crossings."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

T = TypeVar("T")
P = TypeVar("P")
Failed = Callable[[Exception], None]
_HANDS = 3


class _Order(NamedTuple):
    job: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Failed


class Tasks(QObject):
    """A small pool. `then` and `failed` always run on the Qt thread.

    Its threads are daemons: a keyring prompt that nobody answers must not keep the program alive.
    """

    _done = Signal(object)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._otherwise = failed
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._hands = 0
        self._under_way = 0
        self._busy = 0
        self._lock = threading.Lock()
        self._closed = False
        self._done.connect(self._on_done)

    @property
    def is_idle(self) -> bool:
        """True when nothing is waiting, running, or on its way back."""
        return self._under_way == 0

    def tell_failures_to(self, failed: Failed) -> None:
        """Who hears of failures that no caller takes, from now on."""
        self._otherwise = failed

    def run(self, job: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None) -> None:
        """Do `job` in the pool. It takes values and gives values: no widget goes in or comes out."""
        if self._closed:
            return
        self._under_way += 1
        with self._lock:
            self._busy += 1
        self._orders.put(_Order(job, then, failed or self._otherwise))
        if self._hands < min(_HANDS, self._under_way):
            self._hands += 1
            threading.Thread(target=self._work, name=f"task-{self._hands}", daemon=True).start()

    def run_apart(
        self,
        job: Callable[[Callable[[P], None]], T],
        said: Callable[[P], None],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Do a job that may take a minute in a thread of its own.

        The job is given a word to call with its progress; `said` gets it on the Qt thread.
        """
        self._under_way += 1
        order = _Order(lambda: job(lambda news: self._tell(said, news)), then, failed or self._otherwise)
        threading.Thread(target=self._do, args=(order,), name="task-apart", daemon=True).start()

    def finish(self, seconds: float = 1.0) -> bool:
        """Wait a moment for what the pool still does, as keeping a draft; False when it is not done.

        Only for the end of the program: it blocks the Qt thread.
        """
        end = time.monotonic() + seconds
        while self._busy and time.monotonic() < end:
            time.sleep(0.005)
        return not self._busy

    def close(self) -> None:
        """Take no more work; what runs is not waited for, and its results are dropped."""
        self._closed = True
        for _ in range(self._hands):
            self._orders.put(None)

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            self._do(order)
            with self._lock:
                self._busy -= 1

    def _do(self, order: _Order) -> None:
        try:
            result = order.job()
        except Exception as error:
            self._return(order.failed, error)
        else:
            self._return(order.then, result)

    def _return(self, callback: Callable[[Any], None], value: object) -> None:
        def arrive() -> None:
            self._under_way -= 1
            self._deliver(callback, value)

        self._emit(arrive)

    def _tell(self, callback: Callable[[Any], None], value: object) -> None:
        self._emit(lambda: self._deliver(callback, value))

    def _emit(self, arrival: Callable[[], None]) -> None:
        try:
            self._done.emit(arrival)
        except RuntimeError:
            return  # the program ended while the job ran

    def _on_done(self, arrival: Callable[[], None]) -> None:
        arrival()

    def _deliver(self, callback: Callable[[Any], None], value: object) -> None:
        if not self._closed and _is_alive(callback):
            callback(value)


class Latest:
    """Reads something again and again, one at a time: asked for while it runs, it runs once more after."""

    def __init__(self, tasks: Tasks, job: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        self._tasks, self._job, self._then, self._failed = tasks, job, then, failed
        self._running = self._again = False

    def read(self) -> None:
        """Read now, or once more as soon as the running read is done."""
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._tasks.run(self._job, self._arrived, self._broke)

    def _arrived(self, result: Any) -> None:
        self._running = False
        if self._again:
            self.read()
        self._then(result)

    def _broke(self, error: Exception) -> None:
        self._running = False
        self._failed(error)


def _is_alive(callback: Callable[[Any], None]) -> bool:
    """False when the callback belongs to a widget that is gone; a partial one does as its function does."""
    owner = getattr(getattr(callback, "func", callback), "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
