"""`leaddesk config`: settings shown and changed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from leaddesk.cli.arguments import describe
from leaddesk.cli.call import Call
from leaddesk.cli.holding import show_before
from leaddesk.cli.show import Column, Record
from leaddesk.words.errors import Usage
from leaddesk.words.settings import BY_KEY, HOLDING_ON, SETTINGS, Setting

if TYPE_CHECKING:
    from leaddesk.desk import Desk

_COLUMNS = (
    Column("key", lambda row: row["key"]),
    Column("value", lambda row: _written(row, "value"), widest=44),
    Column("default", lambda row: _written(row, "default"), widest=44),
    Column("help", lambda row: row["help"], widest=100),
)


def config_words(words: ArgumentParser) -> None:
    describe(
        words,
        "Shows all settings, shows one, or changes one.",
        "leaddesk config alert.repeats '2, 5, 15, 30'",
    )
    words.add_argument("key", metavar="KEY", nargs="?")
    words.add_argument("value", metavar="VALUE", nargs="?")
    words.set_defaults(act=configure)


def configure(call: Call) -> int:
    key, value = call.args.key, call.args.value
    wanted = SETTINGS if key is None else (_setting(key),)
    with call.desk() as desk:
        if value is not None:
            if wanted[0] is HOLDING_ON and HOLDING_ON.parse(value) and not desk.config.get(HOLDING_ON):
                show_before(call, desk)
            desk.config.set(wanted[0], value)
        records = [setting_record(desk, each) for each in wanted]
    call.out.table(records, _COLUMNS, "")
    return 0


def setting_record(desk: Desk, setting: Setting[Any]) -> Record:
    """Values in their own type: numbers as numbers, switches as true and false; richer ones as typed."""
    return {
        "key": setting.key,
        "value": _plain(setting, desk.config.get(setting)),
        "default": _plain(setting, setting.default),
        "scope": setting.scope,
        "help": setting.help,
    }


def _setting(key: str) -> Setting[Any]:
    setting = BY_KEY.get(key)
    if setting is None:
        raise Usage(f"There is no setting '{key}'.", "leaddesk config lists them.")
    return setting


def _plain(setting: Setting[Any], value: Any) -> object:
    """Numbers, switches, texts and rows of numbers as they are; anything richer in its text."""
    is_plain = isinstance(value, int | str) or all(isinstance(each, int) for each in value)
    return value if is_plain else setting.write(value)


def _written(row: Record, which: str) -> str:
    """As it is typed."""
    value = row[which]
    return value if isinstance(value, str) else BY_KEY[row["key"]].write(value)


COMMANDS: Mapping[str, Callable[[ArgumentParser], None]] = {"config": config_words}
