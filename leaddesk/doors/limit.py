"""Runs a call that nobody can cancel in a daemon thread, and stops waiting for it after a limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class TookTooLong(Exception):
    """The call did not end within its limit. It goes on in its thread, and its result is dropped."""


class StillAtIt(Exception):
    """An earlier call that took too long has not ended yet, so that this one was not begun."""


class OneAtATime:
    """One call at a time, each in its own daemon thread that the process does not wait for.

    While a call that took too long still hangs, no further one is begun: a hanging prompt stays the
    only prompt, and threads do not pile up.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def hangs(self) -> bool:
        """True while a call is under way: with nobody waiting, a call that took too long."""
        thread = self._thread
        return thread is not None and thread.is_alive()

    def run(self, job: Callable[[], T], limit_s: float) -> T:
        """The job's result or its exception; TookTooLong or StillAtIt after `limit_s` at the latest."""
        end = time.monotonic() + limit_s
        if not self._turn.acquire(timeout=limit_s):
            raise StillAtIt
        try:
            if self.hangs:
                raise StillAtIt
            outcome: Future[T] = Future()
            thread = threading.Thread(target=_work, args=(job, outcome), name=self._name, daemon=True)
            self._thread = thread
            thread.start()
            thread.join(max(0.0, end - time.monotonic()))
            if not outcome.done():
                raise TookTooLong
            return outcome.result()
        finally:
            self._turn.release()


def _work(job: Callable[[], T], outcome: Future[T]) -> None:
    try:
        outcome.set_result(job())
    except BaseException as error:
        outcome.set_exception(error)
