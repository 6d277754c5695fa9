"""An IMAP server that misbehaves on demand: what no real server does when a test wants it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType

from leaddesk.words.account import Security, Server

Act = Callable[["Peer", bytes, bytes], None]
"""What is done for a command: the peer, the command's tag and its whole line."""

USUAL: dict[bytes, bytes] = {
    b"LOGIN": b"{tag} OK in\r\n",
    b"EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok\r\n"
    b"{tag} OK [READ-ONLY] done\r\n",
    b"SEARCH": b"* SEARCH 1 2 3\r\n{tag} OK done\r\n",
    b"NOOP": b"{tag} OK done\r\n",
    b"LOGOUT": b"* BYE\r\n{tag} OK done\r\n",
}


class Peer:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lines = connection.makefile("rb")
        self.heard: list[bytes] = []

    def say(self, *pieces: bytes, pause: float = 0.0) -> None:
        """Write each piece in a segment of its own, `pause` seconds apart."""
        for number, piece in enumerate(pieces):
            time.sleep(pause if number else 0)
            self._connection.sendall(piece)

    def hear(self) -> bytes:
        line = self._lines.readline()
        self.heard.append(line)
        return line

    def end(self) -> None:
        """Close both ways, from any thread."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.end()
        self._lines.close()
        self._connection.close()


class ScriptedImap:
    """Answers one connection: as `answers` say (bytes with {tag}, or an act), else as usual."""

    def __init__(
        self,
        answers: dict[bytes, bytes | Act] | None = None,
        *,
        offers: bytes = b"IMAP4rev1 IDLE",
        greeting: bytes = b"* OK hi\r\n",
    ) -> None:
        self._answers: dict[bytes, bytes | Act] = {
            **USUAL,
            b"CAPABILITY": b"* CAPABILITY " + offers + b"\r\n{tag} OK done\r\n",
            **(answers or {}),
        }
        self._greeting = greeting
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.peer: Peer | None = None

    def server(self, security: Security = Security.PLAIN) -> Server:
        return Server("127.0.0.1", int(self._listener.getsockname()[1]), security)

    @property
    def heard(self) -> list[bytes]:
        """All lines that came."""
        return self.peer.heard if self.peer else []

    def __enter__(self) -> ScriptedImap:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if self.peer is not None:
            self.peer.end()
        self._thread.join(5)

    def _serve(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            connection, _ = self._listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.peer = Peer(connection)
            try:
                self.peer.say(self._greeting)
                while line := self.peer.hear():
                    self._answer(self.peer, line)
            finally:
                self.peer.close()

    def _answer(self, peer: Peer, line: bytes) -> None:
        tag, *words = line.split()
        verb = words[1] if words[0].upper() == b"UID" else words[0]
        answer = self._answers.get(verb.upper(), b"{tag} BAD what\r\n")
        if isinstance(answer, bytes):
            peer.say(answer.replace(b"{tag}", tag))
        else:
            answer(peer, tag, line)
