"""What the tick asks of plans, whatever the number of leads; and everything that is due, in one pass."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from leaddesk.doors.store import Store, open_store
from tests.bench.table import Line, below, interleaved

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
_IN_ONE_PASS = 100_000
_MICROSECONDS = 1_000_000
_ASKED = 200
"""Times that a question of microseconds is asked for one figure."""
_BARE = "SELECT due_at FROM lead WHERE due_at > ? ORDER BY due_at LIMIT 1"
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
INSERT INTO lead (
  token, name, company, source_text, source_certainty, source_evidence, wants, opened_at, turn, what,
  outcome, reason, since, outbox, sorted_as, plan, plan_state, plan_step, plan_of, due_at, due_way, due_day
)
SELECT 'bench' || i, 'Person ' || i, '', 'Phone', 'stated', '{{}}', 'A loft', {base} - i * 60000000,
  'theirs', 'reply', 'open', '', {base} - i * 60000000, '', 'person ' || i, 'Standard', 'running', 2, 5,
  {base} + {step} * (i - {count} / 2), 'call', 1
FROM n
"""


def measure() -> list[Line]:
    """A line a size for the tick's question, one for its growth, and one for a pass over 100,000 leads."""
    lines, medians = [], []
    with tempfile.TemporaryDirectory(prefix="ldb") as folder:
        for size in SIZES:
            store = _filled(Path(folder) / str(size), size)
            with store.session():
                line, median = _tick(store, size)
                lines.append(line)
                medians.append(median)
                if size == _IN_ONE_PASS:
                    lines.append(_one_pass(store, size))
    what = f"growth of the tick's question from {SIZES[0]:,} to {SIZES[-1]:,} leads"
    return [*lines, below(what, medians[-1] / medians[0], 2.0, "times")]


def _filled(profile: Path, count: int) -> Store:
    """So many open leads with a step to come; half of them are due by now, a minute apart."""
    store = open_store(profile, "bench", lambda: NOW)
    base = int(NOW.timestamp()) * _MICROSECONDS
    with store.transaction():
        ask: Any = store.database.peewee.execute_sql
        ask(_FILL.format(count=count, base=base, step=60 * _MICROSECONDS))
        ask("ANALYZE")
    return store


def _tick(store: Store, size: int) -> tuple[Line, float]:
    since = int(NOW.timestamp()) * _MICROSECONDS

    def bare() -> object:
        return store.database.peewee.execute_sql(_BARE, (since,)).fetchone()

    ours, floor = interleaved(
        9, lambda: _microseconds(lambda: store.due.next_due(NOW)), lambda: _microseconds(bare)
    )
    mine, least = statistics.median(ours), statistics.median(floor)
    what = f"the tick's question, {size:,} leads (a bare SELECT: {least:.0f} µs)"
    return below(what, mine / 1000, 5.0, "ms"), mine


def _microseconds(ask: Callable[[], object]) -> float:
    begin = time.perf_counter()
    for _ in range(_ASKED):
        ask()
    return (time.perf_counter() - begin) / _ASKED * _MICROSECONDS


def _one_pass(store: Store, size: int) -> Line:
    """All of them are due a year from now."""
    begin = time.perf_counter()
    due = store.due.by(NOW + timedelta(days=365), 2**31)
    took = time.perf_counter() - begin
    assert len(due) == size
    return below(f"what is due for {size:,} open leads, in one pass", took, 1.0, "s")
