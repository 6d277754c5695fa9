"""A sink whose provider keeps a copy of every accepted mail in Sent: for the harness, as its own process."""

from __future__ import annotations

import argparse
import imaplib
import threading
from pathlib import Path

from tests.real.sink import Sink


class Keeper:
    """Puts copies into the Sent folder of `ana`."""

    def __init__(self, port: int, password: str) -> None:
        self._port = port
        self._password = password

    def keep(self, raw: bytes) -> None:
        with imaplib.IMAP4("127.0.0.1", self._port) as imap:
            imap.login("ana", self._password)
            status, answer = imap.append("Sent", "", "", raw)
            assert status == "OK", answer


def main() -> None:
    """Serve until the process is ended; prints its port first."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.keeping_sink")
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--personality", default="normal")
    parser.add_argument("--imap-port", type=int, required=True)
    parser.add_argument("--password", required=True)
    asked = parser.parse_args()
    keeper = Keeper(asked.imap_port, asked.password)
    with Sink(asked.personality, truth=asked.truth, copies_to=keeper.keep) as sink:
        print(sink.port, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
