"""One window a profile: a second start raises the first and ends."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk.doors.instance import may_be_held

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_PATIENCE_MS = 500
_PAUSE_S = 0.05
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
_MOST = 4096
_MOST_BLOCKED_MS = 50
"""The other start has written its word before we hear of it; a stranger that writes none waits in vain."""


class SingleWindow(QObject):
    """Listens for a second start; `raise_requested` carries its activation token (Wayland needs it).

    Qt's network module is loaded by whoever listens or asks; a first start paints before.
    """

    raise_requested = Signal(str)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._name = "leaddesk-" + hashlib.sha256(os.fsencode(profile.absolute())).hexdigest()[:24]
        self._server: QLocalServer | None = None

    @property
    def may_be_second(self) -> bool:
        """True where somebody holds the profile, or did when it was killed."""
        return may_be_held(self._profile)

    def raise_first(self, within_s: float = 0.0) -> bool:
        """Ask the first window of the profile to come up; False when none listens within that time."""
        end = time.monotonic() + within_s
        while not self._raise_first():
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE_S)
        return True

    def _raise_first(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - see above

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(f"raise {os.environ.get(_ACTIVATION, '')}\n".encode())
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def listen(self) -> None:
        """From now on this is the first window of its profile."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - see above

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left by a window that was killed
            self._server.listen(self._name)

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    def _on_connection(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        if not socket.bytesAvailable():
            socket.waitForReadyRead(_MOST_BLOCKED_MS)
        words = bytes(socket.read(_MOST).data()).decode("utf-8", "replace").split()
        socket.disconnectFromServer()
        socket.deleteLater()
        if words[:1] == ["raise"]:
            self.raise_requested.emit(words[1] if len(words) > 1 else "")
