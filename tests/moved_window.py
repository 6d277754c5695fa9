"""The window as `leaddesk` opens it, by a clock that a test moves: the program itself knows no such clock.

Started as `python -m tests.moved_window --profile DIR`, with the clock's file in LEADDESK_TEST_CLOCK.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from leaddesk.cli.late_log import LateLog
from leaddesk_ui import app
from leaddesk_ui.needs import Desk
from tests.moved_clock import MovedClock

CLOCK_FILE = "LEADDESK_TEST_CLOCK"


def main(words: list[str]) -> int:
    """Runs the window of the profile that `words` name; returns the exit code."""
    profile = Path(words[words.index("--profile") + 1])

    def opener() -> Desk:
        from leaddesk import desk as core
        from leaddesk.doors.instance import Kind

        clock = MovedClock(Path(os.environ[CLOCK_FILE]))
        desk = core.open(profile, doors=core.Doors(clock), check=False)
        desk.hold(Kind.WINDOW)
        return desk

    with LateLog(profile):
        return app.run(tuple(words), profile, opener=opener)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
