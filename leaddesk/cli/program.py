"""From the words of a command line to an exit code: finds the command, runs it, puts failures into words."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk import __version__
from leaddesk.cli.arguments import Words, everywhere
from leaddesk.cli.call import Call, Faces, Wish
from leaddesk.cli.late_log import LateLog
from leaddesk.cli.show import Output
from leaddesk.doors.clock import Clock
from leaddesk.doors.paths import data_dir
from leaddesk.words.errors import LeadDeskError

if TYPE_CHECKING:
    from leaddesk.desk import Doors

log = logging.getLogger(__name__)
_PROFILE = "LEADDESK_PROFILE"
_INTERRUPTED = 130
_ABOUT = "No enquiry goes cold. Without a command, LeadDesk opens its window."
_EXIT_CODES = """Exit codes:
  0 done    1 the answer is no, or an input failed    2 wrong usage
  3 a person is needed    4 the data cannot be used; nothing was changed

Example:
  leaddesk queue --limit 5"""


@dataclass(frozen=True, slots=True)
class Command:
    """A command's word, the module that knows it, and a line for the help."""

    name: str
    module: str
    summary: str


_USAGE = "leaddesk [--profile DIR] [--database URL] [--json] [COMMAND ...]"
COMMANDS = (
    Command("queue", "queue", "who is next, and why"),
    Command("lead", "lead", "one lead, and all that was said"),
    Command("reply", "reply", "answer a lead by mail"),
    Command("log", "log", "write down a call, a visit or a message"),
    Command("add", "add", "enter an enquiry by hand"),
    Command("snooze", "decide", "put a lead off until a time"),
    Command("close", "decide", "end a lead: won, lost, no-response or not-a-lead"),
    Command("reopen", "decide", "open a closed lead again"),
    Command("merge", "same", "two leads are one person: join them"),
    Command("unmerge", "same", "make two leads again of two that were joined"),
    Command("take", "team", "take a lead: it is yours"),
    Command("assign", "team", "give a lead to somebody of the firm"),
    Command("out", "team", "you are out: your leads are the next person's"),
    Command("opt-out", "contact", "they asked not to be contacted, in one way or at all"),
    Command("undo", "decide", "take back the last thing you did"),
    Command("teach", "teach", "say by one mail what mails like it are; shows the effect first"),
    Command("outbox", "outbox", "mails on their way, and what became of them"),
    Command("review", "review", "how quickly enquiries were answered"),
    Command("audit", "audit", "how quickly your mailbox's own past was answered; stores nothing"),
    Command("cadence", "cadence", "plans of follow-ups: see them, start and stop one for a lead"),
    Command("due", "due", "steps of plans whose time has come"),
    Command("holding", "holding", "the automatic reply to new enquiries: what would have gone out"),
    Command("watch", "watch", "run without a window: watch, alert and send"),
    Command("account", "account", "mail accounts: add, list, test, remove"),
    Command("feed", "feed", "Maildirs and folders to take enquiries from"),
    Command("capture", "capture", "take mails in as if they had landed"),
    Command("parse", "capture", "show what would be read from mails; stores nothing"),
    Command("import", "imports", "people from tables and cards, and back again"),
    Command("config", "config", "settings: show and change"),
    Command("doctor", "doctor", "look at everything that must work"),
    Command("backup", "backup", "a verified copy of the data"),
    Command("restore", "backup", "go back to a copy"),
    Command("sample", "sample", "a throw-away profile with sample leads"),
    Command("screenshots", "screenshots", "pictures of the window"),
)
"""What is there today, in the order in which a day needs it."""


def run(argv: Sequence[str], *, doors: Doors | None = None, faces: Faces | None = None) -> int:
    """Does what the command line says and returns the exit code; what argparse ends (--help) ends with 0."""
    clock = doors.clock if doors else Clock()
    out = Output(as_json="--json" in argv, zone=clock.zone())
    try:
        code = _answer(argv, out, clock, doors, faces or Faces())
        out.flush()
    except BrokenPipeError:
        out.hush()
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _answer(argv: Sequence[str], out: Output, clock: Clock, doors: Doors | None, faces: Faces) -> int:
    try:
        args = _parser(argv).parse_args(argv)
    except LeadDeskError as failure:
        out.failed(failure)
        return failure.exit_code
    except SystemExit:  # --help and --version have printed what they had to
        return 0
    database = getattr(args, "database", None)
    profile = _profile(args)
    with LateLog(profile) as log:
        return _act(Call(args, out, profile, database, clock, doors, faces, log), argv)


def _act(call: Call, argv: Sequence[str]) -> int:
    """Runs the command, or opens the window where there is none."""
    try:
        if call.args.command is None:
            return call.faces.window(Wish(tuple(argv), call.profile, call.database, call.args.demo))
        return int(call.args.act(call))
    except LeadDeskError as failure:
        call.out.failed(failure)
        return failure.exit_code
    except BrokenPipeError:
        raise
    except Exception:
        log.exception("the command %s failed", call.args.command)
        call.out.warn(f"Something went wrong inside LeadDesk; what is stored is safe.{call.log.where()}")
        return 1


def _profile(args: argparse.Namespace) -> Path:
    told = getattr(args, "profile", None) or os.environ.get(_PROFILE)
    return Path(told).expanduser().absolute() if told else data_dir()


def _parser(argv: Sequence[str]) -> Words:
    """Knows all commands by name, and those that may be meant in every detail."""
    words = Words(
        prog="leaddesk", description=_ABOUT, epilog=_EXIT_CODES, parents=[everywhere()], usage=_USAGE
    )
    words.add_argument("--version", action="version", version=f"LeadDesk {__version__}")
    words.add_argument("--demo", action="store_true", help="open the window of a demo, with sample leads")
    words.add_argument("--in-tray", action="store_true", help=argparse.SUPPRESS)
    room = words.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="leaddesk", parser_class=Words
    )
    for command in COMMANDS:
        if command.name in argv:
            described = room.add_parser(command.name, help=command.summary, parents=[everywhere()])
            importlib.import_module(f"leaddesk.cli.{command.module}").COMMANDS[command.name](described)
        else:
            room.add_parser(command.name, help=command.summary)
    return words
