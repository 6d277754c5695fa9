"""The lamp under the figures: whether the mailboxes are watched, and when a server last proved it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from leaddesk.words.account import Connection, ConnectionState
from leaddesk_ui.fonts import MEDIUM
from leaddesk_ui.layout import row
from leaddesk_ui.text import elided, ink_of
from leaddesk_ui.times import hour, span
from leaddesk_ui.tokens import Ink

if TYPE_CHECKING:
    from leaddesk_ui.needs import Clock

_AMBER, _RED = timedelta(minutes=6), timedelta(minutes=12)
_FRESH = timedelta(seconds=30)


class Lamp(QFrame):
    """Green with a proof of life, amber after six minutes without, red after twelve or when refused."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.setObjectName("lamp")
        self._clock = clock
        self._connections: tuple[Connection, ...] = ()
        self._words = elided("", 12, MEDIUM, "dim", tabular=True)
        line = row(margins=(14, 0, 14, 4))
        line.addWidget(self._words, 1)
        self.setLayout(line)
        self.sentence = ""

    def show_connections(self, connections: Sequence[Connection]) -> None:
        """Show how the connections stand now."""
        self._connections = tuple(connections)
        self.tick()

    def tick(self) -> None:
        """Let the time since the last proof grow."""
        now = self._clock.now()
        words, ink = _lamp(self._connections, now, self._clock)
        if words != self._words.text():
            self._words.say(words)
            ink_of(self._words, ink)
        self.sentence = f"{words.removeprefix('● ')}." if words else ""


def _lamp(connections: Sequence[Connection], now: datetime, clock: Clock) -> tuple[str, Ink]:
    if not connections:
        return "No mailbox is watched yet", "dim"
    worst = max(connections, key=lambda one: _badness(one, now))
    where = f"{len(connections)} folders" if len(connections) > 1 else worst.folder.capitalize()
    since = hour(worst.since, clock.zone())
    match worst.state:
        case ConnectionState.REFUSED:
            return f"● {worst.folder}: refused since {since}", "danger"
        case ConnectionState.OFFLINE:
            return f"● {worst.folder}: no connection since {since}", "danger"
        case ConnectionState.CONNECTING:
            return f"● {worst.folder}: connecting", "dim"
    silent = _silence(worst, now)
    ink: Ink = "danger" if silent > _RED else "warm" if silent > _AMBER else "good"
    return f"● {where} watched, checked {_ago(silent)}", ink


def _ago(silent: timedelta) -> str:
    return "just now" if silent < _FRESH else f"{span(timedelta(minutes=max(1, silent.seconds // 60)))} ago"


def _silence(one: Connection, now: datetime) -> timedelta:
    return max(timedelta(), now - (one.proof_at or one.since))


def _badness(one: Connection, now: datetime) -> tuple[int, timedelta]:
    order = (
        ConnectionState.ONLINE,
        ConnectionState.CONNECTING,
        ConnectionState.OFFLINE,
        ConnectionState.REFUSED,
    )
    return order.index(one.state), _silence(one, now)
