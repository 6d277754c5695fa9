"""One connected socket that we read ourselves: every wait ends, a closed peer is noticed, nothing is lost.

The libraries' own reading spins on a closed connection, drops half lines and takes a cut reply for a whole
one; here a line is a line only once its end has come, and IMAP and SMTP share the one buffer.
"""

from __future__ import annotations

import contextlib
import enum
import ipaddress
import selectors
import socket
import ssl
import time

from leaddesk.doors.mail import tls
from leaddesk.doors.mail.wake import Wake
from leaddesk.words.account import Security, Server
from leaddesk.words.errors import OutOfReach, Usage

_CHUNK = 65536
_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""For one wait: epoll would be opened, filled and closed each time."""
_KEEPALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 20), ("TCP_KEEPCNT", 3))


class Heard(enum.Enum):
    """What ended a wait."""

    BYTES = enum.auto()
    WAKE = enum.auto()
    NOTHING = enum.auto()


class Wire:
    """A connection to `host`. One thread uses it; only `abort` may be called from another.

    Each method that waits raises OutOfReach, with a sentence, when the peer has closed or gone silent.
    """

    def __init__(self, sock: socket.socket, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._sock = sock
        self._sock.setblocking(False)
        self._buffer = bytearray()
        self._scanned = 0

    @classmethod
    def open(cls, server: Server, seconds: float) -> Wire:
        """Connect, within `seconds` an address. Raises Usage when it would leave this computer bare."""
        if server.security is Security.PLAIN and not is_loopback(server.host):
            raise Usage(
                f"A connection to {server.host} must be protected.",
                "Choose TLS or STARTTLS; plain is for this computer only.",
            )
        try:
            sock = socket.create_connection((server.host, server.port), seconds)
        except (OSError, UnicodeError) as error:  # UnicodeError: a name that is none, as one with two dots
            raise tls.failure(error, server.host, server.port) from error
        _keep_alive(sock)
        return cls(sock, server.host, server.port)

    def secure(self, context: ssl.SSLContext, seconds: float) -> None:
        """Do the TLS handshake. Raises OutOfReach that names what is wrong with the certificate."""
        self._sock.settimeout(seconds)
        try:
            self._sock.getpeername()  # of a peer that has gone, ssl would leave a half-made socket behind
        except OSError as error:
            raise self._closed() from error
        try:
            # In two steps: in one, ssl would hand out a bare socket when the peer goes just now.
            secured = context.wrap_socket(
                self._sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self._sock = secured
            secured.do_handshake()
        except OSError as error:
            raise tls.failure(error, self.host, self.port) from error
        self._sock.setblocking(False)

    @property
    def protection(self) -> str:
        """The protection in words, for the account test."""
        return (
            tls.about(self._sock)
            if isinstance(self._sock, ssl.SSLSocket)
            else "Not protected (this computer)"
        )

    # -- reading

    def listen(self, seconds: float, wake: Wake | None = None) -> Heard:
        """Wait until more bytes are in the buffer, `wake` is set, or `seconds` are over."""
        until = time.monotonic() + seconds
        while True:
            if self._receive():
                return Heard.BYTES
            ready = self._select(selectors.EVENT_READ, until, wake)
            if ready is not Heard.BYTES:
                return ready

    def _receive(self) -> bool:
        """True when bytes came, False when there are none yet. Raises OutOfReach when the peer has closed."""
        try:
            data = self._sock.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError as error:
            raise self._closed() from error
        if not data:
            raise self._closed()
        self._buffer += data
        return True

    def _select(self, event: int, until: float, wake: Wake | None) -> Heard:
        with _Selector() as selector:
            selector.register(self._sock, event)
            if wake is not None:
                selector.register(wake, selectors.EVENT_READ)
            ready = selector.select(max(0.0, until - time.monotonic()))
        if any(key.fileobj is wake for key, _ in ready):
            return Heard.WAKE
        return Heard.BYTES if ready else Heard.NOTHING

    def pop_line(self, longest: int) -> bytes | None:
        """The next whole line with its end, or None when the end has not come yet."""
        end = self._buffer.find(b"\n", self._scanned)
        if end < 0:
            self._scanned = len(self._buffer)
            if self._scanned > longest:
                raise OutOfReach(f"{self.host} sends lines without end.")
            return None
        return self._pop(end + 1)

    def pop_exactly(self, count: int) -> bytes | None:
        """The next `count` bytes, or None while fewer have come."""
        return self._pop(count) if len(self._buffer) >= count else None

    def _pop(self, count: int) -> bytes:
        with memoryview(self._buffer) as view:
            data = bytes(view[:count])
        del self._buffer[:count]
        self._scanned = 0
        return data

    def push_back(self, data: bytes) -> None:
        """Put bytes in front of what is read next."""
        self._buffer[:0] = data
        self._scanned = 0

    def has_more(self) -> bool:
        """True when the peer has already said something that nobody has read."""
        if not self._buffer:
            self._receive()
        return bool(self._buffer)

    def silence(self) -> OutOfReach:
        """The error for a peer that does not answer in time."""
        return OutOfReach(f"{self.host} does not answer.", "Check the network connection.")

    def _closed(self) -> OutOfReach:
        return OutOfReach(f"{self.host} closed the connection.")

    # -- writing and ending

    def send(self, data: bytes, seconds: float, wake: Wake | None = None) -> None:
        """Write all of `data` within `seconds`."""
        until = time.monotonic() + seconds
        with memoryview(data) as view:
            sent = 0
            while sent < len(view):
                try:
                    sent += self._sock.send(view[sent : sent + _CHUNK])
                except (BlockingIOError, ssl.SSLWantWriteError):
                    self._await_room(selectors.EVENT_WRITE, until, wake)
                except ssl.SSLWantReadError:
                    self._await_room(selectors.EVENT_READ, until, wake)
                except OSError as error:
                    raise self._closed() from error

    def _await_room(self, event: int, until: float, wake: Wake | None) -> None:
        if self._select(event, until, wake) is not Heard.BYTES:
            raise self.silence()

    def abort(self) -> None:
        """Break the connection, so that a waiting thread ends with OutOfReach. Any thread."""
        # SSLSocket.shutdown would take the TLS layer away from under the reading thread.
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)

    def close(self) -> None:
        self._sock.close()


def is_loopback(host: str) -> bool:
    """True when `host` names this very computer, without asking the DNS."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _keep_alive(sock: socket.socket) -> None:
    """Ask the system to notice a dead peer within two minutes, where it can."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _KEEPALIVE:
            if hasattr(socket, name):
                sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
