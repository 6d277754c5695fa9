"""The watcher of one folder of one account: a thread, a connection, a sweep at every hint."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator

from leaddesk.desk.connections import Connections
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.service import Service
from leaddesk.desk.sign_ins import Box, Protocol, SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.desk.watch.junk import Junk
from leaddesk.desk.watch.outage import Outage
from leaddesk.desk.watch.pace import Pace
from leaddesk.desk.watch.sweep import FolderNames, Sweep, Swept
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import FolderFacts, Hint
from leaddesk.doors.mail.wake import Wake
from leaddesk.doors.store import Store
from leaddesk.words.account import Account, ConnectionState
from leaddesk.words.errors import DiskTrouble, NeedsPerson, OutOfReach, SignInRefused
from leaddesk.words.mail import Role
from leaddesk.words.sign_in import Secret

_LEAVES_S = 0.5
_JUNK_RESTS_S = 3600.0
"""After a junk folder could not be read, it is left alone for so long."""


def _nothing(step: str) -> None:
    """Nobody follows the steps."""


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
        on_pressed: Callable[[int], None] | None = None,
        sign_ins: SignIns | None = None,
        pace: Pace | None = None,
        step: Callable[[str], None] = _nothing,
    ) -> None:
        """`on_pressed` is told the account whose trouble's button was pressed: the other folder's watcher
        and the sender wait for the same word."""
        super().__init__()
        self.name = f"watch-{account.id}-{role.value}"
        self.account = account
        self.role = role
        self._store = store
        self._clock = clock
        self._began = clock.now()
        self._junk = Junk(store, clock, account, self._began)
        self._junk_rests_until = 0.0
        """By the monotonic clock."""
        self._passwords = passwords
        self._troubles = troubles
        self._on_kept = on_kept
        self._on_swept = on_swept
        self._sign_ins = sign_ins or SignIns()
        self._pace = pace or Pace()
        self._step = step
        self._socket_wake = Wake()
        self._session: ImapSession | None = None
        self._reconnect = False
        self._user = account.signer if role is Role.SIGNER_SENT else account.user
        self._box = Box(account, Protocol.IMAP, self._user)
        self._secret: Secret | None = None
        """What was last tried."""
        self._names = _names_of(account, role)
        """The folder's name on the server, and in our rows."""
        self._line = connections.line(account=account.id)
        pressed = functools.partial(on_pressed, account.id) if on_pressed is not None else self.retry
        self._outage = Outage(
            clock, troubles, self._line, self._sign_ins, account, role, self._box, self._pace, pressed
        )

    # -- control, any thread

    def stop(self) -> None:
        super().stop()
        self._socket_wake.set()

    def join(self, seconds: float) -> bool:
        """Whoever does not leave by themselves hang in a server that is silent: they are cut off."""
        session = self._session
        if super().join(min(seconds, _LEAVES_S)) or session is None:
            return super().join(seconds)
        session.abort()
        return super().join(seconds - _LEAVES_S)

    def retry(self) -> None:
        """The person acted: a prompt is tried anew, and a sign-in where the shared count was cleared."""
        self._passwords.ask_again()
        self._outage.needs_person = False
        self.resume()

    def resume(self) -> None:
        """The machine woke up or the network is back: connects anew, unless the person must act first."""
        if self._outage.needs_person:
            return
        self._outage.patience_is_new()
        self._reconnect = True
        self._socket_wake.set()
        self.kick()

    # -- the service

    def round(self) -> float:
        """One connection's life; returns how long to rest before the next."""
        try:
            self._watch_once_connected()
        except NeedsPerson as failure:
            return self._refused(failure)
        except DiskTrouble as failure:
            return self._outage.disk(self._names.name, failure)
        except OutOfReach as failure:
            return 0.0 if self.is_stopping else self._outage.out_of_reach(self._names.name, failure)
        except Exception:
            self._outage.bug(self._names.name)
            raise
        return 0.0

    def once(self) -> Swept:
        """Connects, sweeps and leaves: for `watch --once`. Failures come out."""
        self._line.put(self._names.name, ConnectionState.CONNECTING)
        with contextlib.closing(self._socket_wake), self._signed_in() as (session, facts):
            self._line.put(self._names.name, ConnectionState.ONLINE, polling=session.is_polling)
            swept = self._swept(self._sweep().run(session, facts))
            with contextlib.suppress(OutOfReach):  # what was asked for is done
                self._look_for_junk(session)
            return swept

    def ended(self) -> None:
        self._outage.leave()
        self._line.gone()
        self._socket_wake.close()

    def _refused(self, failure: NeedsPerson) -> float:
        if isinstance(failure, SignInRefused) and self._secret is not None:
            self._passwords.was_refused(self.account, self._secret)
        return self._outage.for_person(self._names.name, failure)

    # -- one connection

    def _watch_once_connected(self) -> None:
        self._reconnect = False
        if not self._outage.is_on:
            self._line.put(self._names.name, ConnectionState.CONNECTING)
        with self._signed_in() as (session, facts):
            if self.is_stopping:
                return
            if not self._outage.is_on:
                self._line.put(self._names.name, ConnectionState.ONLINE, polling=session.is_polling)
            self._whole(session, facts)
            self._outage.over()
            self._line.put(self._names.name, ConnectionState.ONLINE, polling=session.is_polling)
            self._watch(session)

    @contextlib.contextmanager
    def _signed_in(self) -> Iterator[tuple[ImapSession, FolderFacts]]:
        """Its try lasts until the folder is open: some servers let in, and then not to this mailbox."""
        self._secret = None
        secret = self._passwords.of(self.account, within_s=self._pace.vault_s)
        try:
            with self._sign_ins.trying(self._box, secret):
                self._secret = secret
                session = self._session = self._connect(secret)
                facts = self._open_folder(session)
            yield session, facts
        finally:
            if self._session is not None:
                self._session.close()
            self._session = None

    def _connect(self, secret: Secret) -> ImapSession:
        return ImapSession.connect(
            self.account.imap,
            user=self._user,
            secret=secret,
            ca_file=self.account.ca_file,
            timeout=self._pace.timeout_s,
            poll_every=self._pace.poll_s,
        )

    def _open_folder(self, session: ImapSession) -> FolderFacts:
        """Sent is found by its mark where the account names none. Raises FolderGone, and opens no other."""
        if self.role is Role.SENT and self.account.sent_folder is None:
            found = session.find_sent()
            self._names = FolderNames(found, found) if found else self._names
        return session.examine(self._names.path)

    def _watch(self, session: ImapSession) -> None:
        """Waits for hints and looks at each what is new; compares everything every ten minutes."""
        sweep = self._sweep()
        compare_at = self._clock.monotonic() + self._pace.sweep_s
        while True:
            self._socket_wake.clear()
            if self.is_stopping or self._reconnect:
                return
            left = max(0.0, compare_at - self._clock.monotonic())
            hint = session.wait(self._socket_wake, min(self._pace.renew_s, left))
            if hint is not Hint.WOKEN:
                self._line.proof(polling=session.is_polling)
            if self._clock.monotonic() >= compare_at:
                compare_at = self._clock.monotonic() + self._pace.sweep_s
                self._whole(session, session.examine(self._names.path))
            elif hint is Hint.ARRIVED:
                self._swept(sweep.newest(session))

    def _whole(self, session: ImapSession, facts: FolderFacts) -> None:
        """Compares all of the folder; of the Inbox also what the provider took out of it as spam."""
        self._swept(self._sweep().run(session, facts))
        self._look_for_junk(session)

    def _look_for_junk(self, session: ImapSession) -> None:
        """A junk folder that cannot be read must not keep the Inbox from being watched: the connection is
        made anew, without it."""
        is_resting = self._clock.monotonic() < self._junk_rests_until
        if self.role is not Role.INBOX or self.is_stopping or is_resting:
            return
        try:
            kept = self._junk.sweep(session)
        except (OutOfReach, NeedsPerson) as failure:
            self._junk_rests_until = self._clock.monotonic() + _JUNK_RESTS_S
            raise OutOfReach(failure.sentence) from failure
        if kept:
            self._on_kept()
        session.examine(self._names.path)
        self._swept(self._sweep().newest(session))  # while another folder was open, nothing was announced

    def _sweep(self) -> Sweep:
        return Sweep(
            self._store,
            self._clock,
            self.account,
            self.role,
            self._names,
            self._began,
            self._on_kept,
            lambda: self.is_stopping,
            self._step,
        )

    def _swept(self, swept: Swept) -> Swept:
        self._line.proof()
        self._troubles.end("disk")
        if swept.vanished:
            self._tell_vanished(swept.vanished)
        self._on_swept(self.account, self.role, swept)
        return swept

    def _tell_vanished(self, number: int) -> None:
        """Stands until the person has seen it."""
        key, email = f"vanished:{self.account.id}", self.account.email
        many = "1 message arrived" if number == 1 else f"{number} messages arrived"
        one = number == 1
        self._troubles.begin(
            key,
            f"{many} at {email} and {'was' if one else 'were'} moved or deleted before LeadDesk could read "
            f"{'it' if one else 'them'}.",
            f"Look for {'it' if one else 'them'} in your mail program: in other folders and in the bin.",
            "Put away",
            functools.partial(self._troubles.end, key),
            urgent=False,
        )


def _names_of(account: Account, role: Role) -> FolderNames:
    """Another's folder has another name in our rows: its numbers are not those of the box's own."""
    if role is Role.SIGNER_SENT:
        path = account.signer_sent or "Sent"
        return FolderNames(path, f"{path} ({account.signer})")
    path = account.folder if role is Role.INBOX else (account.sent_folder or "Sent")
    return FolderNames(path, path)
