"""Carries one mail to its server, and can be stopped without leaving a doubt that need not be."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from functools import partial

from leaddesk.desk.sign_ins import Box, Protocol
from leaddesk.doors.mail.smtp import Ahead, StageTimeouts, deliver
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
        self._ahead: Ahead | None = None
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
        ahead = self._ahead
        if ahead is not None:
            ahead.stop.set()

    def hurry(self, account: Account) -> None:
        """Another mail of the account is about to follow: its connection is opened meanwhile."""
        if not self._is_stopping:
            self._ahead = Ahead(account.smtp, account.ca_file, self._stages or StageTimeouts())

    def rest(self) -> None:
        """No other mail follows now."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.close()

    def carry(self, claim: Claim, account: Account, secret: Secret | None) -> Verdict:
        """What the server said about the mail. Raises NotSent or TakenAway when the dot was not written."""
        ahead = self._ahead
        if ahead is not None and not ahead.leads_to(account.smtp, account.ca_file):
            self.rest()
            ahead = None
        try:
            with contextlib.closing(ahead or Wake()) as way:
                self._cut, self._ahead = (way.stop if isinstance(way, Ahead) else way), None
                self._raise_if_stopping()
                return self._deliver(claim, account, secret, self._cut, ahead)
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
            self._cut, self._is_committing = None, False

    def _raise_if_stopping(self) -> None:
        if self._is_stopping:
            raise NotSent("LeadDesk was closed before it was sent.")

    def _deliver(
        self, claim: Claim, account: Account, secret: Secret | None, cut: Wake, ahead: Ahead | None
    ) -> Verdict:
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
            stop=cut,
            ahead=ahead,
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
