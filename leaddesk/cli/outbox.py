"""`leaddesk outbox`: mails on their way, taken back, or settled by a person's word."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import branch, branches, describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import moment_words
from leaddesk.cli.show import Column, Record
from leaddesk.words.outgoing import Outgoing, OutgoingState, Resolution


def outbox_words(words: ArgumentParser) -> None:
    describe(words, "Mails on their way and what became of them.", "leaddesk outbox --state unsure")
    words.add_argument("--state", choices=[s.value for s in OutgoingState], help="only those in this state")
    words.set_defaults(act=show_outbox)
    room = branches(words, required=False)
    take_back = branch(
        room, "cancel", cancel, "Takes a mail back that has not gone out.", "leaddesk outbox cancel 7"
    )
    take_back.add_argument("outgoing", metavar="ID", type=number)
    hand_over = branch(
        room,
        "open",
        open_elsewhere,
        "Takes a mail back and prints the link that opens it in your own mail program.",
        "leaddesk outbox open 7",
    )
    hand_over.add_argument("outgoing", metavar="ID", type=number)
    settle = branch(
        room,
        "resolve",
        resolve,
        "Your word on a mail that is unsure or was refused: it arrived, send it again, or drop it.",
        "leaddesk outbox resolve 7 arrived",
    )
    settle.add_argument("outgoing", metavar="ID", type=number)
    settle.add_argument("how", choices=[r.value for r in Resolution])
    branch(
        room,
        "allow",
        allow,
        "Lets mails go out again that a restore has held back.",
        "leaddesk outbox allow",
    )


def show_outbox(call: Call) -> int:
    state = OutgoingState(call.args.state) if call.args.state else None
    with call.desk() as desk:
        mails, frozen = desk.reply.outbox(state), desk.backup.frozen()
    call.out.table(map(mail_record, mails), _columns(call), "Nothing is on its way.")
    if frozen:
        call.out.note("Nothing is sent since the restore; 'leaddesk outbox allow' lets mails go out again.")
    return 0


def cancel(call: Call) -> int:
    with call.desk() as desk:
        mail = desk.reply.cancel(call.args.outgoing, while_undo=True)
    call.out.record(mail_record(mail), f"Taken back: mail {mail.id} to lead {mail.lead}.")
    return 0


def open_elsewhere(call: Call) -> int:
    with call.desk() as desk:
        handover = desk.reply.open_elsewhere(call.args.outgoing)
        (mail,) = [each for each in desk.reply.outbox() if each.id == call.args.outgoing]
    if not handover.is_whole:
        call.out.note("The text is too long for a link: it waits as a draft, to be pasted.")
    call.out.record({**mail_record(mail), "url": handover.url}, handover.url)
    return 0


def resolve(call: Call) -> int:
    with call.desk() as desk:
        mail = desk.reply.resolve(call.args.outgoing, Resolution(call.args.how))
    call.out.record(mail_record(mail), f"Mail {mail.id} to lead {mail.lead} is now: {mail.state}.")
    return 0


def allow(call: Call) -> int:
    with call.desk() as desk:
        desk.backup.confirm()
    call.out.record({"did": "Sending allowed"}, "Mails may go out again.")
    return 0


def mail_record(mail: Outgoing) -> Record:
    """One outgoing mail as the contract names its facts."""
    return {
        "outgoing": mail.id,
        "lead": mail.lead,
        "kind": mail.kind,
        "message_id": mail.message_id,
        "state": mail.state,
        "attempts": mail.attempts,
        "answer": mail.answer,
        "why": mail.why or None,
        "next_try": mail.next_try,
    }


def _columns(call: Call) -> tuple[Column, ...]:
    now, zone = call.clock.now(), call.clock.zone()
    return (
        Column("mail", lambda mail: str(mail["outgoing"])),
        Column("lead", lambda mail: str(mail["lead"])),
        Column("state", lambda mail: mail["state"]),
        Column("tries", lambda mail: str(mail["attempts"])),
        Column("next try", lambda mail: moment_words(mail["next_try"], now, zone)),
        Column("why", lambda mail: mail["why"] or mail["answer"] or "", widest=100),
    )


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"outbox": outbox_words}
