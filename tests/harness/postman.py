"""Hands mail over by LMTP, one after the other, for as long as the block lasts: in a process of its own."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.letters import letter
from tests.real.dovecot import Dovecot

_PAUSE_S = 0.08


@contextmanager
def postman(dovecot: Dovecot, user: str, seed: int) -> Iterator[None]:
    """Each mail has a person and a subject of its own. The parent must have no other thread."""
    child = os.fork()
    if child == 0:
        _deliver_for_ever(dovecot, user, random.Random(seed))
    try:
        yield
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _deliver_for_ever(dovecot: Dovecot, user: str, dice: random.Random) -> None:
    """Never returns into the parent's code; a mail that is being handed over still is."""
    asked_to_stop = []
    signal.signal(signal.SIGTERM, lambda number, frame: asked_to_stop.append(number))
    try:
        for number in itertools.count(1):
            if asked_to_stop:
                os._exit(0)
            raw = letter(
                sender=f"n{number}@example.org", subject=f"Enquiry {number}", id=f"<{number}@example.org>"
            )
            dovecot.deliver(raw, to=user)
            time.sleep(dice.uniform(0, 2 * _PAUSE_S))
    except BaseException:
        os._exit(1)
