"""One window a profile: a second start raises the first and ends."""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
import time
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from leaddesk.doors.instance import may_be_held

_PAUSE_S = 0.05
_RAISE = "raise"
_ACTIVATION = "XDG_ACTIVATION_TOKEN"


class Ear(Protocol):
    """What listens for a word."""

    def close(self) -> None: ...


class SingleWindow(QObject):
    """Listens for a second start; `raise_requested` carries its activation token (Wayland needs it).

    What it listens and asks with is loaded when it does: a first start paints before.
    """

    raise_requested = Signal(str)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._name = "leaddesk-" + hashlib.sha256(os.fsencode(profile.absolute())).hexdigest()[:24]
        self._ear: Ear | None = None

    @property
    def may_be_second(self) -> bool:
        """True where somebody holds the profile, or did when it was killed."""
        return may_be_held(self._profile)

    def raise_first(self, within_s: float = 0.0) -> bool:
        """Ask the first window of the profile to come up; False when none listens within that time."""
        end = time.monotonic() + within_s
        while not self._ask():
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE_S)
        return True

    def listen(self) -> None:
        """From now on this is the first window of its profile."""
        self._ear = _words().Ear(self._name, self._on_word, self)

    def close(self) -> None:
        """Listen no more."""
        if self._ear is not None:
            self._ear.close()

    def _ask(self) -> bool:
        is_heard: bool = _words().say(self._name, f"{_RAISE} {os.environ.get(_ACTIVATION, '')}\n")
        return is_heard

    def _on_word(self, text: str) -> None:
        words = text.split()
        if words[:1] == [_RAISE]:
            self.raise_requested.emit(words[1] if len(words) > 1 else "")


def word_module() -> str:
    """Which module speaks here: Windows' Python has no sockets of the system's own, Qt has pipes."""
    return "word_pipe" if sys.platform == "win32" else "word_socket"


def _words() -> Any:
    return importlib.import_module(f".{word_module()}", __package__)
