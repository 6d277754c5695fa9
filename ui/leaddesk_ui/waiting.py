"""How many wait and how long the oldest: in the window's title and in the tray, while time goes by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from .tasks import Latest, Tasks
from .tray import Tray, title_words

if TYPE_CHECKING:
    from .needs import Alerts, Clock

_TICK_MS = 30_000


class Waiting(QObject):
    """Reads `alerts.waiting` after news and lets the oldest wait grow between."""

    def __init__(
        self,
        alerts: Alerts,
        clock: Clock,
        tasks: Tasks,
        entitle: Callable[[str], None],
        failed: Callable[[Exception], None],
        mark: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clock, self._entitle, self._mark = clock, entitle, mark
        self._count = 0
        self._since: datetime | None = None
        self.tray: Tray | None = None
        self._latest = Latest(tasks, alerts.waiting, self._on_read, failed)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.show)
        self._tick.start()

    def read(self) -> None:
        """Read again who waits."""
        self._latest.read()

    def show(self) -> None:
        """Tell title and tray."""
        oldest = None if self._since is None else max(timedelta(), self._clock.now() - self._since)
        self._entitle(title_words(self._count, oldest, self._mark))
        if self.tray is not None:
            self.tray.show_waiting(self._count, oldest)

    def _on_read(self, waiting: tuple[int, timedelta | None]) -> None:
        self._count, oldest = waiting
        self._since = None if oldest is None else self._clock.now() - oldest
        self.show()
