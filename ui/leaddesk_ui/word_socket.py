"""A word from one start of the program to another, through a socket that only this person may open.

Where there are such sockets, Qt's network module (and three megabytes) is not needed.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier

_PATIENCE_S = 0.5
_MOST_BLOCKED_S = 0.05
"""The other start has written its word before we hear of it; a stranger that writes none waits in vain."""
_MOST = 4096
_LONGEST = 103
"""Bytes of a socket's name: 107 on Linux, 103 on macOS."""


def say(name: str, word: str) -> bool:
    """Say a word to whoever listens under that name; False when nobody does, or a stranger."""
    path = _path(name)
    try:
        if path.stat().st_uid != os.getuid():
            return False
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE_S)
            line.connect(str(path))
            line.sendall(word.encode())
    except OSError:
        return False
    return True


class Ear(QObject):
    """Listens under a name; only one process does, the one that holds the profile."""

    def __init__(self, name: str, heard: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._heard, self._path = heard, _path(name)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.setblocking(False)
        with contextlib.suppress(OSError):  # without an ear the window works all the same
            self._open()

    def _open(self) -> None:
        self._path.unlink(missing_ok=True)  # left by a window that was killed
        self._listener.bind(str(self._path))
        self._path.chmod(0o600)
        self._listener.listen()
        notifier = QSocketNotifier(self._listener.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_connection)

    def close(self) -> None:
        """Listen no more."""
        for notifier in self.findChildren(QSocketNotifier):
            notifier.setEnabled(False)
        self._listener.close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _on_connection(self) -> None:
        try:
            line, _ = self._listener.accept()
            with line:
                line.settimeout(_MOST_BLOCKED_S)
                word = line.recv(_MOST)
        except OSError:
            return
        self._heard(word.decode("utf-8", "replace"))


def _path(name: str) -> Path:
    """In the person's own folder of the session, unless the system takes no name as long as it makes."""
    told = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = told if os.path.isdir(told) else tempfile.gettempdir()
    path = Path(folder) / name
    return path if len(os.fsencode(path)) <= _LONGEST else Path(tempfile.gettempdir()) / name
