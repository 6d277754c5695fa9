"""IMAPClient speaking through our own wire, so that commands and IDLE read from one buffer."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl

from imapclient import IMAPClient

from leaddesk.doors.mail.imap_answers import farewell
from leaddesk.doors.mail.imap_values import Hint
from leaddesk.doors.mail.wire import Heard, Wire
from leaddesk.words.errors import OutOfReach

LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of one response line: a SEARCH answers a million UIDs in one."""
_LARGEST_LITERAL = 64 * 1024 * 1024
_ARRIVED = re.compile(rb"\* \d+ EXISTS\b", re.IGNORECASE)
_REMOVED = re.compile(rb"\* (\d+ EXPUNGE|VANISHED)\b", re.IGNORECASE)


class Announcements:
    """What the server announced in passing, whichever command it came with, until somebody takes it.

    Mail that arrives while another answer is on its way is announced there and nowhere else.
    """

    def __init__(self) -> None:
        self._hint: Hint | None = None

    def note(self, line: bytes) -> None:
        if _ARRIVED.match(line):
            self._hint = Hint.ARRIVED
        elif _REMOVED.match(line) and self._hint is None:
            self._hint = Hint.REMOVED

    def take(self) -> Hint | None:
        hint, self._hint = self._hint, None
        return hint


class _Imap4(imaplib.IMAP4):
    """imaplib's dialogue with our reading and writing put under it."""

    def __init__(self, wire: Wire, seconds: float, announcements: Announcements) -> None:
        self._wire, self._seconds, self._announcements = wire, seconds, announcements
        super().__init__(wire.host, wire.port)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port

    def read(self, size: int) -> bytes:
        if size > _LARGEST_LITERAL:
            raise OutOfReach(f"{self._wire.host} sends more than was asked for.")
        while (data := self._wire.pop_exactly(size)) is None:
            self._more()
        return data

    def readline(self) -> bytes:
        line = read_line(self._wire, self._seconds)
        self._announcements.note(line)
        return line

    def _more(self) -> None:
        if self._wire.listen(self._seconds) is Heard.NOTHING:
            raise self._wire.silence()

    def send(self, data: bytes) -> None:  # type: ignore[override]  # typeshed wants any buffer; imaplib gives bytes
        self._wire.send(data, self._seconds)

    def shutdown(self) -> None:
        self._wire.close()

    def socket(self) -> socket.socket:
        raise NotImplementedError("the wire keeps its socket to itself")


class Client(IMAPClient):  # type: ignore[misc]  # imapclient has no types
    """IMAPClient over a wire that is already connected and secured."""

    def __init__(self, wire: Wire, seconds: float, announcements: Announcements) -> None:
        self._parts = (wire, seconds, announcements)
        super().__init__(wire.host, wire.port, ssl=False)
        self.normalise_times = False
        self._imap.debug = 0  # it would format every line, mail included, for a log that nobody reads

    def _create_IMAP4(self) -> _Imap4:
        return _Imap4(*self._parts)

    def _set_read_timeout(self) -> None:
        """The wire has its own time-outs."""


def read_line(wire: Wire, seconds: float) -> bytes:
    """The next line with its end; never silent for longer than `seconds`."""
    while (line := wire.pop_line(LONGEST_LINE)) is None:
        if wire.listen(seconds) is Heard.NOTHING:
            raise wire.silence()
    return line


def hear_greeting(wire: Wire, seconds: float) -> bytes:
    """The first line of an IMAP server that lets us in. Raises OutOfReach for any other."""
    greeting = read_line(wire, seconds)
    if greeting.upper().startswith(b"* BYE"):
        raise farewell(wire.host, greeting)
    if not greeting.upper().startswith((b"* OK", b"* PREAUTH")):
        raise OutOfReach(f"{wire.host} does not greet like a mail server.", "Check server name and port.")
    return greeting


def start_tls(wire: Wire, context: ssl.SSLContext, seconds: float) -> None:
    """Go over to TLS before anything else is said, and forget all that was told before it.

    Raises OutOfReach when the server does not offer STARTTLS or has spoken ahead of the handshake.
    """
    if not hear_greeting(wire, seconds).upper().startswith(b"* OK"):
        raise OutOfReach(f"{wire.host} greets out of turn, so nothing was sent.")
    if b"STARTTLS" not in _ask(wire, b"CAPABILITY", seconds).upper().split():
        raise OutOfReach(f"{wire.host} does not offer a protected connection, so nothing was sent.")
    _ask(wire, b"STARTTLS", seconds)
    if wire.has_more():
        raise OutOfReach(
            f"{wire.host} spoke before the connection was protected: somebody may be in between."
        )
    wire.secure(context, seconds)
    wire.push_back(b"* OK protected\r\n")  # imaplib expects a greeting


def _ask(wire: Wire, command: bytes, seconds: float) -> bytes:
    """The untagged answer to a command that is sent before there is a session."""
    wire.send(b"S " + command + b"\r\n", seconds)
    answer = b""
    while not (line := read_line(wire, seconds)).startswith(b"S "):
        answer += line
    if not line.upper().startswith(b"S OK"):
        raise OutOfReach(f"{wire.host} refused {command.decode()}, so nothing was sent.")
    return answer
