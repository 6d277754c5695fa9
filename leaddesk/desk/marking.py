"""Their mail is marked as read and answered in the mailbox, once our answer to it has gone out from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leaddesk.desk.config import Config
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.store import Store
from leaddesk.doors.store.answered import Answered
from leaddesk.words.account import Account
from leaddesk.words.settings import MARK_ANSWERED

_NEWEST = timedelta(days=1)
"""Switching it on changes nothing about what was answered long ago."""


class Marking:
    """Works in the thread, and on the connection, that looks into Sent."""

    def __init__(self, store: Store, clock: Clock, config: Config) -> None:
        self._store = store
        self._clock = clock
        self._config = config

    def of(self, account: Account) -> Sequence[Answered]:
        """What is to be marked in the account's mailbox; nothing where the person does not want it.

        Where copies land in the signer's own mailbox that one is looked into, and theirs lies elsewhere.
        """
        if not self._config.get(MARK_ANSWERED) or not account.is_watched or account.copies_go_to_signer:
            return ()
        return self._store.answered.unmarked(account.id, self._clock.now() - _NEWEST)

    def mark(self, session: ImapSession, answered: Sequence[Answered]) -> None:
        """Marks them; one that is gone is let be. Raises what the session raises."""
        for each in answered:
            done = session.mark_answered(each.folder, each.uidvalidity, each.uid)
            self._store.answered.marked(each.outgoing, done=done)
