"""`leaddesk snooze`, `close`, `reopen` and `undo`: what a person decides about a lead."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.cli.people import moment_words
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.lead import Outcome
from leaddesk.words.states import UNTIL_THEY_REPLY

_OUTCOMES = [o.value for o in Outcome if o is not Outcome.OPEN]


def snooze_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Puts a lead off: it leaves the queue until then. Its clock runs on.",
        "leaddesk snooze 12 --until 'tomorrow 9'",
    )
    lead_argument(words)
    words.add_argument(
        "--until",
        metavar="TIME-OR-WORDS",
        required=True,
        help="'1 hour', 'Monday 9:30', 'when they reply', or an ISO time",
    )
    words.add_argument("--reason", metavar="R", default="")
    words.set_defaults(act=snooze)


def snooze(call: Call) -> int:
    args = call.args
    with call.desk() as desk:
        until = desk.decide.snooze(args.lead, args.until, one_line(args.reason))
    is_open = until == UNTIL_THEY_REPLY
    when = "they reply" if is_open else moment_words(until, call.clock.now(), call.clock.zone())
    record = {"did": "Snoozed", "lead": args.lead, "until": None if is_open else until}
    call.out.record(record, f"Snoozed: lead {args.lead} until {when}")
    return 0


def close_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Ends a lead. An answer of theirs opens it again.",
        "leaddesk close 12 lost --reason 'too far away'",
    )
    lead_argument(words)
    words.add_argument("outcome", choices=_OUTCOMES, metavar="OUTCOME", help=", ".join(_OUTCOMES))
    words.add_argument("--reason", metavar="R", default="")
    words.set_defaults(act=close)


def close(call: Call) -> int:
    args = call.args
    outcome = Outcome(args.outcome)
    with call.desk() as desk:
        desk.decide.close(args.lead, outcome, one_line(args.reason))
    return _did(call, "Not a lead" if outcome is Outcome.NOT_A_LEAD else "Closed", args.lead)


def reopen_words(words: ArgumentParser) -> None:
    describe(words, "Opens a closed lead again.", "leaddesk reopen 12")
    lead_argument(words)
    words.set_defaults(act=reopen)


def reopen(call: Call) -> int:
    with call.desk() as desk:
        desk.decide.reopen(call.args.lead)
    return _did(call, "Reopened", call.args.lead)


def undo_words(words: ArgumentParser) -> None:
    describe(words, "Takes back the last thing that you did; again, the one before.", "leaddesk undo")
    words.set_defaults(act=undo)


def undo(call: Call) -> int:
    with call.desk() as desk:
        undone = desk.decide.undo()
    whose = f" for lead {undone.lead}" if undone.lead else ""
    record = {"did": undone.did, "lead": undone.lead or None}
    call.out.record(record, f"Taken back{whose}: {one_line(undone.did)}")
    return 0


def _did(call: Call, did: str, lead: int) -> int:
    call.out.record({"did": did, "lead": lead}, f"{did}: lead {lead}")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {
    "snooze": snooze_words,
    "close": close_words,
    "reopen": reopen_words,
    "undo": undo_words,
}
