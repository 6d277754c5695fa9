"""Putting mails into a Maildir as a mail server does: written aside, then moved in whole."""

from __future__ import annotations

import itertools
import os
from datetime import datetime
from pathlib import Path


class Maildir:
    """One Maildir that we deliver to. Names are unique across processes and restarts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    def deliver(self, raw: bytes, at: datetime) -> Path:
        """The file in new/, which is there whole or not at all. Raises OSError when it cannot be written."""
        stamp = f"{int(at.timestamp())}.M{at.microsecond}P{os.getpid()}Q{next(self._numbers)}"
        aside, place = (self._folder / name / f"{stamp}.demo" for name in ("tmp", "new"))
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.rename(aside, place)
        return place
