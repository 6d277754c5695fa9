"""A week looked back on among 100,000 leads: `python -m tests.bench.looking_back`.

The floor reads the rows that the review stands on (enquiries of both weeks, the record, the addresses and
the outbox of who asked) with the standard library and does nothing with them, in the same run.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from leaddesk.desk.config import Config
from leaddesk.desk.figures import Figures
from leaddesk.desk.sample import make_sample
from leaddesk.desk.weeks import Weeks
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store, open_store
from leaddesk.doors.store.fields import to_micros
from tests.bench.table import Line, compared, interleaved, printed

LEADS = 100_000
MOST = 10.0
_RUNS = 5
_ENQUIRIES = """
SELECT e.lead, e.received_at, e.first_response_at, e.standing, e.source_text, l.outcome, l.name
FROM enquiry e JOIN lead l ON l.id = e.lead WHERE e.received_at >= ? AND e.received_at < ?
"""
_OF_LEADS = (
    "SELECT id, lead, kind, at, channel, automatic, outcome, takes_back FROM entry WHERE lead IN ({})",
    "SELECT lead, kind FROM address WHERE lead IN ({})",
    "SELECT lead, received_at FROM enquiry WHERE lead IN ({})",
    "SELECT lead, state, created_at, approved_at, updated_at FROM outgoing WHERE lead IN ({})",
    "SELECT id, name, outcome, turn, snoozed_until, source_evidence FROM lead WHERE id IN ({})",
)
_BATCH = 500


def measure(leads: int = LEADS, runs: int = _RUNS) -> Line:
    """The whole page, the week before and the five mistakes included."""
    with tempfile.TemporaryDirectory(prefix="ldb") as folder:
        clock, profile = Clock(), Path(folder) / "profile"
        make_sample(profile, clock, leads)
        store = open_store(profile, "bench", clock.now)
        weeks = _weeks(store, clock)
        day = (clock.now() - timedelta(days=7)).astimezone(clock.zone()).date()
        week = weeks.show(day)
        start = datetime.combine(week.first, datetime.min.time(), clock.zone())
        floor = profile / "leaddesk.db"
        asked = week.review.enquiries
        return compared(
            f"a week of {asked:,} enquiries looked back on, among {leads:,} leads",
            *interleaved(
                runs, lambda: _timed(lambda: weeks.show(day)), lambda: _timed(lambda: _bare(floor, start))
            ),
            most=MOST,
        )


def _weeks(store: Store, clock: Clock) -> Weeks:
    return Weeks(store, clock, Figures(store, clock, Config(store)))


def _timed(job: Callable[[], object]) -> float:
    start = time.monotonic()
    job()
    return (time.monotonic() - start) * 1000


def _bare(file: Path, start: datetime) -> int:
    """How many rows both weeks stand on."""
    found = 0
    with closing(sqlite3.connect(file)) as database:
        for first in (start - timedelta(days=7), start):
            span = (to_micros(first), to_micros(first + timedelta(days=7)))
            rows = database.execute(_ENQUIRIES, span).fetchall()
            found += len(rows)
            for some in _batches(sorted({row[0] for row in rows})):
                marks = ",".join("?" * len(some))
                for question in _OF_LEADS:
                    found += len(database.execute(question.format(marks), some).fetchall())
    return found


def _batches(leads: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(leads), _BATCH):
        yield leads[start : start + _BATCH]


if __name__ == "__main__":
    line = measure()
    print(printed([line]))
    raise SystemExit(0 if line.ok else 1)
