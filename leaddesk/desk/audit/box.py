"""A mailbox opened for a look by the person's wish: not watched, nothing changed in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from leaddesk.desk.passwords import Passwords
from leaddesk.desk.sign_ins import Box, Protocol, SignIns
from leaddesk.desk.watch.pace import Pace
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.words.account import Account
from leaddesk.words.errors import SignInRefused
from leaddesk.words.sign_in import Secret


class Boxes:
    """Opens accounts' mailboxes. The sign-ins count with those of the watchers and the sender."""

    def __init__(self, passwords: Passwords, sign_ins: SignIns, pace: Pace | None) -> None:
        self._passwords = passwords
        self._sign_ins = sign_ins
        self._pace = pace or Pace()

    @contextmanager
    def open(self, account: Account, user: str | None = None) -> Iterator[ImapSession]:
        """A session that is closed at the end; `user` where it is another than the account's.

        Raises NeedsPerson when there is nothing to sign in with or the server says no, and OutOfReach.
        """
        user = user or account.user
        secret = self._passwords.of(account, within_s=self._pace.vault_s)
        with self._sign_ins.trying(Box(account, Protocol.IMAP, user), secret):
            session = self._connect(account, user, secret)
        try:
            yield session
        finally:
            session.close()

    def _connect(self, account: Account, user: str, secret: Secret) -> ImapSession:
        try:
            return ImapSession.connect(
                account.imap,
                user=user,
                secret=secret,
                ca_file=account.ca_file,
                timeout=self._pace.timeout_s,
            )
        except SignInRefused:
            self._passwords.was_refused(account, secret)
            raise
