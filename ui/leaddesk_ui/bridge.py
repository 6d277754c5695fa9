"""News from any thread becomes one Qt signal, merged. The other of the two crossings."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

if TYPE_CHECKING:
    from leaddesk.words.news import News

_PAUSE_MS = 250
"""At most one batch in this time; the first news after a pause is passed on at once."""


class Bridge(QObject):
    """Listens to the bus on its threads and says `news` with a tuple on the Qt thread."""

    news = Signal(tuple)
    _poke = Signal()

    def __init__(
        self, subscribe: Callable[[Callable[[News], None]], Callable[[], None]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: list[News] = []
        self._last = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._poke.connect(self._on_poke)
        self._unsubscribe = subscribe(self._take)

    def close(self) -> None:
        """Hear no more news."""
        self._unsubscribe()
        self._timer.stop()

    def _take(self, item: News) -> None:
        with self._lock:
            first = not self._waiting
            self._waiting.append(item)
        if first:
            self._poke.emit()

    def _on_poke(self) -> None:
        since = self._last.elapsed() if self._last.isValid() else _PAUSE_MS
        if since >= _PAUSE_MS:
            self._deliver()
        else:
            self._timer.start(_PAUSE_MS - int(since))

    def _deliver(self) -> None:
        with self._lock:
            batch, self._waiting = tuple(self._waiting), []
        self._last.start()
        if batch:
            self.news.emit(batch)
