"""How a running command is told to end: SIGTERM, SIGINT, SIGHUP, or Windows' own ways."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
"""Not every system knows all of them."""


class Ended(BaseException):
    """The command was told to end while it was still getting ready."""


class Endings:
    """Inside the `with`, a signal raises Ended; after `call_instead` it calls something, and raises no more.

    A signal that our parent made ignored (nohup) stays ignored. Outside the main thread nothing is heard.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._listener: Callable[[], None] | None = None

    def call_instead(self, listener: Callable[[], None]) -> None:
        """From now on; `listener` runs between two instructions of the main thread."""
        self._listener = listener

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self._listener is None:
            raise Ended
        self._listener()
