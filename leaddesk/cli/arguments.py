"""How arguments are declared: options that work everywhere, one sentence for a slip, help with an example."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from leaddesk.words.errors import Usage

if TYPE_CHECKING:
    from leaddesk.cli.call import Call

_UNKNOWN = "argument COMMAND: invalid choice: "
"""How argparse begins its long list of all commands."""
Act = Callable[["Call"], int]


class Words(argparse.ArgumentParser):
    """Raises Usage with one sentence instead of ending the process; knows no abbreviations."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **more)

    def error(self, message: str) -> NoReturn:
        if message.startswith(_UNKNOWN):
            word = message.removeprefix(_UNKNOWN).partition(" (choose")[0]
            raise Usage(f"There is no command {word}.", "leaddesk --help lists them.")
        dash = " Write a value that begins with '-' as --option=-value." if "expected one" in message else ""
        sentence = message[:1].upper() + message[1:].rstrip(".") + "."
        raise Usage(sentence, f"{self.prog} --help shows how.{dash}")


def everywhere() -> Words:
    """The options that work before and after every command."""
    words = Words(add_help=False)
    group = words.add_argument_group("everywhere")
    absent: Any = argparse.SUPPRESS
    group.add_argument(
        "--profile",
        metavar="DIR",
        default=absent,
        help="the data folder (else LEADDESK_PROFILE, else your own)",
    )
    group.add_argument(
        "--database", metavar="URL", default=absent, help="a PostgreSQL database; the URL carries no password"
    )
    group.add_argument(
        "--json", action="store_true", default=absent, help="answer in JSON, one object a line"
    )
    return words


def describe(words: argparse.ArgumentParser, about: str, example: str) -> None:
    """What the help of a command says above and below its options."""
    words.description = about
    words.epilog = f"Example:\n  {example}"


def branches(words: argparse.ArgumentParser, *, required: bool = True) -> Any:
    """Room for commands of a command."""
    return words.add_subparsers(dest="branch", metavar="WHAT", required=required, parser_class=Words)


def branch(room: Any, name: str, act: Act, about: str, example: str) -> argparse.ArgumentParser:
    """One command of a command."""
    words: argparse.ArgumentParser = room.add_parser(name, help=about, parents=[everywhere()])
    describe(words, about, example)
    words.set_defaults(act=act)
    return words


def number(text: str) -> int:
    """An id or a count: a whole number from 1 on."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) < 2**62):
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 1 on")
    return int(text)


def lead_argument(words: argparse.ArgumentParser) -> None:
    words.add_argument("lead", metavar="LEAD", type=number, help="the lead's number, as the queue shows it")


def as_of_option(words: argparse.ArgumentParser) -> None:
    words.add_argument("--as-of", metavar="TIME", help="answer as if it were then")
