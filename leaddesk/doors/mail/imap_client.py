"""IMAPClient speaking through our own wire, so that commands and IDLE read from one buffer."""

from __future__ import annotations

import base64
import imaplib
import re
import socket

from imapclient import IMAPClient

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

    def authenticate_at_once(self, mechanism: str, words: bytes) -> None:
        """AUTHENTICATE with the words in the command itself (RFC 4959); a challenge gets an empty answer."""
        self.literal = self._nothing  # type: ignore[assignment]  # imaplib takes a method here, as its own does
        status, data = self._simple_command("AUTHENTICATE", mechanism, base64.b64encode(words).decode())
        if status != "OK":
            raise self.error(data[-1].decode("utf-8", "replace"))
        self.state = "AUTH"

    def _nothing(self, challenge: bytes) -> bytes:
        return b""

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

    def present(self, mechanism: str, words: bytes) -> None:
        """Sign in by a mechanism of one word. Raises IMAP4.error with the server's own when it is refused.

        A server that refuses explains itself in a challenge first; an empty answer brings its words.
        """
        if self.has_capability("SASL-IR"):
            self._imap.authenticate_at_once(mechanism, words)
        else:
            answers = iter((words,))
            self._imap.authenticate(mechanism, lambda challenge: next(answers, b""))

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
