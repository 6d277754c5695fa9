"""Start, memory, idle processor time, and the longest pause of the GUI thread."""

from __future__ import annotations

import smtplib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from leaddesk import desk
from leaddesk.desk.sample import make_sample
from leaddesk.doors.clock import Clock
from leaddesk.words.settings import CLOSE_ACTION
from tests.bench import floors
from tests.bench.parts import ROOT, Stage, Window, add_account, cpu_seconds, pss_megabytes
from tests.bench.table import Line, below, compared, interleaved
from tests.real.dovecot import Dovecot
from tests.real.tray import Tray

_LEADS = 10_000
_OURS = (sys.executable, "-m", "leaddesk", "--profile")
_SETTLED_S, _FLOOR_SETTLED_S = 12.0, 4.0
"""After these nothing of the start goes on: services, daily copy, first notifications."""


def big_profile(folder: Path) -> Path:
    """Ten thousand leads."""
    profile = folder / "big"
    make_sample(profile, Clock(), _LEADS)
    return profile


def start(on: Stage, profile: Path, runs: int = 9) -> Line:
    """The whole process, from its start until its queue is painted and it has ended."""
    ours = [*_OURS, str(profile)]
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


def memory(on: Stage, profile: Path, runs: int = 3) -> Line:
    """Proportional set size once the start has settled, children included, against an empty window.

    Interleaved, and each alone: two Qt programs at once would share their libraries.
    """
    ours, floor = interleaved(
        runs,
        lambda: _settled(on, [*_OURS, str(profile)], _SETTLED_S),
        lambda: _settled(on, floors.script("empty"), _FLOOR_SETTLED_S),
    )
    return compared("memory (PSS) after start", ours, floor, 2.0, "MB")


def _settled(on: Stage, command: list[str], seconds: float) -> float:
    with subprocess.Popen(command, env=on.env, cwd=ROOT) as process:
        time.sleep(seconds)
        try:
            return pss_megabytes(process.pid)
        finally:
            process.terminate()


def idle(on: Stage, profile: Path, seconds: float = 60.0) -> list[Line]:
    """Per cent of one core, the window shown and hidden in the tray."""
    with Tray(on.bus), desk.open(profile) as opened:
        opened.config.set(CLOSE_ACTION, "tray")
        with subprocess.Popen([*_OURS, str(profile)], env=on.env, cwd=ROOT) as process:
            try:
                time.sleep(_SETTLED_S)
                shown = _share(process.pid, seconds)
                on.xdotool("key", "alt+F4")
                time.sleep(_FLOOR_SETTLED_S)
                assert process.poll() is None, "the window ended instead of going into the tray"
                assert not on.xdotool("search", "--onlyvisible", "--name", "LeadDesk")
                hidden = _share(process.pid, seconds)
            finally:
                process.terminate()
    what = f"idle for {seconds:.0f} s, {_LEADS:,} leads"
    return [
        below(f"{what}, window shown", shown, 1.0, "% of a core"),
        below(f"{what}, in the tray", hidden, 0.1, "% of a core"),
    ]


def _share(pid: int, seconds: float) -> float:
    before = cpu_seconds(pid)
    time.sleep(seconds)
    return (cpu_seconds(pid) - before) / seconds * 100


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
            time.sleep(2)
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
