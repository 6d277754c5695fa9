"""Standing troubles: what needs a person, since when, what is safe and what a button does about it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from leaddesk.desk.bus import Bus
from leaddesk.doors.clock import Clock
from leaddesk.rules.when import clock_words
from leaddesk.words.errors import DiskTrouble
from leaddesk.words.news import TroubleChanged
from leaddesk.words.views import Trouble

_SINCE = "{since}"


@dataclass(frozen=True, slots=True)
class _Standing:
    trouble: Trouble
    act: Callable[[], None] | None
    owner: object


class Troubles:
    """Begun and ended by whoever meets them; shown by the face. Thread-safe.

    `{since}` in a sentence is filled in when it is read: "Mail has not been watched since yesterday 18:02."
    """

    def __init__(self, clock: Clock, bus: Bus) -> None:
        self._clock = clock
        self._bus = bus
        self._lock = threading.Lock()
        self._standing: dict[str, _Standing] = {}

    def begin(
        self,
        key: str,
        sentence: str,
        safe: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        *,
        urgent: bool = True,
        since: datetime | None = None,
        owner: object = None,
    ) -> None:
        """The trouble stands. Begun again it keeps its `since`, and tells news only when its words change.

        `since` is when it began where that was before now; `owner` is who may end it with the same word.
        """
        with self._lock:
            before = self._standing.get(key)
            since = before.trouble.since if before else since or self._clock.now()
            trouble = Trouble(
                key=key, since=since, sentence=sentence, safe=safe, action=action, urgent=urgent
            )
            self._standing[key] = _Standing(trouble, act, owner)
            changed = before is None or before.trouble != trouble
        if changed:
            self._tell()

    def disk(self, failure: DiskTrouble, what: str) -> None:
        """Nothing can be stored; `what` is not done until it can."""
        self.begin(
            "disk",
            failure.sentence,
            f"{what} since {_SINCE}. New mail stays safe on the server. {failure.mend}".strip(),
        )

    def end(self, key: str, *, owner: object = None) -> None:
        """The trouble is over. Nothing happens when it never began, or when another `owner` began it."""
        with self._lock:
            standing = self._standing.get(key)
            if standing is None or (owner is not None and standing.owner is not owner):
                return
            del self._standing[key]
        self._tell()

    def all(self) -> tuple[Trouble, ...]:
        """What stands, urgent ones first, then the oldest."""
        with self._lock:
            standing = [self._in_words(each.trouble) for each in self._standing.values()]
        return tuple(sorted(standing, key=lambda t: (not t.urgent, t.since)))

    def act(self, key: str) -> None:
        """The trouble's button was pressed. May block."""
        with self._lock:
            standing = self._standing.get(key)
        if standing is not None and standing.act is not None:
            standing.act()

    def _in_words(self, trouble: Trouble) -> Trouble:
        since = clock_words(trouble.since, self._clock.now(), self._clock.zone())
        return replace(
            trouble,
            sentence=trouble.sentence.replace(_SINCE, since),
            safe=trouble.safe.replace(_SINCE, since),
        )

    def _tell(self) -> None:
        self._bus.tell([TroubleChanged(at=self._clock.now())])
