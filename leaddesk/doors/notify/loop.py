"""An event loop in a daemon thread of its own, for the notifier's asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_STOP_S = 1.0


class LoopThread:
    """Runs coroutines one after the other for threads that wait. Begun by the first, ended by `stop`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, work: Coroutine[Any, Any, T], limit_s: float) -> T:
        """The coroutine's result. Raises TimeoutError after `limit_s`; the coroutine is then cancelled."""
        future = asyncio.run_coroutine_threadsafe(work, self._begun())
        try:
            return future.result(max(0.0, limit_s))
        except TimeoutError:
            future.cancel()
            raise

    def stop(self) -> None:
        """Ends the loop and what hangs in it. Waits a second at most."""
        with self._starting:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        with contextlib.suppress(RuntimeError):  # it has ended by itself
            loop.call_soon_threadsafe(loop.stop)
        thread.join(_STOP_S)

    def _begun(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_live, args=(self._loop,), name=self._name, daemon=True
                )
                self._thread.start()
            return self._loop


def _live(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        _end(loop)


def _end(loop: asyncio.AbstractEventLoop) -> None:
    hanging = asyncio.all_tasks(loop)
    for task in hanging:
        task.cancel()
    if hanging:
        loop.run_until_complete(asyncio.wait(hanging))
    loop.close()
