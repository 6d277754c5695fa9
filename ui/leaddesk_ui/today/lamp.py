"""The lamp under the figures: whether the mailboxes are watched, and when a server last proved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from leaddesk.words.states import ConnectionState
from leaddesk_ui.fonts import MEDIUM
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided, ink_of
from leaddesk_ui.times import hour, span
from leaddesk_ui.tokens import Ink

if TYPE_CHECKING:
    from leaddesk.words.account import Connection
    from leaddesk_ui.needs import Clock

_AMBER, _RED = timedelta(minutes=6), timedelta(minutes=12)
_FRESH = timedelta(seconds=30)
_ORDER = (
    ConnectionState.ONLINE,
    ConnectionState.CONNECTING,
    ConnectionState.OFFLINE,
    ConnectionState.REFUSED,
)


class Lamp(QFrame):
    """Green with a proof of life, amber after six minutes without, red after twelve or when refused."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("lamp")
        self._clock = clock
        self._connections: tuple[Connection, ...] = ()
        self._names: dict[int, str] = {}
        self._words = elided("", 12, MEDIUM, "dim", tabular=True)
        line = row(margins=(14, 0, 14, 4))
        line.addWidget(self._words, 1)
        self.setLayout(line)
        self.sentence = ""

    def show_connections(self, connections: Sequence[Connection], names: Mapping[int, str]) -> None:
        """Show how the connections stand now; `names` are the accounts' addresses by their id."""
        self._connections, self._names = tuple(connections), dict(names)
        words, ink = self._lamp()
        if words != self._words.text():
            self._words.say(words)
            ink_of(self._words, ink)
        self.sentence = f"{words.removeprefix('● ')}." if words else ""

    def _lamp(self) -> tuple[str, Ink]:
        now = self._clock.now()
        if not self._connections:
            return "No mailbox is watched yet", "dim"
        worst = max(self._connections, key=lambda one: _badness(one, now))
        where, since = self._name(worst), hour(worst.since, self._clock.zone())
        match worst.state:
            case ConnectionState.REFUSED:
                return f"● {where}: refused since {since}", "danger"
            case ConnectionState.OFFLINE:
                return f"● {where}: no connection since {since}", "danger"
            case ConnectionState.CONNECTING:
                return f"● {where}: connecting", "dim"
        silent = _silence(worst, now)
        ink: Ink = "danger" if silent > _RED else "warm" if silent > _AMBER else "good"
        places = {self._name(one) for one in self._connections}
        all_of_them = where if len(places) == 1 else f"{len(places)} mailboxes"
        return f"● {all_of_them} watched, checked {_ago(silent)}", ink

    def _name(self, one: Connection) -> str:
        """The mailbox's own name: 'info@', or the folder of a feed."""
        if one.account is None:
            return PurePath(one.folder).name or one.folder
        name, at, _ = self._names.get(one.account, one.folder).partition("@")
        return f"{name}{at}"


def _ago(silent: timedelta) -> str:
    if silent < _FRESH:
        return "just now"
    return f"{span(timedelta(minutes=max(1, silent // timedelta(minutes=1))))} ago"


def _silence(one: Connection, now: datetime) -> timedelta:
    return max(timedelta(), now - (one.proof_at or one.since))


def _badness(one: Connection, now: datetime) -> tuple[int, timedelta]:
    return _ORDER.index(one.state), _silence(one, now)
