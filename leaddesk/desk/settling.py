"""What becomes of a mail after the server has spoken, or has not been reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from leaddesk.desk.config import Config
from leaddesk.desk.courier import smtp_box
from leaddesk.desk.holds import Holds
from leaddesk.desk.sent_folder import LookPace
from leaddesk.doors.mail.smtp import StageTimeouts
from leaddesk.doors.store import Store
from leaddesk.rules.limits import limit_ends, limit_words
from leaddesk.rules.sending import pause_after
from leaddesk.rules.when import clock_words
from leaddesk.words.account import Account
from leaddesk.words.outgoing import Delivery, Outgoing, Verdict
from leaddesk.words.settings import RETRY_SECONDS
from leaddesk.words.states import READY


@dataclass(frozen=True, slots=True)
class SendPace:
    """How often and how patiently mails are tried, in seconds; tests are less patient."""

    rest_s: float = 30.0
    offline_s: float = 20.0
    refused_s: float = 30.0
    vault_s: float = 60.0
    stages: StageTimeouts | None = None
    looks: LookPace = field(default_factory=LookPace)


class Settling:
    """Writes a verdict down. Each is one transaction, and doing it again changes nothing more."""

    def __init__(
        self, store: Store, config: Config, holds: Holds, pace: SendPace, zone: Callable[[], tzinfo]
    ) -> None:
        self._store = store
        self._config = config
        self._holds = holds
        self._pace = pace
        self._zone = zone

    def settle(self, mail: Outgoing, account: Account, verdict: Verdict, at: datetime) -> None:
        """The server said it at `at`."""
        outbox = self._store.outbox
        match verdict.delivery:
            case Delivery.SENT:
                outbox.sent(mail.id, at=at, answer=verdict.answer)
            case Delivery.UNSURE:
                outbox.unsure(mail.id, verdict.why)
            case Delivery.REFUSED:
                outbox.refuse(mail.id, why=verdict.why, answer=verdict.answer)
            case Delivery.DEFERRED if verdict.is_limit:
                self._hold_for_limit(mail, account, verdict, at)
            case Delivery.DEFERRED:
                self._put_off(mail, account, verdict, at)
            case Delivery.NOT_REACHED | Delivery.SIGN_IN:
                self._release(mail, account, verdict, at)
            case Delivery.SWITCHED_OFF:
                outbox.release(mail.id, why=verdict.why, next_try=at, answer=verdict.answer)
                self._note_switch(account, off=True)
                self._holds.switched_off(account, verdict.why, self._waiting(account))
        self._note_room(account, verdict)
        if verdict.counted:
            self._holds.works(account)
            self._note_switch(account, off=False)

    def _put_off(self, mail: Outgoing, account: Account, verdict: Verdict, at: datetime) -> None:
        """A 4xx about this mail is a try of it; one about the connection makes the whole account wait."""
        first = timedelta(seconds=self._config.get(RETRY_SECONDS))
        tries = mail.attempts if verdict.counted else self._holds.busy(account)
        next_try = at + pause_after(tries, first)
        self._store.outbox.defer(
            mail.id, why=verdict.why, answer=verdict.answer, next_try=next_try, counted=verdict.counted
        )
        if not verdict.counted:
            self._holds.wait(account, next_try)

    def _hold_for_limit(self, mail: Outgoing, account: Account, verdict: Verdict, at: datetime) -> None:
        """Until the time that the server named, or ever later where it named none; "Try now" is at once."""
        answer = verdict.answer or ""
        tries = self._holds.busy(account)
        until = limit_ends(answer, at) or at + pause_after(
            tries, timedelta(seconds=self._config.get(RETRY_SECONDS))
        )
        self._store.outbox.release(mail.id, why=verdict.why, next_try=until, answer=answer)
        sentence = f"{limit_words(answer)}; continues {clock_words(until, at, self._zone())}."
        self._holds.limited(account, sentence, verdict.why, until, self._waiting(account))

    def _release(self, mail: Outgoing, account: Account, verdict: Verdict, at: datetime) -> None:
        """Nothing was accepted, and nothing was said about the mail: back into the queue."""
        is_refused = verdict.delivery is Delivery.SIGN_IN
        next_try = at + timedelta(seconds=self._pace.refused_s if is_refused else self._pace.offline_s)
        self._store.outbox.release(mail.id, why=verdict.why, next_try=next_try, answer=verdict.answer)
        if is_refused:
            self._holds.refused(smtp_box(account), verdict.why, next_try, self._waiting(account))
        else:
            self._holds.offline(account, verdict.why, next_try, self._waiting(account))

    def _waiting(self, account: Account) -> int:
        return sum(mail.account == account.id for mail in self._store.outbox.all_in(READY))

    def _note_room(self, account: Account, verdict: Verdict) -> None:
        """What the server takes is known before the next approval."""
        if verdict.room is not None and verdict.room != account.room:
            known = self._store.accounts.get(account.id)
            self._store.accounts.change(replace(known, room=verdict.room))

    def _note_switch(self, account: Account, *, off: bool) -> None:
        """The account knows whether programs may send for it: the composer asks it."""
        if account.smtp_off is off:
            return
        known = self._store.accounts.get(account.id)
        if known.smtp_off is not off:
            self._store.accounts.change(replace(known, smtp_off=off))
