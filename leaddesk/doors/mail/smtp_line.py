"""One connection for mails that follow each other to one server: opened, used again, and ended.

It is used again only after a mail that was plainly taken, at once, and not for ever. Whoever has it ends it
when no other mail follows.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass

from leaddesk.doors.mail.smtp_dialogue import Dialogue, Offers, StageTimeouts
from leaddesk.doors.mail.smtp_opening import connected
from leaddesk.doors.mail.wake import Wake
from leaddesk.words.account import Server
from leaddesk.words.errors import LeadDeskError, OutOfReach
from leaddesk.words.sign_in import Secret

MOST_MAILS = 20
"""On one connection, as Exchange does it by itself; servers that take fewer are given a fresh one."""
_FRESH_S = 5.0
"""How long it may rest between two mails: then somebody on the way may have forgotten it."""
_GOODBYE_S = 1.0


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a connection leads, and who has signed in on it."""

    server: Server
    ca_file: str | None
    user: str | None
    secret: Secret | None


class Line:
    """Used by one thread. `stop` ends every wait on it."""

    def __init__(self, stop: Wake | None = None) -> None:
        self.stop = stop
        self._open = contextlib.ExitStack()
        self._goal: Goal | None = None
        self._made: tuple[Dialogue, Offers] | None = None
        self._mails, self._rested_since = 0, 0.0

    def fresh(self, goal: Goal, patience: StageTimeouts) -> tuple[Dialogue, Offers]:
        """A new connection that has said EHLO; one that was there is ended. Raises as `connected`."""
        self.end()
        if self.stop is not None and self.stop.is_set():
            raise OutOfReach("Sending was stopped.")
        opening = connected(goal.server, goal.ca_file, patience, self.stop)
        made = self._made = self._open.enter_context(opening)
        self._goal = goal
        return made

    def again(self, goal: Goal) -> tuple[Dialogue, Offers] | None:
        """The connection that has just carried a mail there, signed in; None where it may carry no other."""
        if self._made is not None and not self._may_carry_more(goal, self._made[0]):
            self.close()
        return self._made

    def _may_carry_more(self, goal: Goal, dialogue: Dialogue) -> bool:
        """Not one on which the server said something that nobody asked for: it may be taken for an answer."""
        is_fresh = time.monotonic() - self._rested_since <= _FRESH_S
        try:
            return (
                goal == self._goal
                and 0 < self._mails < MOST_MAILS
                and is_fresh
                and not dialogue.wire.has_more()
            )
        except OutOfReach:
            return False

    def keep(self) -> None:
        """It has carried a mail, and waits for the next."""
        self._mails += 1
        self._rested_since = time.monotonic()

    def close(self) -> None:
        """Says goodbye, and ends it; what the server says to that never matters."""
        if self._made is not None:
            goodbye(self._made[0])
        self.end()

    def end(self) -> None:
        """Over, without a word: nobody knows what the server waits for."""
        self._made, self._goal, self._mails = None, None, 0
        self._open.close()


def goodbye(dialogue: Dialogue) -> None:
    """Where no mail is under way."""
    with contextlib.suppress(LeadDeskError):
        dialogue.write(b"QUIT\r\n", _GOODBYE_S)
