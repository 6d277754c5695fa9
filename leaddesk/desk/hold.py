"""This process's hold on a profile: only what runs services has it."""

from __future__ import annotations

from pathlib import Path

from leaddesk.doors.instance import Kind, ProfileLock


class Hold:
    """Taken once, by window or watch, and let go at the end."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._lock: ProfileLock | None = None

    @property
    def is_taken(self) -> bool:
        return self._lock is not None

    def take(self, kind: Kind) -> None:
        """Does nothing when this process has it already. Raises InUse when another one has."""
        if self._lock is None:
            lock = ProfileLock(self._profile, kind)
            lock.acquire()
            self._lock = lock

    def let_go(self) -> None:
        """Does nothing when it was not taken."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
