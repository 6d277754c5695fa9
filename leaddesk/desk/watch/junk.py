"""The provider's junk folder, looked through for enquiries that its filter took for spam (FAULTS C9).

Only looked at: nothing is moved or marked there. What lies there alerts nobody and is never acknowledged;
what looks like an enquiry is counted, and a person may make it one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from leaddesk.desk.watch.intake import Intake, Taken
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.store import Store
from leaddesk.words.account import Account
from leaddesk.words.errors import FolderGone
from leaddesk.words.mail import Role

_LOOKED_AT = 60
"""The newest mails: a folder of spam may hold thousands."""
_YOUNG = timedelta(days=7)


class Junk:
    """Takes in what is new in one account's junk folder."""

    def __init__(self, store: Store, clock: Clock, account: Account, began: datetime) -> None:
        """`began`: when the watch was asked for. What lay there before alerts nobody, whatever it is."""
        self._store = store
        self._clock = clock
        self._account = account
        self._began = began
        self._intake = Intake(store, clock, account, Role.JUNK)
        self._here_already: set[tuple[int, int]] = set()
        """By UIDVALIDITY and UID: mails whose bytes came in from another folder."""

    def sweep(self, session: ImapSession) -> int:
        """How many were stored. Leaves the folder open in the session, where there is one."""
        folder = session.find_junk()
        if folder is None or folder == self._account.folder:
            return 0
        try:
            facts = session.examine(folder)
        except FolderGone:
            return 0
        with self._store.session():
            known = self._store.mails.known_uids(self._account.id, folder, facts.uidvalidity)
            since = self._clock.now() - _YOUNG
            metas = session.fetch_meta(
                uid
                for uid in session.uids()[-_LOOKED_AT:]
                if uid not in known and (facts.uidvalidity, uid) not in self._here_already
            )
            young = {m.uid: m.internaldate for m in metas if m.internaldate and m.internaldate >= since}
            return sum(self._take(session, folder, facts.uidvalidity, *each) for each in young.items())

    def _take(self, session: ImapSession, folder: str, uidvalidity: int, uid: int, at: datetime) -> bool:
        taken = self._intake.take(
            session, folder, uidvalidity, uid, quiet=at <= self._began, strangers_only=True
        )
        if taken is Taken.KNOWN:
            self._here_already.add((uidvalidity, uid))
        return taken is Taken.KEPT
