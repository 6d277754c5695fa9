"""A man in the middle that cuts a connection after a given byte, or takes a word out of what is offered."""

from __future__ import annotations

import contextlib
import enum
import socket
import threading
from types import TracebackType


class Way(enum.Enum):
    """Which of the two directions."""

    TO_SERVER = enum.auto()
    TO_CLIENT = enum.auto()


class Cutter:
    """A proxy on the loopback before `port`.

    It passes `cut_after` bytes of `way` on and then closes both sides; None never cuts. Each `strip` is
    replaced by X's of the same length on its way to the client. `passed` counts the bytes of both ways; with
    `only_first` those of the first connection alone, and no other one is cut.
    """

    def __init__(
        self,
        port: int,
        *,
        way: Way = Way.TO_CLIENT,
        cut_after: int | None = None,
        strip: bytes | None = None,
        only_first: bool = False,
    ) -> None:
        self._only_first = only_first
        self._target, self._way, self._cut_after, self._strip = port, way, cut_after, strip
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.passed = {Way.TO_SERVER: 0, Way.TO_CLIENT: 0}
        self.seen = {Way.TO_SERVER: b"", Way.TO_CLIENT: b""}
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []

    def __enter__(self) -> Cutter:
        self._start(self._listen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            _end(connection)
        for thread in list(self._threads):
            thread.join(5)
        for connection in self._open:
            connection.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]  # callables all
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            for connection in (client, server):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open += [client, server]
            is_free = self._only_first and len(self._open) > 2
            self._start(self._pass_on, client, server, Way.TO_SERVER, is_free)
            self._start(self._pass_on, server, client, Way.TO_CLIENT, is_free)

    def _pass_on(self, source: socket.socket, sink: socket.socket, way: Way, is_free: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if is_free:
                    sink.sendall(data)
                    continue
                kept = self._kept(self._stripped(data, way), way)
                self.passed[way] += len(kept)
                self.seen[way] += kept
                sink.sendall(kept)
                if len(kept) < len(data):
                    break
        _end(source)
        _end(sink)

    def _stripped(self, data: bytes, way: Way) -> bytes:
        if self._strip is None or way is Way.TO_SERVER:
            return data
        return data.replace(self._strip, b"X" * len(self._strip))

    def _kept(self, data: bytes, way: Way) -> bytes:
        if self._cut_after is None or way is not self._way:
            return data
        return data[: max(0, self._cut_after - self.passed[way])]


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
