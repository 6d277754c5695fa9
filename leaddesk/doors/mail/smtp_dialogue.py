"""SMTP's question and answer: an answer counts only when its last line has come whole."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, fields

from leaddesk.doors.mail.said import said
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.mail.wire import Heard, Wire
from leaddesk.words.errors import OutOfReach

_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])([^\r\n]*))?\r?\n")
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
_LONGEST_LINE, _MOST_LINES = 8192, 200


@dataclass(frozen=True, slots=True)
class StageTimeouts:
    """Seconds to wait at each stage (RFC 5321, 4.5.3.2)."""

    connect: float = 30.0
    greeting: float = 300.0
    ehlo: float = 300.0
    auth: float = 300.0
    mail: float = 300.0
    rcpt: float = 300.0
    data: float = 120.0
    block: float = 180.0
    dot: float = 600.0

    def scaled(self, factor: float) -> StageTimeouts:
        """The same stages with other patience, for tests."""
        return StageTimeouts(*(getattr(self, stage.name) * factor for stage in fields(self)))


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its code and the text of its lines."""

    code: int
    lines: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return 200 <= self.code <= 299

    @property
    def is_for_later(self) -> bool:
        return 400 <= self.code <= 499

    @property
    def is_clear(self) -> bool:
        """True when it plainly accepts or refuses."""
        return self.is_good or self.is_for_later or self.is_refusal

    @property
    def is_refusal(self) -> bool:
        return 500 <= self.code <= 599

    @property
    def status(self) -> str:
        """The enhanced status code such as 5.7.30, or empty."""
        match = _STATUS.match(self.lines[0])
        return match[1] if match else ""

    @property
    def text(self) -> str:
        """The answer as one line, with its code."""
        return said(f"{self.code} {' '.join(self.lines)}")


class Dialogue:
    """Commands and their answers over one wire.

    Raises OutOfReach when the peer closes, goes silent, speaks nonsense, or when `stop` is set.
    """

    def __init__(self, wire: Wire, stop: Wake | None = None) -> None:
        self.wire = wire
        self._stop = stop
        self._secrets: tuple[str, ...] = ()

    def keep_secret(self, *secrets: str) -> None:
        """Black these out in whatever the server says, should it echo them."""
        self._secrets += secrets

    def ask(self, command: str, seconds: float) -> Reply:
        """Say one line and hear the answer. The command may hold no line break (ValueError)."""
        if "\r" in command or "\n" in command:
            raise ValueError("a command is one line")
        self.go_on()
        self.write(command.encode() + b"\r\n", seconds)
        return self.hear(seconds)

    def go_on(self) -> None:
        """Raises OutOfReach when `stop` is set."""
        if self._stop is not None and self._stop.is_set():
            raise OutOfReach("Sending was stopped.")

    def write(self, data: bytes, seconds: float) -> None:
        self.wire.send(data, seconds, self._stop)

    def hear(self, seconds: float) -> Reply:
        """The next answer, whole, within `seconds`."""
        until = time.monotonic() + seconds
        code = 0
        lines: list[str] = []
        for _ in range(_MOST_LINES):
            match = _LINE.fullmatch(self._line(until))
            if match is None or (lines and int(match[1]) != code):
                break
            code = int(match[1])
            lines.append(said(match[3] or b"", *self._secrets))
            if match[2] != b"-":
                return Reply(code, tuple(lines))
        raise OutOfReach(f"{self.wire.host} sent an answer that cannot be read.")

    def _line(self, until: float) -> bytes:
        while (line := self.wire.pop_line(_LONGEST_LINE)) is None:
            heard = self.wire.listen(until - time.monotonic(), self._stop)
            if heard is Heard.WAKE:
                self.go_on()
            if heard is Heard.NOTHING:
                raise self.wire.silence()
        return line


@dataclass(frozen=True, slots=True)
class Offers:
    """What EHLO told: the extensions, upper-case, each with its parameters."""

    extensions: dict[str, str]
    greeting: str = ""
    """What the server said first, as one line."""

    @classmethod
    def of(cls, reply: Reply) -> Offers:
        pairs = (line.upper().replace("AUTH=", "AUTH ").partition(" ") for line in reply.lines[1:])
        return cls({name: rest.strip() for name, _, rest in pairs})

    def __contains__(self, extension: str) -> bool:
        return extension in self.extensions

    @property
    def size_limit(self) -> int | None:
        """The largest mail in bytes, where the server names one."""
        told = self.extensions.get("SIZE", "")
        return int(told) if told.isascii() and told.isdigit() and int(told) > 0 else None

    @property
    def sign_ins(self) -> set[str]:
        return set(self.extensions.get("AUTH", "").split())
