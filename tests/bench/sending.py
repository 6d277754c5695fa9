"""Two hundred approved mails through the real sender, durable states included, against smtplib alone.

The loop opens a connection a mail, as is written with smtplib; the sender puts mails that follow each other
on one. A loop on one connection takes about 0.4 ms a mail, less than the two commits to a disk that each of
the sender's mails must wait for: that is no floor for what has durable states. One sink in a process of its
own, whose time is in both. Two ways: over TLS with a sign-in, as to any server that is not this computer (the
program speaks no other way), and in clear without one. Both sides make their TLS context once, and verify.
The sender's mails lie on a real disk; each has three states made durable, and its lead folded, told of and
found anew.
"""

from __future__ import annotations

import smtplib
import ssl
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leaddesk.doors.clock import Clock
from leaddesk.words.account import Security, Server
from leaddesk.words.outgoing import OutgoingState
from tests.bench.table import Line, interleaved
from tests.harness.sinks import sink_process
from tests.outgoing_desk import OutgoingDesk
from tests.real.certificates import make_certificates

MAILS = 200
_RUNS = 3
_LEAST = 0.5
_USER, _PASSWORD = "ann@lofts.example", "right"


@dataclass(frozen=True)
class _Way:
    """How both sides reach the sink."""

    words: str
    server: Server
    ca_file: str | None = None

    @property
    def user(self) -> str:
        """Empty where nobody signs in."""
        return _USER if self.ca_file else ""


def measure(mails: int = MAILS) -> list[Line]:
    """How many of the loop's mails a second the sender reaches."""
    with tempfile.TemporaryDirectory(prefix="ldb") as folder:
        return [_over_tls(Path(folder), mails), _in_clear(Path(folder), mails)]


def _over_tls(root: Path, mails: int) -> Line:
    made = make_certificates(root)
    words = ["--security", "tls", "--certificate", str(made.good.certificate), "--key", str(made.good.key)]
    with sink_process(root / "taken", "auth", *words, "--user", f"{_USER}:{_PASSWORD}") as smtp:
        server = replace(smtp, host="localhost", security=Security.TLS)
        return _line(_Way("TLS, signed in", server, made.ca_file), root / "tls", mails)


def _in_clear(root: Path, mails: int) -> Line:
    with sink_process(root / "taken-in-clear", "normal") as smtp:
        return _line(_Way("in clear", smtp), root / "clear", mails)


def _line(way: _Way, profile: Path, mails: int) -> Line:
    desk = OutgoingDesk.open(profile, Clock())
    desk.passwords.remember(desk.account(way.server, user=way.user, ca_file=way.ca_file), _PASSWORD)
    raws: list[bytes] = []
    bare = _loop(way, raws)

    def ours() -> float:
        raws[:], seconds = _sent(desk, mails)
        return seconds

    return _compared(f"{mails} approved mails sent, {way.words}", mails, *interleaved(_RUNS, ours, bare))


def _sent(desk: OutgoingDesk, mails: int) -> tuple[list[bytes], float]:
    """The mails' bytes, and the seconds in which the sender sent them."""
    with desk.store.transaction():
        made = [desk.approved(desk.lead()) for _ in range(mails)]
    sender = desk.sender()
    began = time.perf_counter()
    sender.round()
    seconds = time.perf_counter() - began
    assert all(desk.row(mail.id).state is OutgoingState.SENT for mail in made)
    return [desk.store.outbox.raw(mail.id) for mail in made], seconds


def _loop(way: _Way, raws: Sequence[bytes]) -> Callable[[], float]:
    """smtplib and nothing else."""
    context = ssl.create_default_context(cafile=way.ca_file)
    host, port = way.server.host, way.server.port

    def connected() -> smtplib.SMTP:
        if not way.user:
            return smtplib.SMTP(host, port, local_hostname="localhost")
        return smtplib.SMTP_SSL(host, port, local_hostname="localhost", context=context)

    def bare() -> float:
        began = time.perf_counter()
        for raw in raws:
            with connected() as server:
                if way.user:
                    server.login(way.user, _PASSWORD)
                server.sendmail(_USER, ["ngozi@example.org"], raw)
        return time.perf_counter() - began

    return bare


def _compared(what: str, mails: int, ours: Sequence[float], bare: Sequence[float]) -> Line:
    mine, least = sorted(ours)[len(ours) // 2], sorted(bare)[len(bare) // 2]
    ratio = least / mine
    return Line(
        what,
        f"{mails / mine:,.0f} a second",
        f"{mails / least:,.0f} a second",
        f"{ratio:.2f}",
        f"at least {_LEAST:g} x",
        ratio >= _LEAST,
    )
