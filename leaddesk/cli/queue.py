"""`leaddesk queue`: who is next, and why."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from leaddesk.cli.arguments import as_of_option, describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import span_words
from leaddesk.cli.show import Column, Record
from leaddesk.cli.times import optional_moment
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.errors import Usage
from leaddesk.words.views import QueueRow

_ALL = 2**31
_COLUMNS = (
    Column("", lambda row: str(row["place"])),
    Column("lead", lambda row: str(row["lead"])),
    Column("name", lambda row: row["name"], widest=28),
    Column("what", lambda row: row["what"]),
    Column("waiting", lambda row: span_words(row["waiting_s"])),
    Column("rung", lambda row: row["rung"]),
    Column("source", lambda row: row["source"], widest=28),
    Column("why", lambda row: row["why"], widest=80),
)


def queue_words(words: ArgumentParser) -> None:
    describe(
        words, "Who waits, in the order in which to answer, each with the reason.", "leaddesk queue --limit 5"
    )
    words.add_argument("--limit", metavar="N", type=number, default=_ALL, help="only the first N")
    words.add_argument(
        "--nothing-scheduled",
        action="store_true",
        help="instead those open leads that nothing brings back: no step of a plan, no snooze with a day, no"
        " mail on its way; the longest at rest first",
    )
    as_of_option(words)
    words.set_defaults(act=show_queue)


def show_queue(call: Call) -> int:
    as_of = optional_moment(call.args.as_of, call.clock)
    rests = call.args.nothing_scheduled
    if rests and as_of is not None:
        raise Usage("What has nothing scheduled is known for now only.", "Leave --as-of out.")
    with call.desk() as desk:
        limit = call.args.limit
        rows = desk.queue.unscheduled(limit) if rests else desk.queue.today(limit, as_of).rows
    now = as_of or call.clock.now()
    nobody = "Every open lead comes back by itself." if rests else "Nobody waits."
    call.out.table((row_record(row, now) for row in rows), _COLUMNS, nobody)
    return 0


def row_record(row: QueueRow, now: datetime) -> Record:
    """One row as the contract names its facts."""
    record: dict[str, Any] = {
        "place": row.place,
        "lead": row.lead,
        "name": one_line(row.name),
        "what": row.what,
        "turn": row.turn,
        "since": row.since,
        "waiting_s": row.waited(now),
        "rung": row.rung(now),
        "due_at": row.due_at,
        "source": row.source,
        "why": row.why,
        "whose": row.whose or None,
    }
    return record


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"queue": queue_words}
