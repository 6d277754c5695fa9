"""The long kill runs: what the sink and doveadm say afterwards, and the naive versions that must fail."""

from __future__ import annotations

import sys

from tests.bench.table import Line
from tests.harness import kill_sender, kill_watcher

_SENDER, _WATCHER = 500, 300
_SEED = 1


def measure() -> list[Line]:
    """Both real runs and both naive ones; the steps at death are printed as they come."""
    sender = kill_sender.run(_SENDER, _SEED, "slow:30")
    naive_sender = kill_sender.run(_SENDER, _SEED, "slow:30", naive=True)
    watcher = kill_watcher.run(_WATCHER, _SEED)
    naive_watcher = kill_watcher.run(_WATCHER, _SEED, naive="seen-first")
    for result in (sender, naive_sender, watcher, naive_watcher):
        print("\n".join(result.lines()), file=sys.stderr, flush=True)
    return [
        _real(f"{_SENDER} kills of the sender, slow sink", len(sender.doubled), len(sender.lost)),
        _naive("the same, naive", len(naive_sender.doubled), len(naive_sender.lost)),
        _real(f"{_WATCHER} kills of the watcher, Dovecot", len(watcher.doubled), len(watcher.lost)),
        _naive("the same, naive", len(naive_watcher.doubled), len(naive_watcher.lost)),
    ]


def _real(what: str, doubled: int, lost: int) -> Line:
    return Line(
        what, f"{doubled} doubled, {lost} lost", "-", "-", "0 doubled, 0 lost", doubled == 0 and lost == 0
    )


def _naive(what: str, doubled: int, lost: int) -> Line:
    """A harness that does not catch the naive version proves nothing."""
    return Line(what, f"{doubled} doubled, {lost} lost", "-", "-", "must be caught", doubled + lost > 0)
