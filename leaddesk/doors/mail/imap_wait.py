"""Waiting for news: IDLE in our own reading, or a look every minute where the server has no IDLE."""

from __future__ import annotations

import itertools
import time

from leaddesk.doors.mail.imap_answers import farewell
from leaddesk.doors.mail.imap_client import LONGEST_LINE, Announcements, read_line
from leaddesk.doors.mail.imap_values import Hint
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.mail.wire import Heard, Wire

_AT_ONCE = 2.0
"""Seconds: a server that ends IDLE by itself sooner than this has no IDLE worth the name."""


class Waiting:
    """The waiting side of one session. Between two waits the wire belongs to the commands."""

    def __init__(
        self, wire: Wire, announcements: Announcements, *, idles: bool, seconds: float, poll_every: float
    ) -> None:
        self.idles = idles
        self._wire, self._announcements = wire, announcements
        self._seconds, self._poll_every = seconds, poll_every
        self._tags = (b"W%d" % number for number in itertools.count(1))
        self._unsettled: bytes | None = None
        """Tag of an IDLE that we have ended and whose last line has not been read."""

    def wait(self, wake: Wake, seconds: float) -> Hint:
        """Until the server announces something, `wake` is set or `seconds` are over."""
        self.settle()
        if hint := self._announcements.take():
            return hint
        if self.idles:
            began = time.monotonic()
            hint = self._idle(wake, seconds)
            if hint is not None:
                return hint
            self.idles = time.monotonic() - began > _AT_ONCE
            return Hint.RENEWED
        return self._poll(wake, min(seconds, self._poll_every))

    def settle(self) -> None:
        """Read the end of the last IDLE. Raises OutOfReach when it does not come: the network is dead."""
        tag, self._unsettled = self._unsettled, None
        if tag is not None:
            self._read_to(tag)

    def _idle(self, wake: Wake, seconds: float) -> Hint | None:
        """One IDLE; None when the server refused or ended it."""
        tag = self._say(b"IDLE")
        if not self._accepted(tag):
            return None
        hint = self._listen(tag, wake, seconds)
        if hint is None:
            return None
        self._wire.send(b"DONE\r\n", self._seconds)
        self._unsettled = tag
        if hint is not Hint.WOKEN:  # who is woken must not wait for a network that may be dead
            self.settle()
        return hint

    def _poll(self, wake: Wake, seconds: float) -> Hint:
        hint = self._listen(b"", wake, seconds)
        if hint is Hint.RENEWED:
            self._read_to(self._say(b"NOOP"))
            return self._announcements.take() or hint
        return hint or Hint.RENEWED

    def _say(self, command: bytes) -> bytes:
        tag = next(self._tags)
        self._wire.send(tag + b" " + command + b"\r\n", self._seconds)
        return tag

    def _accepted(self, tag: bytes) -> bool:
        """True once the server idles. Announcements may come before it says so."""
        while not (line := read_line(self._wire, self._seconds)).startswith(b"+"):
            if line.startswith(tag + b" "):
                return False
            self._note(line)
        return True

    def _listen(self, tag: bytes, wake: Wake, seconds: float) -> Hint | None:
        """What ended the silence; None when the server ended the command `tag`."""
        until = time.monotonic() + seconds
        while True:
            while (line := self._wire.pop_line(LONGEST_LINE)) is not None:
                if tag and line.startswith(tag + b" "):
                    return None
                self._note(line)
            if wake.is_set():
                return Hint.WOKEN
            if hint := self._announcements.take():
                return hint
            if self._wire.listen(until - time.monotonic(), wake) is Heard.NOTHING:
                return Hint.RENEWED

    def _read_to(self, tag: bytes) -> None:
        while not (line := read_line(self._wire, self._seconds)).startswith(tag + b" "):
            self._note(line)
        if not line[len(tag) + 1 :].upper().startswith(b"OK"):
            raise farewell(self._wire.host, line)

    def _note(self, line: bytes) -> None:
        if line.upper().startswith(b"* BYE"):
            raise farewell(self._wire.host, line)
        self._announcements.note(line)
