"""Reads mails in a child process that may hang, crash or eat memory without harm to us."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from leaddesk.doors.mail.frames import PipeClosed, receive, send
from leaddesk.rules.capture.codec import from_json, known_to_json
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.rules.capture.peek import unreadable
from leaddesk.words.errors import OutOfReach
from leaddesk.words.mail import Known, Reading

HIDDEN_ARGUMENT = "--read-mail"
"""With it the frozen program becomes the reader child."""

_START_LIMIT = timedelta(seconds=30)
_ANSWER_LIMIT = 16 * 1024 * 1024
_PASSED_ON = (
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "PYTHONHOME",
)
_NOT_STARTED = (
    "The program that reads mails does not start.",
    "It is tried again by itself. If it stays so, install LeadDesk anew.",
)


class ReaderClosed(Exception):
    """The reader was closed before the mail was read: it has not been judged."""


class ReaderNotStarted(OutOfReach):
    """No child could be started: that says nothing about the mail, which has not been judged."""


def child_command() -> list[str]:
    """How the child is started: from the frozen program, or as a module of this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_ARGUMENT]
    return [sys.executable, "-m", "leaddesk.doors.mail.reader_child"]


class Reader:
    """One reader child, started when first needed and replaced when it fails. Safe in many threads.

    A child that dies is replaced and the mail tried once more; one that is too slow is killed and the
    mail is UNREADABLE.
    """

    def __init__(
        self, command: Sequence[str] | None = None, time_limit: timedelta = timedelta(seconds=5)
    ) -> None:
        self._command = list(command or child_command())
        self._time_limit = time_limit
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._closed = False

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        """The process number of the running child, or None."""
        child = self._child
        return child.pid if child else None

    def read(self, raw: bytes, known: Known) -> Reading:
        """The reading of `raw`; kind UNREADABLE with a reason when it could not be read in its bounds.

        Raises ReaderClosed and ReaderNotStarted, and nothing else for what a mail may hold.
        """
        with self._lock:
            why = "The program that reads mails ended over it, twice."
            not_started: Exception | None = None
            for _ in range(2):
                try:
                    return self._ask(raw[:MAIL_LIMIT], known)
                except _NoGreeting as failure:
                    not_started = failure
                    continue
                except _TooSlow:
                    why = f"It took longer than {self._time_limit.total_seconds():g} seconds to read."
                    break
                except (PipeClosed, OSError, ValueError, KeyError, TypeError):
                    not_started = None
                    continue
            if not_started is not None:
                raise ReaderNotStarted(*_NOT_STARTED) from not_started
            return unreadable(raw, why)

    def close(self) -> None:
        """End the child, also in the middle of a mail."""
        self._closed = True
        child = self._child
        if child:
            child.kill()

    def _ask(self, raw: bytes, known: Known) -> Reading:
        child = self._ready_child()
        try:
            child.greet()
            return from_json(child.ask(known_to_json(known).encode(), raw, self._time_limit))
        except BaseException:
            child.kill()
            self._child = None
            if self._closed:
                raise ReaderClosed from None
            raise

    def _ready_child(self) -> _Child:
        if self._closed:
            raise ReaderClosed
        if self._child is None:
            try:
                self._child = _Child(self._command)
            except OSError as error:
                raise _NoGreeting from error
            if self._closed:
                self._child.kill()
        return self._child


class _TooSlow(Exception):
    pass


class _NoGreeting(Exception):
    """The child did not come up."""


class _Child:
    """The process and its two pipes."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            close_fds=True,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._greeted = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout  # type: ignore[return-value]  # BufferedIO is one

    def greet(self) -> None:
        """Waits until a new child is up. Raises _NoGreeting when it does not come to that."""
        if self._greeted:
            return
        try:
            with _Watch(self._process, _START_LIMIT):
                receive(self._pipes[1], 0)
        except (_TooSlow, PipeClosed, OSError, ValueError) as error:
            raise _NoGreeting from error
        self._greeted = True

    def ask(self, known: bytes, raw: bytes, limit: timedelta) -> str:
        """One mail's answer. Raises _TooSlow past the limit; PipeClosed or OSError when the child is gone."""
        sink, source = self._pipes
        with _Watch(self._process, limit):
            send(sink, known, raw)
            return receive(source, _ANSWER_LIMIT).decode("utf-8")

    def kill(self) -> None:
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        for pipe in self._pipes:
            with contextlib.suppress(OSError, ValueError):
                pipe.close()


class _Watch:
    """Kills the process when the block takes too long: a blocked pipe then ends. Works on Windows too."""

    def __init__(self, process: subprocess.Popen[bytes], limit: timedelta) -> None:
        self._process = process
        self._timer = threading.Timer(limit.total_seconds(), self._expire)
        self._timer.daemon = True
        self._expired = False

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._expired:
            raise _TooSlow from None


def _environment() -> dict[str, str]:
    """Only what Python itself needs: nothing that might hold a secret.

    The child finds its packages where we found ours, also in the person's own folder (pip install --user).
    """
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    root = str(Path(__file__).resolve().parents[3])
    places = dict.fromkeys([root, *(os.path.abspath(place) for place in sys.path if place)])
    return passed | {"PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1"}
