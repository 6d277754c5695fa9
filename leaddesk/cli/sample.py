"""`leaddesk sample`: a throw-away profile with sample leads, for looking around and for measuring."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path

from leaddesk.cli.arguments import describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import counted


def sample_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Makes a new profile with sample leads of realistic shapes and ages.",
        "leaddesk sample ./look-around && leaddesk --profile ./look-around",
    )
    words.add_argument("folder", metavar="DIR", help="a folder that does not exist yet, or is empty")
    words.add_argument("--leads", metavar="N", type=number, default=30)
    words.add_argument("--seed", metavar="S", type=int, default=1, help="another seed makes other leads")
    words.set_defaults(act=sample)


def sample(call: Call) -> int:
    from leaddesk.desk.sample import make_sample  # noqa: PLC0415 - heavy

    folder = Path(call.args.folder).expanduser().absolute()
    counts = make_sample(folder, call.clock, call.args.leads, call.args.seed)
    record = {"leads": counts.leads, "enquiries": counts.enquiries, "entries": counts.entries}
    made = f"{counted(counts.leads, 'lead')} with {counted(counts.enquiries, 'enquiry')}"
    call.out.record(record, f"{made} in {folder}")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"sample": sample_words}
