"""Steps that crash: a process ends at the n-th thing that it does, as if somebody had pulled the plug on it.

A step is a name that the program tells, and each commit of its database, just before it and just after it.
`survey` counts them in a life that nobody ends; `die` ends one at its n-th. The children are forked from a
parent that has imported everything and opened nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from leaddesk.doors.store import Store
from leaddesk.words.news import News
from tests.harness.imported import import_all

DEAD = 137
"""As a killed process ends."""


class Steps:
    """Hears each step of a life, writes it down, and ends the process at the wanted one."""

    def __init__(
        self, log: Path, die_at: int | None = None, seen: Callable[[int, str], None] | None = None
    ) -> None:
        """`seen` is told each step with its number, and may look at what stands on the disk."""
        self._log = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        self._die_at, self._seen, self._count = die_at, seen, 0

    def __call__(self, name: str) -> None:
        self._count += 1
        os.write(self._log, f"{name}\n".encode())
        if self._count == self._die_at:
            os._exit(DEAD)
        if self._seen is not None:
            self._seen(self._count, name)

    def around_commits(self, store: Store) -> None:
        """Each commit that changes something becomes two steps."""
        database = store.database
        before, after = database.before_commit, database.on_commit
        changes: list[int] = []
        """What the commit under way has changed; a life has one thread."""

        def is_near(news: list[News]) -> None:
            before(news)
            changes.append(database.peewee.connection().total_changes())
            if changes[-1]:
                self("before-commit")

        def is_over(news: list[News]) -> None:
            if changes.pop():
                self("after-commit")
            after(news)

        database.before_commit, database.on_commit = is_near, is_over


Work = Callable[[Steps], None]


def survey(work: Work, log: Path, seen: Callable[[int, str], None] | None = None) -> list[str]:
    """Lets a life run to its end; returns the steps that it took. Raises AssertionError when it failed."""
    assert _child(work, log, None, seen) == 0, "a life that was to end well did not"
    return log.read_text().split()


def die(work: Work, log: Path, step: int) -> list[str]:
    """Ends a life at its `step`-th step, counted from 1; returns those that it took.

    One that takes fewer ends by itself.
    """
    code = _child(work, log, step)
    assert code in (0, DEAD), "a life failed before its crash"
    return log.read_text().split()


def _child(work: Work, log: Path, step: int | None, seen: Callable[[int, str], None] | None = None) -> int:
    import_all()
    child = os.fork()
    if child == 0:
        try:
            work(Steps(log, step, seen))
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def copied(profile: Path, to: Path) -> Path:
    """The profile as it lies there now, at another place."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(profile, to)
    return to


def quick_folder(prefix: str) -> Path:
    """A folder in memory where there is one: no power is lost here, and a disk would take most time."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if os.access(memory, os.W_OK) else None))
