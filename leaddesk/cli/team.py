"""`leaddesk take`, `assign` and `out`: whose lead it is."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.rules.capture.clean import one_line


def take_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Takes a lead: nobody else is told of it any more. Its clock runs on until somebody answers.",
        "leaddesk take 12",
    )
    lead_argument(words)
    words.set_defaults(act=take)


def take(call: Call) -> int:
    with call.desk() as desk:
        desk.team.take(call.args.lead)
    call.out.record({"did": "Taken", "lead": call.args.lead}, f"Taken: lead {call.args.lead} is yours")
    return 0


def assign_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Gives a lead to somebody of the firm. That is no response: its clock runs on.",
        "leaddesk assign 12 Ben",
    )
    lead_argument(words)
    words.add_argument("person", metavar="PERSON", help="a name of the setting team.people")
    words.set_defaults(act=assign)


def assign(call: Call) -> int:
    args = call.args
    with call.desk() as desk:
        name = desk.team.assign(args.lead, args.person)
    record = {"did": "Assigned", "lead": args.lead, "person": one_line(name)}
    call.out.record(record, f"Assigned: lead {args.lead} is {one_line(name)}'s")
    return 0


def out_words(words: ArgumentParser) -> None:
    describe(
        words, "Says that you are out: your leads are the next person's until you are back.", "leaddesk out"
    )
    words.add_argument("--back", action="store_true", help="you are back")
    words.set_defaults(act=out)


def out(call: Call) -> int:
    with call.desk() as desk:
        names = desk.team.go_out(is_out=not call.args.back)
    said = f"Out: {', '.join(map(one_line, names))}" if names else "Everybody is there"
    call.out.record({"did": "Back" if call.args.back else "Out", "lead": None, "out": list(names)}, said)
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {
    "take": take_words,
    "assign": assign_words,
    "out": out_words,
}
