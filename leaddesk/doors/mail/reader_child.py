"""The reader child: reads mails that it is handed on standard input, in bounds, until that closes.

Started by doors.mail.reader. It says hello with an empty frame; then for each mail it takes two frames
(what we know as JSON, the bytes) and gives one back (the Reading as JSON).
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import BinaryIO

from leaddesk.doors.mail.frames import PipeClosed, receive, send
from leaddesk.rules.capture.codec import known_from_json, to_json
from leaddesk.rules.capture.parts import MAIL_LIMIT
from leaddesk.rules.capture.read import read

MEMORY_LIMIT = 512 * 1024 * 1024
KNOWN_LIMIT = 8 * 1024 * 1024


def main() -> int:
    """Serve until standard input closes; 1 when a mail asked for too much memory."""
    limit_memory(MEMORY_LIMIT)
    source, sink = sys.stdin.buffer, _own_output()
    send(sink, b"")
    try:
        while True:
            _serve(source, sink)
    except (PipeClosed, OSError):
        return 0
    except MemoryError:
        return 1


def _serve(source: BinaryIO, sink: BinaryIO) -> None:
    known = receive(source, KNOWN_LIMIT).decode("utf-8")
    raw = receive(source, MAIL_LIMIT)
    reading = read(raw, known_from_json(known))
    send(sink, to_json(reading).encode("utf-8", "replace"))


def _own_output() -> BinaryIO:
    """Standard output for frames alone: whatever else writes there from now on goes nowhere."""
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return sink


def limit_memory(limit: int) -> None:
    """Bound the address space and leave no core file, where the platform can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - POSIX only

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
