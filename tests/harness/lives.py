"""Lives of a sender: processes forked from a clean parent that run the real thing until they are killed.

The parent has imported everything and opened nothing: a database handle must not be carried over a fork.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.harness.imported import import_all

_STEP_BYTES = 32
_LONGEST_S = 60.0


@dataclass(frozen=True)
class Kill:
    """When a life ends: `after_s` seconds after it is ready, or has reached a step for the `nth` time."""

    after_s: float
    step: str | None = None
    nth: int = 1


class Life:
    """What the child has of its parent: it says when it is ready, and which step it has reached.

    The step is written to a file by a plain `pwrite`: it is in the kernel's hands when the process dies.
    """

    def __init__(self, kill: Kill | None, steps: int, told: int) -> None:
        self._kill = kill
        self._steps = steps
        self._told = told
        self._seen = 0

    def ready(self) -> None:
        """From here on the parent may kill."""
        os.write(self._told, b"r")

    def step(self, name: str, standing: str = "") -> None:
        """A step is reached; `standing` says it together with where another thread stands."""
        os.pwrite(self._steps, (standing or name).encode().ljust(_STEP_BYTES), 0)
        if self._kill is not None and name == self._kill.step:
            self._seen += 1
            if self._seen == self._kill.nth:
                os.write(self._told, b"s")
                time.sleep(_LONGEST_S)  # the moment is held until the kill comes


def live(work: Callable[[Life], None], step_file: Path, kill: Kill | None) -> str:
    """Runs `work` in a child and kills it as `kill` says; returns the step at which it died.

    Without a kill the child ends by itself, and must end well.
    """
    steps = os.open(step_file, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
    os.pwrite(steps, b"started".ljust(_STEP_BYTES), 0)
    ear, mouth = os.pipe()
    import_all()
    child = os.fork()
    if child == 0:
        os.close(ear)
        _run(work, Life(kill, steps, mouth))
    os.close(mouth)
    try:
        if kill is None:
            assert os.waitpid(child, 0)[1] == 0, "a life that was to end well did not"
            return "ended"
        _wait(ear, kill)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "a life ended before it was killed"
        return os.pread(steps, _STEP_BYTES, 0).decode().strip()
    finally:
        os.close(ear)
        os.close(steps)


def _run(work: Callable[[Life], None], life: Life) -> None:
    """The child's side: never returns into the parent's code."""
    try:
        work(life)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def _wait(ear: int, kill: Kill) -> None:
    """Until the moment of the kill has come."""
    assert _heard(ear, _LONGEST_S) == b"r", "a life did not begin"
    if kill.step is not None:
        _heard(ear, 2.0)  # where the step is never reached, the kill comes all the same
    time.sleep(kill.after_s)


def _heard(ear: int, seconds: float) -> bytes:
    ready, _, _ = select.select([ear], [], [], seconds)
    return os.read(ear, 1) if ready else b""
