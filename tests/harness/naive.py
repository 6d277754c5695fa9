"""The sender as it is often written: claim, send, mark as sent, and requeue what was claimed on a new start.

It is here to prove the harness: the same kills must make it send twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from leaddesk.doors.mail.smtp import deliver
from leaddesk.words.account import Server
from leaddesk.words.outgoing import Claim, Delivery, OutgoingState
from tests.outgoing_desk import OutgoingDesk

_OWNER = "naive"


class NaiveSender:
    """Marks a mail only after the server has answered."""

    def __init__(self, desk: OutgoingDesk, step: Callable[[str], None]) -> None:
        self._desk = desk
        self._step = step
        self._outbox = desk.store.outbox

    def requeue(self) -> None:
        """What was claimed by the one before has surely not been sent."""
        for mail in self._outbox.all_in([OutgoingState.CLAIMED]):
            self._outbox.release(mail.id, why="", next_try=self._desk.clock.now())

    def run(self) -> None:
        """Until it is killed."""
        self.requeue()
        while True:
            if not self.send_next():
                time.sleep(0.005)

    def send_next(self) -> bool:
        (account,) = self._desk.store.accounts.all()
        claim = self._outbox.claim(self._desk.clock.now(), _OWNER, [account.id])
        if claim is None:
            return False
        self._step("claimed")
        self._send(claim, account.smtp)
        self._step("recorded")
        return True

    def _send(self, claim: Claim, server: Server) -> None:
        verdict = deliver(
            server,
            user=None,
            secret=None,
            ca_file=None,
            sender=claim.sender,
            recipients=claim.recipients,
            raw=claim.raw,
            before_commit=lambda: None,
            step=self._step,
        )
        if verdict.delivery is Delivery.SENT:
            self._outbox.committing(claim.outgoing, _OWNER)
            self._outbox.sent(claim.outgoing, at=self._desk.clock.now(), answer=verdict.answer)
        else:
            self._outbox.release(claim.outgoing, why=verdict.why, next_try=self._desk.clock.now())
