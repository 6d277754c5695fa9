"""How the mailboxes are watched, read after news and from time to time while the window is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.words.account import Connection

from .tasks import Latest, Tasks

if TYPE_CHECKING:
    from .needs import Desk

_PAUSE_MS = 30_000
"""Proofs of life are no news."""
Watched = tuple[tuple[Connection, ...], dict[int, str]]
"""The connections, and the accounts' addresses by their id."""


class Watching(QTimer):
    """`read_again` has the connections with the addresses of their accounts."""

    read_again = Signal(object, object)

    def __init__(
        self, desk: Desk, tasks: Tasks, failed: Callable[[Exception], None], window: QWidget
    ) -> None:
        super().__init__(window, interval=_PAUSE_MS)
        self._window = window
        self._latest = Latest(tasks, lambda: _read(desk), self._on_read, failed)
        self.timeout.connect(self._on_timeout)
        self.start()

    def read(self) -> None:
        """Read now."""
        self._latest.read()

    def _on_timeout(self) -> None:
        if self._window.isVisible():
            self.read()

    def _on_read(self, watched: Watched) -> None:
        self.read_again.emit(*watched)


def _read(desk: Desk) -> Watched:
    return desk.health.connections(), {one.id: one.email for one in desk.accounts.list()}
