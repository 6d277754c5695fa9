"""An SMTP server on the loopback that takes every mail and passes none on."""

from __future__ import annotations

import logging
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass

_LOG = logging.getLogger(__name__)
_LINE = 8192
_SIZE = 50_000_000
_IDLE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class SinkMail:
    """One mail that was accepted: its envelope, and the bytes as they came (dots undone)."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class Sink:
    """Listens on 127.0.0.1 from the start, so that `port` is known; serves between start and stop."""

    def __init__(self, on_mail: Callable[[bytes], None] = lambda raw: None) -> None:
        """`on_mail` gets the bytes of each mail after it was accepted, on the connection's thread."""
        self._server = _Server(on_mail)
        self._thread = threading.Thread(target=self._server.serve_forever, name="demo-sink", daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def mails(self) -> tuple[SinkMail, ...]:
        """All mails accepted so far, in order."""
        return tuple(self._server.mails)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> None:
        """Cuts what is still connected and ends; safe to call when it never started."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(timeout)
        self._server.server_close()
        self._server.cut()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, on_mail: Callable[[bytes], None]) -> None:
        self.on_mail = on_mail
        self.mails: list[SinkMail] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Session)

    def serve_forever(self, poll_interval: float = 0.1) -> None:
        super().serve_forever(poll_interval)

    def accept(self, mail: SinkMail) -> int:
        """Remembers the mail; returns its number."""
        with self._lock:
            self.mails.append(mail)
            return len(self.mails)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client: object) -> None:
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.add(request)
        super().process_request(request, client)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket):
            with self._lock:
                self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        _LOG.debug("a connection to the demo's sink broke", exc_info=True)

    def cut(self) -> None:
        """Ends the connections that are still open; their threads then find the end of the stream."""
        with self._lock:
            left = list(self._open)
        for connection in left:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                _LOG.debug("already gone", exc_info=True)


class _Session(socketserver.StreamRequestHandler):
    """One client's dialogue."""

    timeout = _IDLE_SECONDS
    server: _Server
    _sender: str | None
    _recipients: list[str]

    def handle(self) -> None:
        self._forget()
        self._say("220 sink.demo ESMTP: nothing leaves this computer")
        while line := self.rfile.readline(_LINE):
            verb, _, rest = line.decode("ascii", "replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                self._say("221 2.0.0 Bye")
                return
            self._obey(verb.upper(), rest.strip())

    def _obey(self, verb: str, rest: str) -> None:
        match verb:
            case "EHLO":
                self._say(f"250-sink.demo\r\n250-SIZE {_SIZE}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
            case "HELO":
                self._say("250 sink.demo")
            case "MAIL":
                self._forget()
                self._sender = _path(rest)
                self._say("250 2.1.0 Ok")
            case "RCPT":
                self._recipient(rest)
            case "DATA":
                self._data()
            case "RSET":
                self._forget()
                self._say("250 2.0.0 Ok")
            case "NOOP":
                self._say("250 2.0.0 Ok")
            case _:
                self._say("502 5.5.2 Not known here")

    def _recipient(self, rest: str) -> None:
        if self._sender is None:
            self._say("503 5.5.1 MAIL first")
            return
        self._recipients.append(_path(rest))
        self._say("250 2.1.5 Ok")

    def _data(self) -> None:
        if self._sender is None or not self._recipients:
            self._say("503 5.5.1 RCPT first")
            return
        self._say("354 End with a dot")
        raw = self._body()
        if raw is None:
            return
        if len(raw) > _SIZE:
            self._say("552 5.3.4 Too big")
            return
        number = self.server.accept(SinkMail(self._sender, tuple(self._recipients), raw))
        self._forget()
        self._say(f"250 2.0.0 Ok: kept as {number}")
        self.server.on_mail(raw)

    def _body(self) -> bytes | None:
        """The mail up to the dot, or None when the client went away before it."""
        lines: list[bytes] = []
        size = 0
        at_start = True
        while line := self.rfile.readline(_LINE):
            if at_start and line in (b".\r\n", b".\n"):
                return b"".join(lines)
            size += len(line)
            if size <= _SIZE + _LINE:
                lines.append(line[1:] if at_start and line.startswith(b".") else line)
            at_start = line.endswith(b"\n")
        return None

    def _forget(self) -> None:
        self._sender = None
        self._recipients = []

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode("ascii") + b"\r\n")


def _path(rest: str) -> str:
    """The address in "FROM:<ann@example.com> SIZE=1"."""
    return rest.partition("<")[2].partition(">")[0]
