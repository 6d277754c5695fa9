"""Start, memory, idle processor time, and the longest pause of the GUI thread."""

from __future__ import annotations

import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from leaddesk.desk.sample import make_sample
from leaddesk.doors.clock import Clock
from tests.bench import floors
from tests.bench.parts import ROOT, Stage, Window, add_account, cpu_seconds, pss_megabytes
from tests.bench.table import Line, below, compared, interleaved
from tests.real.dovecot import Dovecot

_LEADS = 10_000


def big_profile(folder: Path) -> Path:
    """Ten thousand leads."""
    profile = folder / "big"
    make_sample(profile, Clock(), _LEADS)
    return profile


def start(on: Stage, profile: Path, runs: int = 9) -> Line:
    """The whole process, from its start until its queue is painted and it has ended."""
    ours = [sys.executable, "-m", "leaddesk", "--profile", str(profile)]
    env = on.env | {"LEADDESK_QUIT_AFTER_PAINT": "1"}
    floor = [*floors.script("rows"), str(profile / "leaddesk.db")]
    return compared(
        f"start to the first painted queue, {_LEADS:,} leads",
        *interleaved(runs, lambda: _timed(ours, env), lambda: _timed(floor, on.env)),
        most=1.6,
    )


def _timed(command: list[str], env: dict[str, str]) -> float:
    begin = time.monotonic()
    subprocess.run(command, env=env, cwd=ROOT, check=True)
    return (time.monotonic() - begin) * 1000


def memory(on: Stage, profile: Path) -> Line:
    """Proportional set size ten seconds after start, children included, against an empty window."""
    ours, floor = [], []
    for _ in range(3):
        with Window(on, profile) as window:
            window.wait(lambda line: "painted" in line)
            time.sleep(8)
            ours.append(pss_megabytes(window.process.pid))
        empty = subprocess.Popen(floors.script("empty"), env=on.env)
        time.sleep(4)
        floor.append(pss_megabytes(empty.pid))
        empty.kill()
        empty.wait(5)
    return compared("memory (PSS) after start", ours, floor, 2.0, "MB")


def idle(on: Stage, profile: Path, seconds: float = 60.0) -> list[Line]:
    """Per cent of one core, the window shown and hidden."""
    lines = []
    for words, most in (((), 1.0), (("hidden",), 0.1)):
        with Window(on, profile, *words) as window:
            window.wait(lambda line: "painted" in line)
            time.sleep(12)
            before = cpu_seconds(window.process.pid)
            time.sleep(seconds)
            share = (cpu_seconds(window.process.pid) - before) / seconds * 100
        where = "in the tray" if words else "window shown"
        lines.append(
            below(f"idle for {seconds:.0f} s, {_LEADS:,} leads, {where}", share, most, "% of a core")
        )
    return lines


def gap(on: Stage, mails: int = 500) -> Line:
    """The GUI thread's longest pause while many mails arrive."""
    with tempfile.TemporaryDirectory(prefix="ldb") as folder, Dovecot({"ana": "ana words"}) as dovecot:
        profile = Path(folder) / "profile"
        profile.mkdir(mode=0o700)
        add_account(profile, dovecot, "ana")
        with Window(on, profile, "heart", password="ana words") as window:
            window.wait(lambda line: line.get("news") == "FirstSyncDone")
            time.sleep(3)
            seen = len(window.lines())
            _deliver_many(dovecot, mails)
            arrived = _count(window, "EnquiryArrived", mails)
            gaps = [line["gap_ms"] for line in window.lines()[seen:] if "gap_ms" in line]
    return below(f"GUI thread's longest gap while {arrived} mails arrive", max(gaps, default=0.0), 100, "ms")


def _deliver_many(dovecot: Dovecot, mails: int) -> None:
    with smtplib.LMTP("127.0.0.1", dovecot.lmtp_port) as client:
        for number in range(mails):
            mail = (
                f"From: Person {number} <person{number}@example.com>\r\nTo: ana@example.org\r\n"
                f"Subject: A loft\r\nMessage-ID: <gap-{number}@example.com>\r\n\r\nCould you quote?\r\n"
            )
            client.sendmail("person@example.com", ["ana"], mail)


def _count(window: Window, news: str, wanted: int) -> int:
    end = time.monotonic() + 120
    found = 0
    while found < wanted and time.monotonic() < end:
        time.sleep(0.2)
        found = sum(line.get("news") == news for line in window.lines())
    return found
