"""`leaddesk audit`: how quickly a mailbox's own past was answered; nothing is stored, nothing is sent."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.people import counted
from leaddesk.cli.review import review_page, review_record
from leaddesk.cli.typed import take_passwords
from leaddesk.words.audit import Progress, Step
from leaddesk.words.errors import Refused

_DOING = {
    Step.CONNECT: "Opening the mailbox",
    Step.INBOX: "Reading who wrote",
    Step.FORMS: "Reading forms and portals",
    Step.SENT: "Reading whom you answered",
}


def audit_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Reads the last days of your mailboxes and tells how quickly people were answered. Your mail is only "
        "read: nothing is stored, nothing is sent, nobody is alerted. Ctrl+C ends it.",
        "leaddesk audit --days 90",
    )
    words.add_argument("--days", type=number, default=90, metavar="N", help="so many days back from now (90)")
    words.add_argument(
        "--password-stdin",
        action="store_true",
        help="passwords that the keyring does not keep: a line an account, in order of id",
    )
    words.set_defaults(act=audit)


def audit(call: Call) -> int:
    with call.desk() as desk:
        take_passwords(call, desk)
        review = desk.audit.review(call.args.days, _told(call))
    if review is None:
        raise Refused("The audit was cancelled.")
    call.out.record(review_record(review), "\n".join(review_page(review)))
    return 0


def _told(call: Call) -> Callable[[Progress], None]:
    """One line a step for people, when it begins and how many mails it is about."""
    told: set[tuple[Step, bool]] = set()

    def tell(progress: Progress) -> None:
        mark = (progress.step, bool(progress.of))
        if mark in told:
            return
        told.add(mark)
        many = f": {counted(progress.of, 'mail')}" if progress.of else " …"
        call.out.note(f"{_DOING[progress.step]}{many}")

    return tell


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"audit": audit_words}
