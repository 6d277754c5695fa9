"""How often the servers refused each account's sign-in: after the second time nobody tries a third."""

from __future__ import annotations

import threading
from collections import Counter

_MOST = 2
"""In a row. A third could lock the account (FAULTS C13)."""


class SignIns:
    """Shared by all watchers, so that an account's two folders do not try twice each. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused: Counter[int] = Counter()

    def refused(self, account: int) -> None:
        with self._lock:
            self._refused[account] += 1

    def accepted(self, account: int) -> None:
        with self._lock:
            self._refused.pop(account, None)

    def acted(self, account: int) -> None:
        """The person did something about it: it may be tried again."""
        self.accepted(account)

    def is_over(self, account: int) -> bool:
        """True when nobody may try before the person acts."""
        with self._lock:
            return self._refused[account] >= _MOST
