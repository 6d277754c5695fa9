"""`leaddesk due`: steps of plans whose time has come."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import datetime

from leaddesk.cli.arguments import as_of_option, describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import moment_words
from leaddesk.cli.show import Column, Record
from leaddesk.cli.times import optional_moment
from leaddesk.doors.store import DueLead
from leaddesk.rules.cadence.steps import WHAT, step_words
from leaddesk.rules.capture.clean import one_line

_ALL = 2**31


def due_words(words: ArgumentParser) -> None:
    describe(
        words,
        "What your plans ask for by now: calls, mails, texts, tasks and decisions, the longest due first.",
        "leaddesk due --limit 5",
    )
    words.add_argument("--limit", metavar="N", type=number, default=_ALL, help="only the first N")
    as_of_option(words)
    words.set_defaults(act=show_due)


def show_due(call: Call) -> int:
    as_of = optional_moment(call.args.as_of, call.clock)
    with call.desk() as desk:
        due = desk.following.due(call.args.limit, as_of)
    call.out.table((due_record(each) for each in due), _columns(call), "Nothing is due.")
    return 0


def due_record(due: DueLead) -> Record:
    """One step that is due, as the contract names its facts."""
    return {
        "lead": due.lead,
        "name": one_line(due.name),
        "what": WHAT[due.step.way],
        "channel": due.step.way,
        "at": due.step.at,
        "step": due.step.number,
        "of": due.step.of,
        "cadence": due.step.plan,
        "why": step_words(due.step),
    }


def _columns(call: Call) -> tuple[Column, ...]:
    now, zone = call.clock.now(), call.clock.zone()

    def since(row: Record) -> str:
        at: datetime = row["at"]
        return moment_words(at, now, zone)

    return (
        Column("lead", lambda row: str(row["lead"])),
        Column("name", lambda row: row["name"], widest=28),
        Column("what", lambda row: row["what"]),
        Column("due", since),
        Column("why", lambda row: row["why"], widest=60),
    )


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"due": due_words}
