"""The end as the system asks for it: a session that closes, or Ctrl+C in a terminal."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
"""Those that this system has are heard."""


class AskedToEnd(QObject):
    """`asked` once, on the Qt thread.

    Python runs its own handlers only when it is called, and a window in the tray calls it seldom: Python
    writes each signal into a socket too, and Qt wakes up for that.
    """

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._wake_before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _heard) for number in _numbers()}

    def close(self) -> None:
        """Leave the signals as they were."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wake_before)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()

    def _on_signal(self) -> None:
        self._notifier.setEnabled(False)
        self.asked.emit()


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


def _heard(number: int, frame: object) -> None:
    """Nothing more to do: the socket has it."""
