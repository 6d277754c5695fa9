"""How often the servers refused each account's sign-in: after the second time nobody tries a third."""

from __future__ import annotations

import threading

from leaddesk.words.sign_in import Bearer, Secret

Box = tuple[int, str]
_MOST = 2
"""In a row. A third could lock the account (FAULTS C13)."""


class SignIns:
    """Shared by all watchers, so that an account's two folders do not try twice each. Thread-safe.

    A box is what was signed in to: an account and the name of the mailbox.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused: dict[Box, set[object]] = {}

    def refused(self, box: Box, secret: Secret) -> None:
        """One token that two watchers tried counts once: it may only have come to its end."""
        with self._lock:
            self._refused.setdefault(box, set()).add(secret if isinstance(secret, Bearer) else object())

    def accepted(self, box: Box) -> None:
        with self._lock:
            self._refused.pop(box, None)

    def acted(self, box: Box) -> None:
        """The person did something about it: it may be tried again."""
        self.accepted(box)

    def is_over(self, box: Box) -> bool:
        """True when nobody may try before the person acts."""
        with self._lock:
            return len(self._refused.get(box, ())) >= _MOST
