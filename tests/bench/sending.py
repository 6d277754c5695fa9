"""Two hundred approved mails through the real sender, durable states included, against smtplib alone."""

from __future__ import annotations

import smtplib
import tempfile
import time
from pathlib import Path

from leaddesk.doors.clock import Clock
from leaddesk.words.outgoing import OutgoingState
from tests.bench.table import Line, interleaved
from tests.harness.sinks import sink_process
from tests.outgoing_desk import OutgoingDesk

MAILS = 200
_RUNS = 1
_LEAST = 0.5


def measure(mails: int = MAILS) -> list[Line]:
    """How many of the loop's mails a second the sender reaches: a connection a mail on both sides."""
    with tempfile.TemporaryDirectory(prefix="ldb") as folder:
        root = Path(folder)
        with sink_process(root / "truth", "normal") as smtp:
            desk = OutgoingDesk.open(root / "profile", Clock())
            desk.account(smtp)
            raws: list[bytes] = []

            def ours() -> float:
                with desk.store.transaction():
                    made = [desk.approved(desk.lead()) for _ in range(mails)]
                raws[:] = [desk.store.outbox.raw(mail.id) for mail in made]
                began = time.perf_counter()
                desk.sender().round()
                seconds = time.perf_counter() - began
                assert all(desk.row(mail.id).state is OutgoingState.SENT for mail in made)
                return seconds

            def bare() -> float:
                began = time.perf_counter()
                for raw in raws:
                    with smtplib.SMTP(smtp.host, smtp.port, local_hostname="localhost") as server:
                        server.sendmail("ann@lofts.example", ["ngozi@example.org"], raw)
                return time.perf_counter() - began

            return [_line(mails, *interleaved(_RUNS, ours, bare))]


def _line(mails: int, ours: list[float], bare: list[float]) -> Line:
    mine, least = sorted(ours)[len(ours) // 2], sorted(bare)[len(bare) // 2]
    ratio = least / mine
    return Line(
        f"{mails} approved mails sent",
        f"{mails / mine:,.0f} a second",
        f"{mails / least:,.0f} a second",
        f"{ratio:.2f}",
        f"at least {_LEAST:g} x",
        ratio >= _LEAST,
    )
