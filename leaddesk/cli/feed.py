"""`leaddesk feed`: Maildirs and folders that enquiries are taken from."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping

from leaddesk.cli.arguments import branch, branches, describe, number
from leaddesk.cli.call import Call
from leaddesk.cli.show import Column, Record
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
    adding = branch(room, "add", add, "Takes enquiries from a Maildir or a folder of mail files.", _EXAMPLE)
    adding.add_argument("kind", choices=_KINDS)
    adding.add_argument("path", metavar="PATH")
    branch(room, "list", show_feeds, "The feeds.", "leaddesk feed list")
    remove = branch(
        room, "remove", remove_feed, "Stops looking there. Leads and mails stay.", "leaddesk feed remove 1"
    )
    remove.add_argument("feed", metavar="ID", type=number)


def add(call: Call) -> int:
    if call.args.kind == "form":
        raise Usage("Registered forms come with a later version.", "A form's notices by mail work already.")
    with call.desk() as desk:
        feed = desk.accounts.add_feed(call.args.kind, call.args.path)
    call.out.record(feed_record(feed), f"Feed {feed.id}: {feed.path}")
    return 0


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
    call.out.record(feed_record(feed), f"{feed.path} is not looked at any more.")
    return 0


def feed_record(feed: Feed) -> Record:
    return {"feed": feed.id, "kind": feed.kind, "path": feed.path, "form": None}


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"feed": feed_words}
