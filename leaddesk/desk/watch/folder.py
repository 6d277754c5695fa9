"""The watcher of one folder of one account: a thread, a connection, a sweep at every hint."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from leaddesk.desk.connections import Connections, Key
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.service import Service
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watch.sweep import Sweep, Swept
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts, Hint
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.store import Store
from leaddesk.words.account import Account, ConnectionState
from leaddesk.words.errors import (
    DiskTrouble,
    FolderGone,
    LeadDeskError,
    NeedsPerson,
    NoPassword,
    NoVault,
    OutOfReach,
    SignInRefused,
    SlowDown,
    VaultLocked,
)
from leaddesk.words.mail import Role

log = logging.getLogger(__name__)
_REFUSALS = 2
"""Sign-ins in a row that may be refused: a third could lock the account (FAULTS C13)."""
_FOREVER_S = 24 * 3600.0
_TOLD_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how patiently; tests are less patient."""

    renew_s: float = 240.0
    sweep_s: float = 600.0
    backoff_s: float = 1.0
    backoff_most_s: float = 60.0
    timeout_s: float = 20.0
    vault_s: float = 60.0


class FolderWatcher(Service):
    """Connects, sweeps, waits for hints; tries again with growing pauses; stops at a refused sign-in."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        passwords: Passwords,
        connections: Connections,
        troubles: Troubles,
        account: Account,
        role: Role,
        on_kept: Callable[[], None],
        on_swept: Callable[[Account, Role, Swept], None] = lambda account, role, swept: None,
        pace: Pace | None = None,
    ) -> None:
        super().__init__()
        self.name = f"watch-{account.id}-{role.value}"
        self.account = account
        self.role = role
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._connections = connections
        self._troubles = troubles
        self._on_kept = on_kept
        self._on_swept = on_swept
        self._pace = pace or Pace()
        self._socket_wake = Wake()
        self._failures = 0
        self._refusals = 0
        self._reconnect = False
        self._folder = account.folder if role is Role.INBOX else (account.sent_folder or "Sent")

    # -- control, any thread

    def stop(self) -> None:
        super().stop()
        self._socket_wake.set()

    def retry(self) -> None:
        """Try now: the person acted, the network is back, or the machine woke up."""
        self._refusals = 0
        self._failures = 0
        self._reconnect = True
        self._socket_wake.set()
        self.kick()

    # -- the service

    def round(self) -> float:
        """One connection's life; returns how long to rest before the next."""
        try:
            self._session()
        except NeedsPerson as failure:
            return self._needs_person(failure)
        except DiskTrouble as failure:
            self._troubles.begin(
                "disk", failure.sentence, "New mail stays safe on the server. " + failure.mend
            )
            return self._pace.backoff_most_s / 6
        except OutOfReach as failure:
            return self._out_of_reach(failure)
        return 0.0

    def once(self) -> Swept:
        """Connects, sweeps and leaves: for `watch --once`. Failures come out."""
        session = self._connect()
        try:
            return self._sweep(session, self._examine(session))
        finally:
            session.close()

    def ended(self) -> None:
        self._connections.gone(self._key)

    @property
    def _key(self) -> Key:
        return (self.account.id, None, self._folder)

    @property
    def _trouble_key(self) -> str:
        return f"offline:{self.account.id}"

    def _session(self) -> None:
        self._reconnect = False
        self._connections.put(self._key, ConnectionState.CONNECTING)
        session = self._connect()
        try:
            facts = self._examine(session)
            self._online(session)
            self._sweep(session, facts)
            self._watch(session, facts)
        finally:
            session.close()

    def _connect(self) -> ImapSession:
        account = self.account
        password = self._passwords.of(account, within_s=self._pace.vault_s)
        return ImapSession.connect(
            account.imap,
            user=account.user,
            password=password,
            ca_file=account.ca_file,
            timeout=self._pace.timeout_s,
        )

    def _examine(self, session: ImapSession) -> FolderFacts:
        """Opens the folder; Sent is found by its mark where the account names none."""
        if self.role is Role.SENT and self.account.sent_folder is None:
            self._connections.gone(self._key)
            self._folder = session.find_sent() or self._folder
        return session.examine(self._folder)

    def _online(self, session: ImapSession) -> None:
        self._failures = self._refusals = 0
        self._connections.put(self._key, ConnectionState.ONLINE, polling=session.is_polling)
        for key in (self._trouble_key, f"sign-in:{self.account.id}", f"folder:{self.account.id}:{self.role}"):
            self._troubles.end(key)
        self._troubles.end(f"keyring:{self.account.id}")

    def _watch(self, session: ImapSession, facts: FolderFacts) -> None:
        swept_at = self._clock.monotonic()
        while not self.is_stopping and not self._reconnect:
            self._socket_wake.clear()
            hint = session.wait(self._socket_wake, self._pace.renew_s)
            self._connections.proof(self._key)
            is_due = self._clock.monotonic() - swept_at >= self._pace.sweep_s
            if hint in (Hint.ARRIVED, Hint.REMOVED) or is_due:
                if is_due:
                    facts = session.examine(self._folder)
                self._sweep(session, facts)
                swept_at = self._clock.monotonic()

    def _sweep(self, session: ImapSession, facts: FolderFacts) -> Swept:
        sweep = Sweep(
            self._store,
            self._clock,
            self.account,
            self.role,
            self._folder,
            self._on_kept,
            lambda: self.is_stopping,
        )
        with self._store.session():
            swept = sweep.run(session, facts)
        self._troubles.end("disk")
        self._on_swept(self.account, self.role, swept)
        return swept

    # -- failures

    def _out_of_reach(self, failure: OutOfReach) -> float:
        """Grows from one second to a minute, with jitter: no storm of sign-ins when a server comes back."""
        pause: float = min(self._pace.backoff_most_s, self._pace.backoff_s * 2 ** min(self._failures, 10))
        pause *= random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret
        if isinstance(failure, SlowDown) and failure.seconds is not None:
            pause = failure.seconds
        self._failures += 1
        next_try = self._clock.now() + timedelta(seconds=pause)
        standing = self._connections.put(self._key, ConnectionState.OFFLINE, failure.sentence, next_try)
        if self._clock.now() - standing.since >= _TOLD_AFTER or isinstance(failure, SlowDown):
            self._troubles.begin(
                self._trouble_key,
                f"Mail to {self.account.email} is not being watched.",
                f"{failure.sentence} Enquiries are safe there, but you are not told of them yet.",
                "Try now",
                self.retry,
            )
        return pause

    def _needs_person(self, failure: LeadDeskError) -> float:
        """Silence until the person acts."""
        account = self.account
        if isinstance(failure, SignInRefused):
            self._refusals += 1
            if self._refusals < _REFUSALS:
                return self._pace.backoff_s * 5
            self._begin(f"sign-in:{account.id}", failure, "Sign in again")
        elif isinstance(failure, VaultLocked):
            self._begin(f"keyring:{account.id}", failure, "Unlock the keyring")
        elif isinstance(failure, NoPassword | NoVault):
            self._begin(f"sign-in:{account.id}", failure, "Enter the password")
        elif isinstance(failure, FolderGone):
            self._begin(f"folder:{account.id}:{self.role}", failure, "Choose the folder")
        self._connections.put(self._key, ConnectionState.REFUSED, failure.sentence)
        return _FOREVER_S

    def _begin(self, key: str, failure: LeadDeskError, action: str) -> None:
        safe = f"Enquiries to {self.account.email} are safe on the server, but not watched. {failure.mend}"
        self._troubles.begin(key, failure.sentence, safe.strip(), action, self.retry)
