"""From a mail handed to Dovecot to its row painted and its notification received."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench import floors
from tests.bench.parts import Stage, Window, add_account
from tests.bench.table import Line, compared
from tests.real.dovecot import Dovecot

_USERS = {"ana": "ana words", "bob": "bob words"}


def _mail(number: int) -> bytes:
    return (
        f"From: Person {number} <person{number}@example.com>\r\nTo: ana@example.org\r\n"
        f"Subject: A loft {number}\r\nMessage-ID: <bench-{number}-{time.monotonic_ns()}@example.com>\r\n\r\n"
        f"Hello, could you quote for loft number {number}?\r\n"
    ).encode()


class _Floor:
    """The bare IDLE loop on a mailbox of its own."""

    def __init__(self, dovecot: Dovecot) -> None:
        words = ["localhost", str(dovecot.imaps_port), str(dovecot.ca_file), "bob", _USERS["bob"]]
        self._process = subprocess.Popen([*floors.script("idle"), *words], stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def run(self, dovecot: Dovecot, number: int) -> float:
        start = time.monotonic()
        dovecot.deliver(_mail(number), to="bob")
        return (float(self._line()) - start) * 1000

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(5)


def measure(on: Stage, runs: int = 15) -> list[Line]:
    """Interleaved: one mail for the window's mailbox, one for the floor's."""
    painted, notified, floor_times = [], [], []
    with tempfile.TemporaryDirectory(prefix="ldb") as folder, Dovecot(_USERS) as dovecot:
        profile = Path(folder) / "profile"
        profile.mkdir(mode=0o700)
        add_account(profile, dovecot, "ana")
        floor = _Floor(dovecot)
        with Window(on, profile, password=_USERS["ana"]) as window:
            window.wait(lambda line: line.get("news") == "FirstSyncDone")
            time.sleep(2)
            for number in range(runs + 1):
                seen = len(on.notifications.received)
                start = time.monotonic()
                dovecot.deliver(_mail(number), to="ana")
                shown = window.wait(lambda line, n=number: line.get("painted") == f"Person {n}")  # type: ignore[misc]
                told = on.notifications.wait(seen + 1)[-1].at
                floor_ms = floor.run(dovecot, number)
                if number:  # the first one does not count
                    painted.append((shown["at"] - start) * 1000)
                    notified.append((told - start) * 1000)
                    floor_times.append(floor_ms)
                time.sleep(0.3)
        floor.stop()
    return [
        compared("mail handed over until its row is painted", painted, floor_times, 1.5),
        compared("mail handed over until its notification is received", notified, floor_times, 1.5),
    ]
