"""The sink in a process of its own, which nobody kills: a harness that forks has no threads."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from leaddesk.words.account import Security, Server


@contextlib.contextmanager
def sink_process(
    truth: Path, personality: str, *more: str, program: str = "tests.real.sink"
) -> Iterator[Server]:
    """Its address; what it takes is appended to `truth`."""
    words = ["-m", program, "--truth", str(truth), "--personality", personality, *more]
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Server("127.0.0.1", int(process.stdout.readline()), Security.PLAIN)
        finally:
            process.kill()
