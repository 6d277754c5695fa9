"""Mail that arrived and was moved or deleted before we could read it (FAULTS C2).

A mail counts as gone where the server listed it and did not give it out, or where its numbers show that it
was there: numbers that UIDNEXT has passed and that are neither there nor here. Some servers leave numbers out
by themselves, and people tidy up on their phones. So first it is looked for where mail programs move mail to;
what is not found there is a row that the person sees, unless half of this folder's numbers go missing anyway:
then a missing number says nothing, and a row for each would be noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from leaddesk.desk.watch.intake import Intake, Taken
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import HeaderMail
from leaddesk.doors.store import Mailbox, Store
from leaddesk.words.errors import FolderGone

_WHY = "A message arrived and was moved or deleted before LeadDesk could read it."
_LOOKED_AT = 20
"""The newest mails of each folder that are looked at."""
_MOST_ROWS = 20
"""For one sweep: after a holiday with a tidy colleague one need not see four hundred."""
_SLACK = timedelta(minutes=10)
"""The server's clock is not ours."""
_SKIPPED_BY_CHANCE = 3


class Gone:
    """Finds moved mails of one Inbox, and notes those that are lost."""

    def __init__(self, store: Store, clock: Clock, intake: Intake) -> None:
        self._store = store
        self._clock = clock
        self._intake = intake

    def settle(
        self, session: ImapSession, box: Mailbox, lost: Sequence[int], passed: Sequence[int]
    ) -> tuple[int, int]:
        """How many were found elsewhere, and how many are rows of lost mail.

        `lost` were listed, `passed` were only passed over. Leaves another folder open in the session.
        """
        means_something = self._numbers_mean_something(box)
        found = self._find_moved(session, box, most=len(lost) + len(passed))
        noted = [*lost, *(passed if means_something else [])][found:][-_MOST_ROWS:]
        now = self._clock.now()
        for uid in noted:
            self._store.mails.keep_vanished(self._intake.key(box.folder, box.uidvalidity, uid), now, _WHY)
        return found, len(noted)

    def _numbers_mean_something(self, box: Mailbox) -> bool:
        where = (box.account, box.folder, box.uidvalidity, box.line_uid)
        known = self._store.mails.known_uids(*where) - self._store.mails.vanished_uids(*where)
        seen = sum(uid < box.next_uid for uid in known)
        missing = box.next_uid - box.line_uid - seen
        return missing <= seen + _SKIPPED_BY_CHANCE

    # -- elsewhere

    def _find_moved(self, session: ImapSession, box: Mailbox, most: int) -> int:
        """Takes in at most `most` mails that came since the last sweep and lie where mail is moved to."""
        since = (box.swept_at or box.line_at) - _SLACK
        found = 0
        for folder in session.find_put_away():
            if folder != box.folder and found < most:
                found += self._look_into(session, folder, box.account, since, most - found)
        return found

    def _look_into(self, session: ImapSession, folder: str, account: int, since: datetime, most: int) -> int:
        try:
            facts = session.examine(folder)
        except FolderGone:
            return 0
        metas = session.fetch_meta(session.uids()[-_LOOKED_AT:])
        young = [m.uid for m in metas if m.internaldate is not None and m.internaldate >= since]
        known = self._store.mails.known_uids(account, folder, facts.uidvalidity)
        strangers = [head.uid for head in session.fetch_headers(young) if not self._is_known(account, head)]
        found = 0
        for uid in [each for each in strangers if each not in known][-most:]:
            found += self._take(session, folder, facts.uidvalidity, uid)
        return found

    def _is_known(self, account: int, head: HeaderMail) -> bool:
        """The same Message-ID at the same time; without one the bytes decide."""
        if head.message_id is None:
            return False
        same = self._store.mails.with_message_ids([head.message_id])
        return any(mail.account == account and mail.received_at == head.internaldate for mail in same)

    def _take(self, session: ImapSession, folder: str, uidvalidity: int, uid: int) -> bool:
        return self._intake.take(session, folder, uidvalidity, uid, strangers_only=True) is Taken.KEPT
