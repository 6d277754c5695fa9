"""One window a profile: a second start raises the first and ends."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 500
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
_MOST = 4096
_MOST_BLOCKED_MS = 50
"""The other start has written its word before we hear of it; a stranger that writes none waits in vain."""


class SingleWindow(QObject):
    """Listens for a second start; `raise_requested` carries its activation token (Wayland needs it)."""

    raise_requested = Signal(str)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "leaddesk-" + hashlib.sha256(os.fsencode(profile.absolute())).hexdigest()[:24]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """True when this is the first window of its profile; else the first one was asked to come up."""
        if self._ask_first():
            return False
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left by a window that was killed
            self._server.listen(self._name)
        return True

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _ask_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(f"raise {os.environ.get(_ACTIVATION, '')}\n".encode())
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if not socket.bytesAvailable():
            socket.waitForReadyRead(_MOST_BLOCKED_MS)
        words = bytes(socket.read(_MOST).data()).decode("utf-8", "replace").split()
        socket.disconnectFromServer()
        socket.deleteLater()
        if words[:1] == ["raise"]:
            self.raise_requested.emit(words[1] if len(words) > 1 else "")
