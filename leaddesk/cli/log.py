"""`leaddesk log`: a call, a visit or a message that happened outside the program."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.cli.times import optional_moment
from leaddesk.rules.capture.clean import lines_of
from leaddesk.words.lead import Channel, Direction, Reached

_CHANNELS = [c.value for c in Channel if c is not Channel.FORM]


def log_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Writes down what happened outside LeadDesk; towards them it counts as a response.",
        "leaddesk log 12 --channel call --outcome voicemail --at 10:05",
    )
    lead_argument(words)
    words.add_argument("--channel", choices=_CHANNELS, required=True)
    words.add_argument("--outcome", choices=[r.value for r in Reached], required=True)
    words.add_argument("--direction", choices=[d.value for d in Direction], default=Direction.OUT.value)
    words.add_argument("--at", metavar="TIME", help="when it happened (else now): 10:05, or an ISO time")
    words.add_argument("--note", metavar="N", default="")
    words.set_defaults(act=log)


def log(call: Call) -> int:
    args = call.args
    at = optional_moment(args.at, call.clock)
    with call.desk() as desk:
        entry = desk.calls.log(
            args.lead,
            channel=Channel(args.channel),
            outcome=Reached(args.outcome),
            direction=Direction(args.direction),
            at=at,
            note=lines_of(args.note),
        )
    call.out.record({"touch": entry}, f"Written down as {entry}.")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"log": log_words}
