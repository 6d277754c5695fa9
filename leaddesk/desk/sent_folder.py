"""The Sent folder: unsure mails are looked for there, sent ones get their copy unless the provider keeps one.

It has its own thread and its own short connections, so that a slow mailbox never keeps a reply waiting.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from leaddesk.desk.config import Config
from leaddesk.desk.marking import Marking
from leaddesk.desk.passwords import Passwords
from leaddesk.desk.questions import Questions
from leaddesk.desk.service import Service
from leaddesk.desk.sign_ins import Box, Protocol, SignIns
from leaddesk.desk.troubles import Troubles
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.store import Store
from leaddesk.doors.store.answered import Answered
from leaddesk.rules.sending import is_evidence
from leaddesk.words.account import Account
from leaddesk.words.errors import FolderGone, LeadDeskError, NeedsPerson, SignInRefused
from leaddesk.words.outgoing import Outgoing, OutgoingState
from leaddesk.words.sign_in import Secret

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LookPace:
    """How often and how patiently; tests are less patient."""

    rest_s: float = 300.0
    look_s: float = 60.0
    copy_after_s: float = 2.0
    learn_after_s: float = 10.0
    """Where nobody knows whether the provider keeps copies, it gets more time to do so."""
    offline_s: float = 60.0
    timeout_s: float = 20.0
    vault_s: float = 60.0


class SentFolder(Service):
    """Never sends anything. `step` hears the name of each step; the fault harness listens."""

    name = "sent-folder"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        config: Config,
        passwords: Passwords,
        troubles: Troubles,
        sign_ins: SignIns,
        pace: LookPace | None = None,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._sign_ins = sign_ins
        self._pace = pace or LookPace()
        self._step = step
        self._began = clock.now()
        self._next: dict[int, datetime] = {}
        """When an outgoing mail is to be looked for again."""
        self._held: dict[int, datetime | None] = {}
        """Accounts whose mailbox cannot be opened: until then, or (None) until the person acts."""
        self._appended: set[int] = set()
        self._questions = Questions(store, clock, config, troubles, self.kick)
        self._session: ImapSession | None = None
        self._marking = Marking(store, clock, config)

    # -- control, any thread

    def stop(self) -> None:
        super().stop()
        session = self._session
        if session is not None:
            session.abort()

    def retry(self) -> None:
        """Try now: the person acted, the network is back, or the machine woke up."""
        self._held = {}
        self.kick()

    # -- the service

    def once(self) -> None:
        """Looks once for all that is open, and comes back."""
        self._look(everything=True)

    def round(self) -> float:
        return self._look(everything=False)

    def _look(self, *, everything: bool) -> float:
        unsure = self._store.outbox.all_in([OutgoingState.UNSURE])
        uncopied = self._store.outbox.uncopied()
        for account in self._store.accounts.all():
            mine = [m for m in (*unsure, *self._without_copy(account, uncopied)) if m.account == account.id]
            at_once = everything and account.saves_sent is not None
            due = [mail for mail in mine if at_once or self._is_due(mail, account)]
            answered = self._marking.of(account) if self._may_open(account) else ()
            if (due or answered) and not self.is_stopping:
                self._visit(account, due, answered)
        self._questions.ask()
        return self._rest()

    def _without_copy(self, account: Account, uncopied: Sequence[Outgoing]) -> Sequence[Outgoing]:
        """Sent mails that still need a copy; where the provider keeps it there is nothing to do."""
        if account.saves_sent is not True:
            return uncopied
        for mail in uncopied:
            if mail.account == account.id:
                self._store.outbox.copied(mail.id, by_us=False)
        return ()

    def _is_due(self, mail: Outgoing, account: Account) -> bool:
        at = self._free_at(account.id, self._next.setdefault(mail.id, self._first_look(mail, account)))
        return at is not None and at <= self._clock.now()

    def _first_look(self, mail: Outgoing, account: Account) -> datetime:
        """At once for an unsure mail; a copy is looked for when the provider has had time to make it."""
        if mail.sent_at is None:
            return mail.updated_at
        after = self._pace.learn_after_s if account.saves_sent is None else self._pace.copy_after_s
        return mail.sent_at + timedelta(seconds=after)

    def _may_open(self, account: Account) -> bool:
        at = self._free_at(account.id, self._clock.now())
        return at is not None and at <= self._clock.now()

    # -- one mailbox

    def _visit(self, account: Account, mails: Sequence[Outgoing], answered: Sequence[Answered]) -> None:
        secret: Secret | None = None
        try:
            user = account.signer if account.copies_go_to_signer else account.user
            given = self._passwords.of(account, within_s=self._pace.vault_s)
            with self._sign_ins.trying(Box(account, Protocol.IMAP, user), given):
                secret = given
                session = self._session = self._connect(account, user, secret)
                folder = _open_sent(session, account) if mails else ""
            self._look_for(session, folder, account, mails)
            self._marking.mark(session, answered)
        except FolderGone as failure:
            self._hold(account, failure, self._pace.rest_s)
        except NeedsPerson as failure:
            if isinstance(failure, SignInRefused) and secret is not None:
                self._passwords.was_refused(account, secret)
            self._hold(account, failure, None)
        except LeadDeskError as failure:
            self._hold(account, failure, self._pace.offline_s)
        finally:
            if self._session is not None:
                self._session.close()
            self._session = None

    def _connect(self, account: Account, user: str, secret: Secret) -> ImapSession:
        return ImapSession.connect(
            account.imap,
            user=user,
            secret=secret,
            ca_file=account.ca_file,
            timeout=self._pace.timeout_s,
        )

    def _hold(self, account: Account, failure: LeadDeskError, seconds: float | None) -> None:
        """The watchers tell the person about it: they meet the same mailbox all the time."""
        log.info("Sent of account %s cannot be looked into: %s", account.id, failure.sentence)
        now = self._clock.now()
        self._held[account.id] = None if seconds is None else now + timedelta(seconds=seconds)

    def _look_for(
        self, session: ImapSession, folder: str, account: Account, mails: Sequence[Outgoing]
    ) -> None:
        for mail in mails:
            if self.is_stopping:
                return
            found = session.find_message_id(mail.message_id or "")
            self._step("looked")
            if found:
                self._found(session, account, mail, found[0])
            elif mail.state is OutgoingState.UNSURE:
                self._not_found(mail)
            else:
                self._copy(session, folder, mail)

    def _found(self, session: ImapSession, account: Account, mail: Outgoing, uid: int) -> None:
        """A copy in Sent is proof that it went out, at the server's time of that copy."""
        if mail.state is OutgoingState.UNSURE:
            times = (meta.internaldate for meta in session.fetch_meta([uid]))
            at = next(times, None) or mail.committing_at or mail.updated_at
            self._store.outbox.sent(mail.id, at=at, answer=mail.answer, why="Found in Sent.")
        self._store.outbox.copied(mail.id, by_us=mail.id in self._appended)
        if account.saves_sent is None and mail.id not in self._appended and mail.updated_at >= self._began:
            self._learn(account.id)

    def _learn(self, account: int) -> None:
        """This copy is not ours: neither this run nor one that crashed has appended it."""
        with self._store.transaction():
            known = self._store.accounts.get(account)
            self._store.accounts.change(replace(known, saves_sent=True, signer_sent=None))

    def _not_found(self, mail: Outgoing) -> None:
        now = self._clock.now()
        self._next[mail.id] = now + timedelta(
            seconds=self._pace.rest_s if self._questions.is_asked(mail) else self._pace.look_s
        )
        if is_evidence(mail, self._questions.grace, now):
            self._questions.looked(mail)

    def _copy(self, session: ImapSession, folder: str, mail: Outgoing) -> None:
        """Appends the copy. When that is cut, the next round looks before it tries again (FAULTS S20)."""
        self._next[mail.id] = self._clock.now() + timedelta(seconds=self._pace.look_s)
        self._appended.add(mail.id)
        session.append(folder, self._store.outbox.raw(mail.id), mail.sent_at or mail.updated_at)
        self._step("appended")
        self._store.outbox.copied(mail.id, by_us=True)

    def _rest(self) -> float:
        """Until the next look or question; a new mail kicks."""
        now = self._clock.now()
        unsure = self._store.outbox.all_in([OutgoingState.UNSURE])
        still_open = {mail.id: mail.account for mail in (*unsure, *self._store.outbox.uncopied())}
        self._next = {mail: at for mail, at in self._next.items() if mail in still_open}
        looks = (self._free_at(still_open[mail], at) for mail, at in self._next.items())
        questions = (self._questions.due_at(mail) for mail in unsure)
        times = [at for at in looks if at is not None] + [at for at in questions if at > now]
        seconds = min(((at - now).total_seconds() for at in times), default=self._pace.rest_s)
        return min(max(seconds, 0.05), self._pace.rest_s)

    def _free_at(self, account: int, at: datetime) -> datetime | None:
        """When an account's mailbox may be opened for a look that is due at `at`."""
        until = self._held.get(account, at)
        return None if until is None else max(at, until)


def _open_sent(session: ImapSession, account: Account) -> str:
    """The folder's name. Raises FolderGone."""
    known = account.signer_sent if account.copies_go_to_signer else account.sent_folder
    folder = known or session.find_sent()
    if folder is None:
        raise FolderGone(f"{account.email} has no folder for sent mail.")
    session.examine(folder)
    return folder
