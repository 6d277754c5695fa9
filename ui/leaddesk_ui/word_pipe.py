"""A word from one start of the program to another, through Qt's local server: a named pipe on Windows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 500
_MOST_BLOCKED_MS = 50
"""The other start has written its word before we hear of it; a stranger that writes none waits in vain."""
_MOST = 4096


def say(name: str, word: str) -> bool:
    """Say a word to whoever listens under that name; False when nobody does."""
    line = QLocalSocket()
    line.connectToServer(name)
    if not line.waitForConnected(_PATIENCE_MS):
        return False
    line.write(word.encode())
    line.waitForBytesWritten(_PATIENCE_MS)
    line.disconnectFromServer()
    return True


class Ear(QObject):
    """Listens under a name; only one process does, the one that holds the profile."""

    def __init__(self, name: str, heard: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._heard = heard
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by a window that was killed
            self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_connection(self) -> None:
        line = self._server.nextPendingConnection()
        if not line.bytesAvailable():
            line.waitForReadyRead(_MOST_BLOCKED_MS)
        word = bytes(line.read(_MOST).data()).decode("utf-8", "replace")
        line.disconnectFromServer()
        line.deleteLater()
        self._heard(word)
