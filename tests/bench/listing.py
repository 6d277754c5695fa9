"""The table of everybody at 100,000 leads: first rows in every order and cut, and a search as it is typed.

The floor is the least that fifty rows cost: read by the primary key in the same file, in the same run.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from leaddesk import desk
from leaddesk.desk.sample import make_sample
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.words.all_leads import Only, Sort, SortBy
from leaddesk.words.states import Outcome
from tests.bench.table import Line

_LEADS = 100_000
_ROWS = 50
_MOST_MS = 100.0
_TYPED = "loft con"


def measure() -> list[Line]:
    """A line for each kind of question; the slowest of its kind is what counts."""
    with tempfile.TemporaryDirectory(prefix="ldl") as folder:
        profile = Path(folder) / "everybody"
        make_sample(profile, Clock(), _LEADS)
        with desk.open(profile) as opened, opened.store.session():
            return _lines(opened)


def _lines(opened: desk.Desk) -> list[Line]:
    page, source = opened.all_leads.page, opened.all_leads.sources(1)[0][0]
    orders = [Sort(by, down) for by, down in itertools.product(SortBy, (False, True))]
    outcomes, sources = (None, *Outcome), (None, source, "from nowhere")
    words = [_TYPED[:end] for end in range(1, len(_TYPED) + 1)]
    floor = _timed(lambda: _bare(opened.store))
    return [
        _line("first rows, every order", [partial(page, Only(), o, limit=_ROWS) for o in orders], floor),
        _line(
            "first rows, every order, outcome and source",
            [
                partial(page, Only(c, s), o, limit=_ROWS)
                for o, c, s in itertools.product(orders, outcomes, sources)
            ],
            floor,
        ),
        _line(
            f"first rows while “{_TYPED}” is typed, every order",
            [partial(page, Only(words=w), o, limit=_ROWS) for o, w in itertools.product(orders, words)],
            floor,
        ),
        _line(
            f"search while “{_TYPED}” is typed",
            [partial(opened.leads.find, w, _ROWS) for w in words],
            floor,
        ),
        _line("how many of each outcome", [opened.all_leads.tally], floor),
    ]


def _bare(store: Store) -> object:
    """Fifty rows by the primary key, as SQLite gives them."""
    database = store.database.peewee
    return database.execute_sql(f"SELECT * FROM lead ORDER BY id DESC LIMIT {_ROWS}").fetchall()


def _line(what: str, questions: list[Callable[[], object]], floor: float) -> Line:
    times = [_timed(question) for question in questions]
    middle, slowest = statistics.median(times), max(times)
    return Line(
        f"{what} ({_LEADS:,} leads)",
        f"{middle:.1f} ms, slowest {slowest:.1f} ms",
        f"{floor:.2f} ms",
        f"{middle / floor:.1f}",
        f"slowest under {_MOST_MS:g} ms",
        slowest < _MOST_MS,
    )


def _timed(question: Callable[[], object], runs: int = 3) -> float:
    """Milliseconds, the median of some runs."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        question()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)
