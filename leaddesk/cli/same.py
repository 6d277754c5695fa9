"""`leaddesk merge` and `unmerge`: two leads that are one person, and two again."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, lead_argument, number
from leaddesk.cli.call import Call


def merge_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Joins a lead with another, which goes on for both. Nothing is rewritten: for thirty days "
        "unmerge, or undo, makes them two again.",
        "leaddesk merge 12 7",
    )
    lead_argument(words)
    words.add_argument("into", metavar="INTO", type=number, help="the lead that goes on for both")
    words.set_defaults(act=merge)


def merge(call: Call) -> int:
    with call.desk() as desk:
        done = desk.same.merge(call.args.lead, call.args.into)
    record = {"did": "Joined", "lead": call.args.lead, "into": done.into}
    call.out.record(record, f"Joined: lead {call.args.lead} is read through lead {done.into}")
    return 0


def unmerge_words(words: ArgumentParser) -> None:
    describe(words, "Makes two leads again of two that were joined.", "leaddesk unmerge 12")
    lead_argument(words)
    words.set_defaults(act=unmerge)


def unmerge(call: Call) -> int:
    with call.desk() as desk:
        done = desk.same.unmerge(call.args.lead)
    record = {"did": "Taken apart", "lead": done.lead, "into": done.into}
    call.out.record(record, f"Taken apart: lead {done.lead} and lead {done.into}")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"merge": merge_words, "unmerge": unmerge_words}
