"""`leaddesk holding`: what the automatic reply would have done last week, and a text for elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from leaddesk.cli.arguments import branch, branches, describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import moment_words
from leaddesk.cli.show import Column, Record
from leaddesk.words.holding import HoldingStand, WouldBe

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_LONGEST = 90


def holding_words(words: ArgumentParser) -> None:
    describe(
        words,
        "What the holding message would have sent to the enquiries of the last days, and why not to others.",
        "leaddesk holding --days 7",
    )
    words.add_argument("--days", metavar="N", type=number, default=7)
    words.set_defaults(act=show_preview)
    room = branches(words, required=False)
    branch(
        room,
        "text",
        show_text,
        "A text for the autoresponder of your mail provider.",
        "leaddesk holding text",
    )
    taken = branch(
        room,
        "take-over",
        take_over,
        "This desk acknowledges for a mailbox from which another LeadDesk wrote.",
        "leaddesk holding take-over 1",
    )
    taken.add_argument("account", metavar="ACCOUNT", type=number)


def show_preview(call: Call) -> int:
    with call.desk() as desk:
        rows, stand = desk.holding.preview(call.args.days), desk.holding.stand()
    call.out.table([_record(each) for each in rows], _columns(call), "No enquiry came by mail in these days.")
    for sentence in _standing(stand):
        call.out.note(sentence)
    return 0


def show_text(call: Call) -> int:
    with call.desk() as desk:
        text = desk.holding.stand().elsewhere
    call.out.record({"text": text}, text.rstrip("\n"))
    return 0


def take_over(call: Call) -> int:
    with call.desk() as desk:
        desk.holding.take_over(call.args.account)
    record = {"did": "Taken over", "account": call.args.account}
    call.out.record(record, "This desk acknowledges for the mailbox from now on.")
    return 0


def show_before(call: Call, desk: Desk) -> None:
    """What would have gone out, beside the answer: before the switch is turned."""
    rows = desk.holding.preview()
    would = sum(each.held.may_go for each in rows)
    call.out.note(
        f"Of {len(rows)} enquiries of the last seven days {would} would have had an automatic reply:"
    )
    for each in rows:
        call.out.note(f"  {each.name}: {_outcome(_record(each))}")


def _record(each: WouldBe) -> Record:
    message = each.message
    return {
        "enquiry": each.enquiry,
        "lead": each.lead,
        "name": each.name,
        "received_at": each.received_at,
        "send": each.held.may_go,
        "to": each.held.to,
        "rule": each.held.rule,
        "why": each.held.why,
        "promised_at": each.held.promised_at,
        "subject": message.subject if message else None,
        "text": message.text if message else None,
    }


def _columns(call: Call) -> Sequence[Column]:
    now, zone = call.clock.now(), call.clock.zone()
    return (
        Column("lead", lambda row: str(row["lead"])),
        Column("name", lambda row: row["name"], widest=30),
        Column("came", lambda row: moment_words(row["received_at"], now, zone)),
        Column("automatic reply", _outcome, widest=_LONGEST),
    )


def _outcome(row: Record) -> str:
    return f"to {row['to']}: {row['subject']}" if row["send"] else str(row["why"])


def _standing(stand: HoldingStand) -> Sequence[str]:
    told = [f"{stand.cannot} {stand.mend}".strip()] if stand.cannot else ["The holding message is on."]
    if stand.promises:
        told.append(f"Of {stand.promises} promises of the last 30 days {stand.kept} were kept.")
    return told


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"holding": holding_words}
