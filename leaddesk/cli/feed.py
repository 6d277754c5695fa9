"""`leaddesk feed`: Maildirs and folders that enquiries are taken from, and registered forms."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path

from leaddesk.cli.arguments import branch, branches, describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.files import STANDARD_INPUT, Given, given
from leaddesk.cli.show import Column, Record
from leaddesk.rules.capture.clean import one_line
from leaddesk.words.account import Feed
from leaddesk.words.errors import Refused, Usage

_KINDS = ("maildir", "folder", "form")
_EXAMPLE = "leaddesk feed add maildir ~/Maildir"
_COLUMNS = (
    Column("feed", lambda row: str(row["feed"])),
    Column("kind", lambda row: row["kind"]),
    Column("path", lambda row: row["path"] or row["form"] or "", widest=200),
)


def feed_words(words: ArgumentParser) -> None:
    describe(words, "Places that enquiries are taken from besides mail accounts.", _EXAMPLE)
    room = branches(words)
    adding = branch(
        room,
        "add",
        add,
        "Takes enquiries from a Maildir or a folder of mail files; or registers a form by one of its mails,"
        " so that the automatic acknowledgement may go to the address in them.",
        _EXAMPLE,
    )
    adding.add_argument("kind", choices=_KINDS)
    adding.add_argument("path", metavar="PATH", help="of a form: a mail that it sent, or a folder of such")
    branch(room, "list", show_feeds, "The feeds.", "leaddesk feed list")
    remove = branch(
        room, "remove", remove_feed, "Stops looking there. Leads and mails stay.", "leaddesk feed remove 1"
    )
    remove.add_argument("feed", metavar="ID", type=number)


def add(call: Call) -> int:
    if call.args.kind == "form":
        return _add_forms(call)
    with call.desk() as desk:
        feed = desk.accounts.add_feed(call.args.kind, call.args.path)
    call.out.record(feed_record(feed), f"Feed {feed.id}: {feed.path}")
    return 0


def _add_forms(call: Call) -> int:
    """Each mail's form once, on a line of its own; a mail that is none has a line too."""
    path = call.args.path
    if path != STANDARD_INPUT and not Path(path).exists():
        raise Usage(f"There is no file {path}.", "Give a mail that the form sent, saved as .eml.")
    feeds: dict[int, Feed] = {}
    failed = 0
    with call.desk() as desk:
        for one in given([path]):
            try:
                feed = desk.forms.register_mail(one.read())
            except Refused as failure:
                failed += 1
                _tell_failed(call, one, failure)
            else:
                feeds.setdefault(feed.id, feed)
    for feed in feeds.values():
        call.out.record(feed_record(feed), f"Feed {feed.id}: the form {feed.path}")
    if failed and call.out.as_json:
        call.out.warn(f"{failed} of the mails name no form." if failed > 1 else "A mail names no form.")
    return 1 if failed else 0


def _tell_failed(call: Call, one: Given, failure: Refused) -> None:
    nothing = {"feed": None, "kind": "form", "path": None, "form": None}
    call.out.record({**nothing, "file": one.name, "error": failure.sentence})
    call.out.note(f"{one_line(one.name)}: {failure.sentence} {failure.mend}".strip())


def show_feeds(call: Call) -> int:
    with call.desk() as desk:
        feeds = desk.accounts.feeds()
    call.out.table(map(feed_record, feeds), _COLUMNS, "There is no feed yet.")
    return 0


def remove_feed(call: Call) -> int:
    with call.desk() as desk:
        feed = next((each for each in desk.accounts.feeds() if each.id == call.args.feed), None)
        if feed is None:
            raise Refused(f"There is no feed {call.args.feed}.", "leaddesk feed list shows them.")
        desk.accounts.remove_feed(feed.id)
    gone = "is not registered any more" if feed.kind == "form" else "is not looked at any more"
    call.out.record(feed_record(feed), f"{feed.path} {gone}.")
    return 0


def feed_record(feed: Feed) -> Record:
    """A registered form has a name and no place."""
    is_form = feed.kind == "form"
    path, form = (None, feed.path) if is_form else (feed.path, None)
    return {"feed": feed.id, "kind": feed.kind, "path": path, "form": form}


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"feed": feed_words}
