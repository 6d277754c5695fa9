"""`leaddesk opt-out`: they asked not to be contacted, in one way or at all."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.rules.capture.clean import one_line
from leaddesk.rules.reach import WAYS
from leaddesk.words.lead import Channel


def opt_out_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Notes that a lead asked not to be contacted. What waits to be mailed is stopped, and nothing can be "
        "mailed any more, also after an import or a merge; undo takes it back.",
        "leaddesk opt-out 12 --channel email",
    )
    lead_argument(words)
    words.add_argument(
        "--channel",
        metavar="C",
        choices=[way.value for way in WAYS],
        help=f"one of {', '.join(WAYS)}; without it, all of them",
    )
    words.add_argument("--reason", metavar="R", default="")
    words.set_defaults(act=opt_out)


def opt_out(call: Call) -> int:
    args = call.args
    channel = Channel(args.channel) if args.channel else None
    with call.desk() as desk:
        desk.contact.opt_out(args.lead, channel, one_line(args.reason))
    record = {"did": "Opted out", "lead": args.lead, "channel": channel}
    call.out.record(record, f"Opted out{f' of {channel}' if channel else ''}: lead {args.lead}")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"opt-out": opt_out_words}
