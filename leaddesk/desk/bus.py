"""Brings news to whoever listens, on the thread that made it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.words.news import News

log = logging.getLogger(__name__)
Listener = Callable[["News"], None]


class Bus:
    """Tells every listener; a listener that fails is logged and the others are told all the same."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """From now on `listener` is told everything; call what is returned to end that."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(each for each in self._listeners if each is not listener)

        return unsubscribe

    def tell(self, news: Iterable[News]) -> None:
        """Doubled news of one batch is told once."""
        for item in dict.fromkeys(news):
            for listener in self._listeners:
                try:
                    listener(item)
                except Exception:
                    log.exception("a listener failed at %s", type(item).__name__)
