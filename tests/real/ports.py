"""Ports of the loopback for servers that cannot choose their own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def _held() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        yield int(listener.getsockname()[1])


def free_ports(count: int) -> list[int]:
    """Different ports that nobody listens on just now."""
    with ExitStack() as all_held:
        return [all_held.enter_context(_held()) for _ in range(count)]
