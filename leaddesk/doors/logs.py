"""The program's log: a small private file that turns over, without a secret in it."""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import re
import sys
import threading
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, quote_plus

from leaddesk.doors.paths import make_private
from leaddesk.words.errors import Unusable

log = logging.getLogger(__name__)

_OURS = ("leaddesk", "leaddesk_ui")
_SIZE = 2_000_000
_KEPT = 4
_HIDDEN = "[secret]"
_SURE = 6
"""Fewer signs of base64 than this are not looked for: they stand in half of all words."""


class Secrets:
    """Passwords and tokens that must not be written, in any of the forms that protocols give them."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._adding = threading.Lock()

    def add(self, secret: str) -> None:
        """From now on the secret is hidden."""
        with self._adding:
            self._forms |= _forms(secret)
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def scrub(self, text: str) -> str:
        """The text with every form of every secret hidden."""
        pattern = self._pattern
        return pattern.sub(_HIDDEN, text) if pattern else text


class ScrubbingFormatter(logging.Formatter):
    """Hides the secrets in the whole record: message, arguments, traceback."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return self._secrets.scrub(super().format(record))


class Log:
    """Writes what happens to `name`.log in a folder, from `open` to `close`.

    Libraries are heard from WARNING on: below that they tell of mail and of parameters. What nobody
    caught, in any thread, is written too, and goes on to standard error; where somebody else takes what
    nobody caught, as the window does, it stays theirs.
    """

    def __init__(self, folder: Path, secrets: Secrets, name: str = "leaddesk") -> None:
        self._path = folder / f"{name}.log"
        self._secrets = secrets
        self._file: _PrivateFile | None = None

    def open(self) -> Path | None:
        """The file's path, or None where the folder cannot be had: the program works without a log."""
        try:
            make_private(self._path.parent)
            self._file = _PrivateFile(self._path)
        except (OSError, Unusable):
            return None
        self._file.setFormatter(ScrubbingFormatter(self._secrets))
        logging.getLogger().addHandler(self._file)
        logging.getLogger().setLevel(logging.WARNING)
        for ours in _OURS:
            logging.getLogger(ours).setLevel(logging.INFO)
        self._take_hooks()
        return self._path

    def close(self) -> None:
        """Does nothing where no log is open."""
        if self._file is None:
            return
        self._give_hooks_back()
        logging.getLogger().removeHandler(self._file)
        self._file.close()
        self._file = None

    def _take_hooks(self) -> None:
        """Only those that nobody has: the log is often opened in the midst of a fault that another took."""
        if sys.excepthook is sys.__excepthook__:
            sys.excepthook = self._uncaught
        if threading.excepthook is threading.__excepthook__:
            threading.excepthook = self._uncaught_in_thread

    def _give_hooks_back(self) -> None:
        if sys.excepthook == self._uncaught:
            sys.excepthook = sys.__excepthook__
        if threading.excepthook == self._uncaught_in_thread:
            threading.excepthook = threading.__excepthook__

    def _uncaught(self, kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, at)
        else:
            self._tell("nobody caught this", kind, error, at)

    def _uncaught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None and not issubclass(what.exc_type, SystemExit):
            name = what.thread.name if what.thread else "a thread"
            self._tell(f"nobody caught this in {name}", what.exc_type, what.exc_value, what.exc_traceback)

    def _tell(
        self, sentence: str, kind: type[BaseException], error: BaseException, at: TracebackType | None
    ) -> None:
        log.critical(sentence, exc_info=(kind, error, at))
        if sys.stderr is not None:  # a windowed program on Windows has none
            sys.stderr.write(self._secrets.scrub("".join(traceback.format_exception(kind, error, at))))


class _PrivateFile(RotatingFileHandler):
    """A file that only this person can read, and that never stops the program."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace")

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding, errors=self.errors)

    def close(self) -> None:
        with contextlib.suppress(OSError):  # what was left to write found no room
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk has its own sentence in the window; here a line is lost, and nothing else."""


def _forms(secret: str) -> set[str]:
    """The secret as it may stand in a text: plain, quoted, in URLs, in base64 at any offset, in hex."""
    if not secret:
        return set()
    plain = {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]}
    plain |= {quote(secret, safe=safe, errors="replace") for safe in ("", "/")}
    plain.add(quote_plus(secret, errors="replace"))
    raw = secret.encode("utf-8", "surrogatepass")
    wide = secret.encode("utf-16-le", "surrogatepass")
    coded = {raw.hex(), repr(wide)[2:-1]} | {part for data in (raw, wide) for part in _base64_parts(data)}
    return plain | {part for part in coded if len(part) >= _SURE}


def _base64_parts(raw: bytes) -> set[str]:
    """What base64 makes of `raw` wherever it begins in a longer message: the sure middle, both alphabets."""
    parts = set()
    for before in range(3):
        text = base64.b64encode(bytes(before) + raw).decode("ascii").rstrip("=")
        first = -(-before * 8 // 6)  # signs that also hold bits of what stands before
        whole = (before + len(raw)) * 8 // 6  # signs that hold bits of `raw` only
        middle = text[first:whole]
        parts |= {middle, middle.replace("+", "-").replace("/", "_")}
    return parts
