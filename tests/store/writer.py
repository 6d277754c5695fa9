"""Writes leads in a process that a test may kill: `python -m tests.store.writer PROFILE`.

Each line on standard input starts a child that writes until it is killed. It prints `pid N`, then
`kept LEAD ENTRIES` after each commit, and its parent `gone` when it is dead.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from leaddesk.doors.store import open_store
from leaddesk.words.lead import Source
from tests.made import START, enquiry, person, wrote


def main(profile: Path) -> None:
    for _ in sys.stdin:
        child = os.fork()  # from a process that has opened nothing yet
        if child == 0:
            _write(profile)
        os.waitpid(child, 0)
        print("gone", flush=True)


def _write(profile: Path) -> None:
    print("pid", os.getpid(), flush=True)
    store = open_store(profile, "window", lambda: START)
    for number in count():
        lead, _ = store.leads.open(
            person(f"Ngozi {number}"), Source(), enquiry(message="What is a dormer? " * 40), []
        )
        print("kept", lead, 1, flush=True)
        for entries in (2, 3):
            store.leads.record(wrote(0, entries, lead=lead, text="And a loft? " * 400))
            print("kept", lead, entries, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
