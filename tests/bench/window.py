"""The window as a process of its own, with a log of what it painted: for the benches.

`python -m tests.bench.window PROFILE LOG [heart]`. Each line of LOG is a JSON object with a monotonic time:
the first paint of a lead's row, every news, and with `heart` each time that the GUI thread was busy for long.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer

from leaddesk_ui import app as face
from leaddesk_ui.theme import application
from leaddesk_ui.today.delegate import RowDelegate
from leaddesk_ui.today.model import Role
from tests.bench import PASSWORD

_BEAT_MS = 10


class Log:
    """Lines that the bench reads while the window runs."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def write(self, **facts: Any) -> None:
        os.write(self._file, (json.dumps(facts | {"at": time.monotonic()}) + "\n").encode())


def watch_paint(log: Log) -> None:
    """Every row's first paint event, by the name it shows."""
    seen: set[str] = set()
    paint = RowDelegate.paint

    def painted(self: RowDelegate, painter: Any, option: Any, index: Any) -> None:
        paint(self, painter, option, index)
        name = index.data(Role.ROW).name
        if name not in seen:
            seen.add(name)
            log.write(painted=name)

    RowDelegate.paint = painted  # type: ignore[method-assign]  # the bench listens from outside


class Heart:
    """Beats on the GUI thread; what lies between two beats is how long it was busy. Long ones are logged."""

    def __init__(self, log: Log) -> None:
        self._log, self._last = log, time.monotonic()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def _beat(self) -> None:
        now = time.monotonic()
        gap_ms, self._last = (now - self._last) * 1000 - _BEAT_MS, now
        if gap_ms > _BEAT_MS:
            self._log.write(gap_ms=gap_ms)


def main() -> int:
    profile, log = Path(sys.argv[1]), Log(Path(sys.argv[2]))
    for driver in ("psycopg", "psycopg2"):  # as leaddesk.__main__ does
        sys.modules.setdefault(driver, None)  # type: ignore[arg-type]  # None is Python's word for "absent"
    watch_paint(log)
    keep: list[object] = [application()]
    if "heart" in sys.argv:
        keep.append(Heart(log))

    def opened(desk: Any) -> None:
        password = os.environ.get(PASSWORD)
        for account in desk.accounts.list() if password else ():
            desk.accounts.give_password(account.id, password, keep=False)
        desk.bus.subscribe(lambda news: log.write(news=type(news).__name__))
        log.write(opened=True)

    code = face.run(["leaddesk"], profile, opened=opened)
    keep.clear()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
