"""What the benches stand on: a desk's window as a process, on a real screen and bus, with a real mailbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaddesk.doors.clock import Clock
from leaddesk.doors.store import open_store
from leaddesk.words.account import Account, Security, Server
from tests.bench import PASSWORD
from tests.real.desktop import Screen, SessionBus
from tests.real.dovecot import Dovecot
from tests.real.notification_service import NotificationService

ROOT = Path(__file__).resolve().parents[2]
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


_NOT_OURS = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE")
"""Another screen; and a shell without bytecode, which every installed program has, and the floors as well."""


@dataclass(frozen=True)
class Stage:
    """A screen, a session bus with a notification service, and what programs need to find them."""

    screen: Screen
    bus: SessionBus
    notifications: NotificationService

    @property
    def env(self) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if k not in _NOT_OURS}
        path = os.pathsep.join((str(ROOT), str(ROOT / "ui")))
        return {**env, **self.screen.env, **self.bus.env, "PYTHONPATH": path}

    def xdotool(self, *words: str) -> str:
        """What it says; nothing where it finds nothing."""
        done = subprocess.run(("xdotool", *words), env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip()


@contextmanager
def stage() -> Iterator[Stage]:
    with ExitStack() as parts:
        screen = parts.enter_context(Screen())
        bus = parts.enter_context(SessionBus())
        yield Stage(screen, bus, parts.enter_context(NotificationService(bus)))


class Window:
    """A running window, seen through its log."""

    def __init__(self, on: Stage, profile: Path, *words: str, password: str = "") -> None:
        self._log = profile / f"bench-{time.monotonic_ns()}.log"
        self._log.touch()
        command = [sys.executable, "-m", "tests.bench.window", str(profile), str(self._log), *words]
        env = on.env | ({PASSWORD: password} if password else {})
        with self._log.with_suffix(".err").open("wb") as errors:
            self.process = subprocess.Popen(command, env=env, cwd=ROOT, stderr=errors)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def wait(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 30.0) -> dict[str, Any]:
        """The first line that is wanted."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            found = next((line for line in self.lines() if wanted(line)), None)
            if found is not None:
                return found
            time.sleep(0.01)
        raise TimeoutError(self._log.with_suffix(".err").read_text()[-2000:] or "nothing was logged in time")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()


def add_account(profile: Path, dovecot: Dovecot, user: str) -> None:
    """An account of the real mailbox in a profile, as set-up would have left it."""
    server = dovecot.server
    store = open_store(profile, "bench", Clock().now)
    store.accounts.add(
        Account(
            email=f"{user}@example.org", user=user, imap=Server(server.host, server.port, server.security),
            smtp=Server("127.0.0.1", 9, Security.PLAIN), ca_file=str(dovecot.ca_file), keep_in_memory=True,
        )
    )  # fmt: skip


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and its children so far."""
    total = 0.0
    for each in [pid, *children(pid)]:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total


def pss_megabytes(pid: int) -> float:
    """Proportional memory of a process and its children."""
    total = 0
    for each in [pid, *children(pid)]:
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found
