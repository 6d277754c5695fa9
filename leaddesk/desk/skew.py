"""The computer's clock against the servers': told where it is wrong, and set right in what goes out.

A server that tells its time in its greeting is heard each time that something is sent. What it said holds
until the clock is seen to move (sleep, or somebody set it) and for an hour at most: then it is not known.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from leaddesk.desk.troubles import Troubles
from leaddesk.doors.store import Store
from leaddesk.rules.clock_skew import is_off, offset_between, offset_words

SKEW_KEY = "clock.skew"
"""Every process that approves a mail reads what the one that sends has heard."""
_HOLDS_FOR = timedelta(hours=1)
_TROUBLE = "clock"


class Skew:
    """Used by the sender, on its thread; `forget` may come from any."""

    def __init__(self, store: Store, troubles: Troubles) -> None:
        self._store = store
        self._troubles = troubles

    def saw(self, host: str, told: datetime, before: datetime, after: datetime) -> None:
        """`host` told its time between two moments of ours."""
        offset = offset_between(told, before, after)
        if not is_off(offset):
            self.forget()
            return
        known = json.dumps({"seconds": offset.total_seconds(), "at": after.isoformat()})
        self._store.settings.keep(SKEW_KEY, known)
        self._troubles.begin(
            _TROUBLE,
            f"This computer's clock is {offset_words(offset)}, says {host}.",
            "Enquiries keep the server's time, and your mails are dated by it. Set the clock, or let the "
            "computer set it by itself: alerts and follow-ups go by it.",
            urgent=False,
        )

    def forget(self) -> None:
        """The clock is right, or was moved: what was heard before says nothing any more."""
        self._troubles.end(_TROUBLE)
        if self._store.settings.get(SKEW_KEY) is not None:
            self._store.settings.put(SKEW_KEY, None)


def server_time(store: Store, at: datetime, now: datetime) -> datetime:
    """`at` as the server's clock would tell it; unchanged where ours is right, or nobody knows."""
    offset = known_offset(store, now)
    return at if offset is None else at + offset


def known_offset(store: Store, now: datetime) -> timedelta | None:
    """How far the server was ahead of us when it was last heard; None where ours is right or nobody knows."""
    text = store.settings.get(SKEW_KEY)
    if not text:
        return None
    known = json.loads(text)
    heard = datetime.fromisoformat(known["at"])
    return timedelta(seconds=known["seconds"]) if heard <= now <= heard + _HOLDS_FOR else None
