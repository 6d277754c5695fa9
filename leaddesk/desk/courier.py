"""Carries one mail to its server, and can be stopped without leaving a doubt that need not be."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from leaddesk.desk.sign_ins import Box, Protocol
from leaddesk.doors.mail.smtp import Line, StageTimeouts, deliver
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.store import Store
from leaddesk.words.account import Account
from leaddesk.words.errors import LeadDeskError, Refused
from leaddesk.words.outgoing import Claim, Delivery, OutgoingKind, Verdict
from leaddesk.words.sign_in import Secret

log = logging.getLogger(__name__)
_LAST_ANSWER_S = 1.0
"""How long a mail whose dot was sent may still wait for its answer when everything stops."""


class NotSent(Exception):
    """The dot was not written, for a reason of our own: the mail goes back into the queue."""


class TakenAway(NotSent):
    """The mail is not in our hands any more: nothing is to be written down about it."""


class Courier:
    """Used by the sender's thread; only `stop` may be called from another."""

    def __init__(
        self, store: Store, owner: str, stages: StageTimeouts | None, step: Callable[[str], None]
    ) -> None:
        self._store = store
        self._owner = owner
        self._stages = stages
        self._step = step
        self._cut: Wake | None = None
        self._line: Line | None = None
        self._is_stopping = False
        self._is_committing = False

    def stop(self) -> None:
        """Ends every wait at once, but leaves a mail whose dot was sent a moment for its answer."""
        self._is_stopping = True  # before looking at what goes on, which looks at this the other way round
        cut = self._cut
        if cut is not None and self._is_committing:
            end = threading.Timer(_LAST_ANSWER_S, cut.set)
            end.daemon = True
            end.start()
        elif cut is not None:
            cut.set()

    def rest(self) -> None:
        """No other mail follows now: the connection of the last one ends."""
        line, cut = self._line, self._cut
        self._line = self._cut = None
        if line is not None and cut is not None:
            line.close()
            cut.close()

    def carry(self, claim: Claim, account: Account, secret: Secret | None) -> Verdict:
        """What the server said about the mail. Raises NotSent or TakenAway when the dot was not written.

        Where it was taken the connection stays open for one that follows at once, until `rest`.
        """
        try:
            line = self._line or self._new_line()
            self._raise_if_stopping()
            return self._deliver(claim, account, secret, line)
        except NotSent:
            raise
        except LeadDeskError as failure:  # it must not be spoken to: no protection, an unusable CA file
            why = failure.whole
            return Verdict(Delivery.NOT_REACHED, None, why, counted=False)
        except Exception as failure:
            log.exception("a delivery failed in a way that was not foreseen")
            if self._is_committing:
                return Verdict(Delivery.UNSURE, None, "We are not sure this arrived: LeadDesk failed.")
            raise NotSent("LeadDesk failed before it was sent.") from failure
        finally:
            self._is_committing = False

    def _new_line(self) -> Line:
        self._cut = Wake()
        self._line = Line(self._cut)
        return self._line

    def _raise_if_stopping(self) -> None:
        if self._is_stopping:
            raise NotSent("LeadDesk was closed before it was sent.")

    def _deliver(self, claim: Claim, account: Account, secret: Secret | None, line: Line) -> Verdict:
        verdict = deliver(
            account.smtp,
            user=sign_in_name(account) or None,
            secret=secret,
            ca_file=account.ca_file,
            sender=claim.sender,
            recipients=claim.recipients,
            raw=claim.raw,
            before_commit=partial(self._commit, claim.outgoing),
            reports=claim.kind is not OutgoingKind.HOLDING,
            stages=self._stages,
            step=self._step,
            line=line,
        )
        if verdict.delivery is Delivery.NOT_REACHED:
            self._raise_if_stopping()
        return verdict

    def _commit(self, outgoing: int) -> None:
        """Durable before the dot is written. Whatever it raises, the dot is not written."""
        self._is_committing = True
        try:
            self._raise_if_stopping()
            self._store.outbox.committing(outgoing, self._owner)
        except BaseException as failure:
            self._is_committing = False
            if isinstance(failure, Refused):
                raise TakenAway(failure.sentence) from failure
            if isinstance(failure, LeadDeskError):
                raise NotSent(failure.sentence) from failure
            raise


def sign_in_name(account: Account) -> str:
    """The name to sign in with for sending; empty where the server wants none."""
    return account.user if account.smtp_user is None else account.smtp_user


def smtp_box(account: Account) -> Box:
    """What sending signs in to."""
    return Box(account, Protocol.SMTP, sign_in_name(account))
