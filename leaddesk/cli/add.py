"""`leaddesk add`: an enquiry that came by phone, at the door or elsewhere, entered by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.cli.times import optional_moment
from leaddesk.rules.capture.clean import lines_of, one_line
from leaddesk.words.lead import Channel


def add_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Enters an enquiry by hand. Somebody who is known by address or number gets a further enquiry.",
        "leaddesk add --name 'Ngozi Eze' --phone '07700 900123' --message 'Loft, before winter' --at 10:42",
    )
    words.add_argument("--name", metavar="N", required=True)
    words.add_argument("--phone", metavar="P", default="")
    words.add_argument("--email", metavar="E", default="")
    words.add_argument("--company", metavar="C", default="")
    words.add_argument("--message", metavar="M", default="", help="what they want")
    words.add_argument("--source", metavar="S", default="", help="where they came from")
    words.add_argument("--channel", choices=[c.value for c in Channel], default=Channel.CALL.value)
    words.add_argument("--at", metavar="TIME", help="when it reached you (else now): 10:42, or an ISO time")
    words.set_defaults(act=add)


def add(call: Call) -> int:
    args = call.args
    at = optional_moment(args.at, call.clock)
    with call.desk() as desk:
        added = desk.leads.add(
            name=one_line(args.name),
            phone=one_line(args.phone),
            email=one_line(args.email),
            company=one_line(args.company),
            message=lines_of(args.message),
            source=one_line(args.source),
            channel=Channel(args.channel),
            at=at,
        )
    record = {"lead": added.lead, "enquiry": added.enquiry, "joined": added.joined}
    known = "A further enquiry of lead" if added.joined else "A new lead:"
    call.out.record(record, f"{known} {added.lead}")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"add": add_words}
