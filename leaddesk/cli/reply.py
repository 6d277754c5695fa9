"""`leaddesk reply`: a person's answer to a lead, as it stands in a file."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, lead_argument
from leaddesk.cli.call import Call
from leaddesk.cli.files import text_of
from leaddesk.cli.people import moment_words
from leaddesk.cli.times import optional_moment
from leaddesk.rules.capture.clean import one_line


def reply_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Answers a lead by mail. This command is your word: the text goes out as given, after the time for"
        " undo, as soon as a window or 'leaddesk watch' runs.",
        "leaddesk reply 12 --text-file answer.txt",
    )
    lead_argument(words)
    words.add_argument(
        "--text-file", metavar="F", required=True, help="the text, in UTF-8; - is standard input"
    )
    words.add_argument("--subject", metavar="S", help="else theirs, else a plain one")
    words.add_argument("--at", metavar="TIME", help="not before then: 18:00, or an ISO time")
    words.add_argument("--no-undo", action="store_true", help="without the time for undo")
    words.set_defaults(act=reply)


def reply(call: Call) -> int:
    args = call.args
    at = optional_moment(args.at, call.clock)
    text = text_of(args.text_file)
    subject = one_line(args.subject) if args.subject else None
    with call.desk() as desk:
        mail = desk.reply.send_text(args.lead, text, subject, at, undo=not args.no_undo)
    record = {
        "outgoing": mail.id,
        "message_id": mail.message_id,
        "state": mail.state,
        "not_before": mail.not_before,
    }
    when = moment_words(mail.not_before, call.clock.now(), call.clock.zone())
    call.out.record(record, f"Mail {mail.id} to lead {mail.lead} goes out at {when}.")
    call.out.note(f"'leaddesk outbox cancel {mail.id}' takes it back until then.")
    return 0


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"reply": reply_words}
