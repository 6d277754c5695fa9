"""The sender: takes what a person approved out of the outbox, one mail at a time, and never twice.

Each step is durable before the next one is taken (FAULTS 2.0). Before `committing` a mail is provably not
accepted and goes back into the queue; after it only a whole answer counts, and without one it is unsure.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from leaddesk.desk.backup import FROZEN_KEY
from leaddesk.desk.bus import Bus
from leaddesk.desk.config import Config
from leaddesk.desk.courier import Courier, NotSent, TakenAway, sign_in_name, smtp_box
from leaddesk.desk.holds import Holds
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.sent_folder import SentFolder
from leaddesk.desk.service import Service
from leaddesk.desk.settling import SendPace, Settling
from leaddesk.desk.sign_ins import SignIns
from leaddesk.desk.skew import Skew
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.store import Store
from leaddesk.rules.sending import due_at, must_not_go
from leaddesk.words.account import Account, SignIn
from leaddesk.words.errors import DiskTrouble, NeedsPerson, OutOfReach
from leaddesk.words.news import AccountsChanged, News, OutgoingChanged, SettingsChanged
from leaddesk.words.outgoing import Claim, Delivery, Outgoing, OutgoingState, Verdict
from leaddesk.words.sign_in import Password, Secret
from leaddesk.words.states import READY

_OFTEN_ENOUGH_S = 1.0


class _Claimed(NamedTuple):
    """A mail in our hands, and what it takes to send it."""

    claim: Claim
    account: Account
    secret: Secret


class Sender(Service):
    """One for all accounts, in the process that holds the profile's lock.

    `step` hears the name of each step; the fault harness listens.
    """

    name = "sender"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bus: Bus,
        config: Config,
        passwords: Passwords,
        troubles: Troubles,
        sign_ins: SignIns,
        pace: SendPace | None = None,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._config = config
        self._passwords = passwords
        self._troubles = troubles
        self._sign_ins = sign_ins
        self._pace = pace or SendPace()
        self._step = step
        self._owner = uuid.uuid4().hex
        self._holds = Holds(troubles, sign_ins, self._pressed)
        self._courier = Courier(store, self._owner, self._pace.stages, step)
        self._has_recovered = False
        self._skew = Skew(store, troubles)
        self._to_record: Callable[[], None] | None = None
        self._to_compare: Callable[[], None] | None = None
        self._are_accounts_known = False
        self._kicked_at = 0.0
        self._settling = Settling(store, config, self._holds, self._pace, clock.zone)
        self.sent_folder = SentFolder(store, clock, config, passwords, troubles, sign_ins, self._pace.looks)
        bus.subscribe(self._heard)

    # -- control, any thread

    def start(self) -> None:
        super().start()
        self.sent_folder.start()

    def stop(self) -> None:
        super().stop()
        self._courier.stop()
        self.sent_folder.stop()

    def join(self, seconds: float) -> bool:
        until = self._clock.monotonic() + seconds
        ended = super().join(seconds)
        return self.sent_folder.join(until - self._clock.monotonic()) and ended

    def retry(self) -> None:
        """Try now, through every account: the person acted, the network is back, or the machine woke up."""
        self._are_accounts_known = False  # the password may be another
        self._passwords.ask_again()
        self._holds.acted()
        self._skew.forget()
        self._store.outbox.try_now()
        self.sent_folder.retry()
        self.kick()

    def _pressed(self, account: int) -> None:
        self._sign_ins.acted(account)
        self.retry()

    # -- the service

    def once(self) -> None:
        """Sends what may be sent now, settles what can be settled, and comes back."""
        self.round()
        self.sent_folder.once()

    def round(self) -> float:
        """Sends all that is due; returns how long nothing else will be."""
        self._record()
        if not self._has_recovered:
            self._store.outbox.recover()
            self._has_recovered = True
            self.sent_folder.kick()
        if self._is_frozen():
            return self._pace.rest_s
        with self._store.session():  # one connection for all that goes out now
            self._send_all()
            return self._rest()

    def _is_frozen(self) -> bool:
        """After a restore nothing goes out before a person says so."""
        if self._store.settings.get(FROZEN_KEY) != "1":
            self._troubles.end("frozen")
            return False
        self._troubles.begin(
            "frozen",
            f"Nothing is sent: this data was restored from a backup. {len(self._waiting())} waiting.",
            "Look through what waits first: some of it may have gone out before the restore.",
            "Allow sending",
            partial(self._store.settings.put, FROZEN_KEY, None),
        )
        return True

    def _waiting(self) -> tuple[Outgoing, ...]:
        return self._store.outbox.all_in(READY)

    def _rest(self) -> float:
        now = self._clock.now()
        waiting = self._waiting()
        self._holds.none_waiting({mail.account for mail in waiting})
        free = (self._holds.free_at(mail.account, due_at(mail)) for mail in waiting)
        seconds = min(
            ((at - now).total_seconds() for at in free if at is not None), default=self._pace.rest_s
        )
        return min(max(seconds, 0.01), self._pace.rest_s)

    def _heard(self, news: News) -> None:
        """News of our own making is no reason to come round again."""
        if isinstance(news, AccountsChanged):
            self._are_accounts_known = False
        if threading.current_thread() is self._thread:
            return
        if isinstance(news, OutgoingChanged):
            self.sent_folder.kick()
            if news.state is OutgoingState.QUEUED:
                self._passwords.ask_again()
                self._holds.pressed_send()
            if news.state in (OutgoingState.QUEUED, OutgoingState.CANCELLED):
                self.kick()
        elif isinstance(news, AccountsChanged):
            self._holds.acted()
            self.sent_folder.retry()
            self.kick()
        elif isinstance(news, SettingsChanged) and news.key == FROZEN_KEY:
            self.kick()

    # -- one mail

    def _send_all(self) -> None:
        """Takes what may go, one after the other, and brings each to a state."""
        claimed = self._claim()
        while claimed is not None:
            self._step("claimed")
            claimed = self._send(claimed) or self._claim()

    def _send(self, claimed: _Claimed) -> _Claimed | None:
        """Brings one mail to a state; returns the next of its account, where that could be claimed."""
        following = None
        try:
            self._to_compare = None
            self._to_record, goes_on = self._attempt(claimed)
            following = self._record(claimed if goes_on else None)
        finally:
            if following is None:
                self._courier.rest()
        if self._to_compare is not None:
            self._to_compare()  # after the mail's end is written down, which must not wait for it
        return following

    def _record(self, lane: _Claimed | None = None) -> _Claimed | None:
        """Writes down how the last mail ended. What the server said is known only here until then.

        In the same transaction the next one from the account of `lane` is claimed, and returned.
        """
        if self._to_record is None:
            return None
        try:
            with self._store.transaction():
                self._to_record()
                following = self._next_in(lane) if lane is not None else None
        except DiskTrouble as failure:
            self._troubles.begin(
                "disk", failure.sentence, f"Nothing is sent until it works again. {failure.mend}"
            )
            raise
        self._to_record = None
        self._troubles.end("disk")
        self._step("recorded")
        self._look_into_sent(at_once=following is None)
        return following

    def _look_into_sent(self, *, at_once: bool) -> None:
        """Once in a while, where many go out one after the other."""
        now = self._clock.monotonic()
        if at_once or now - self._kicked_at >= _OFTEN_ENOUGH_S:
            self._kicked_at = now
            self.sent_folder.kick()

    def _next_in(self, lane: _Claimed) -> _Claimed | None:
        """The next mail of the account whose server has just taken one; nothing here may wait for anybody."""
        is_open = self._are_accounts_known and self._sign_ins.over(smtp_box(lane.account)) is None
        if self.is_stopping or not is_open or self._holds.is_held(lane.account.id, self._clock.now()):
            return None
        claim = self._store.outbox.claim(self._clock.now(), self._owner, [lane.account.id])
        return lane._replace(claim=claim) if claim is not None else None

    def _claim(self) -> _Claimed | None:
        """The next mail that may go, of any account for which there is something to sign in with."""
        if self.is_stopping:
            return None
        now = self._clock.now()
        self._are_accounts_known = True  # until news comes, from here on
        accounts = {account.id: account for account in self._store.accounts.all()}
        due = [mail for mail in self._waiting() if due_at(mail) <= now]
        for number in dict.fromkeys(mail.account for mail in due):
            if self._holds.is_held(number, now):
                continue
            waiting = sum(mail.account == number for mail in due)
            if number not in accounts:
                self._holds.gone(number, waiting)
                continue
            secret = self._secret(accounts[number], waiting)
            claim = self._store.outbox.claim(now, self._owner, [number]) if secret is not None else None
            if secret is not None and claim is not None:
                return _Claimed(claim, accounts[number], secret)
        return None

    def _secret(self, account: Account, waiting: int) -> Secret | None:
        """Empty for a server that wants no sign-in; None when there is none to be had now."""
        try:
            return self._secret_to_try(account)
        except NeedsPerson as failure:
            self._holds.needs_person(account, failure, waiting)
        except OutOfReach as failure:
            until = self._clock.now() + timedelta(seconds=self._pace.offline_s)
            self._holds.offline(account, failure.sentence, until, waiting)
        return None

    def _secret_to_try(self, account: Account) -> Secret:
        is_asked = bool(sign_in_name(account))
        secret = self._passwords.of(account, within_s=self._pace.vault_s) if is_asked else Password("")
        over = self._sign_ins.over(smtp_box(account))
        if over is not None:
            raise over
        return secret

    def _attempt(self, claimed: _Claimed) -> tuple[Callable[[], None], bool]:
        """Tries once; returns what is to be written down, and whether the server takes more from us."""
        claim, account, secret = claimed
        mail = self._store.outbox.get(claim.outgoing)
        hindrance = must_not_go(mail, self._clock.now())
        if hindrance is not None:
            refuse = self._store.outbox.refuse
            return partial(refuse, mail.id, why=hindrance, answer=mail.answer, counted=False), False
        try:
            before = self._clock.now()
            verdict = self._courier.carry(claim, account, secret)
        except TakenAway:
            return lambda: None, False
        except NotSent as reason:
            release = self._store.outbox.release
            pause = timedelta(seconds=0 if self.is_stopping else self._pace.offline_s)  # for the others' sake
            return partial(release, mail.id, why=str(reason), next_try=self._clock.now() + pause), False
        if verdict.server_time is not None:
            told, after = verdict.server_time, self._clock.now()
            self._to_compare = partial(self._skew.saw, account.smtp.host, told, before, after)
        self._note_sign_in(account, secret, verdict)
        settle = partial(self._settling.settle, mail, account, verdict, self._clock.now())
        is_lasting = account.sign_in is not SignIn.BROWSER  # a token may have to be renewed before the next
        return settle, verdict.delivery is Delivery.SENT and is_lasting

    def _note_sign_in(self, account: Account, secret: Secret, verdict: Verdict) -> None:
        if verdict.delivery is Delivery.SIGN_IN:
            self._passwords.was_refused(account, secret)
            self._sign_ins.refused(smtp_box(account), secret)
        elif verdict.counted:
            self._sign_ins.accepted(smtp_box(account))
