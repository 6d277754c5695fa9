"""Wakes a thread that waits for a socket, from any other thread, within milliseconds."""

from __future__ import annotations

import contextlib
import socket


class Wake:
    """A flag that a waiting thread can wait for beside its socket; it stays set until it is cleared."""

    def __init__(self) -> None:
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)

    def set(self) -> None:
        """Wake whoever waits. Any thread; never blocks, and does nothing when already set or closed."""
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def clear(self) -> None:
        with contextlib.suppress(OSError):
            while self._ear.recv(64):
                pass

    def is_set(self) -> bool:
        try:
            return bool(self._ear.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def fileno(self) -> int:
        """The descriptor that is readable while the flag is set."""
        return self._ear.fileno()

    def close(self) -> None:
        self._ear.close()
        self._bell.close()
