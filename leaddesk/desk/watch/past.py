"""The time before the first sync, for judging only: headers of 90 days of Sent tell whom we wrote to."""

from __future__ import annotations

import logging
from datetime import timedelta

from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.store import Correspondent, Store
from leaddesk.words.account import Account
from leaddesk.words.errors import FolderGone

log = logging.getLogger(__name__)
PAST = timedelta(days=90)
_BATCH = 500


def read_past(store: Store, clock: Clock, session: ImapSession, account: Account) -> int:
    """Remembers recipients and Message-IDs of what was sent in the last 90 days; returns how many mails.

    Leaves another folder open in the session. 'Before' goes by the server's times.
    """
    sent = account.sent_folder or session.find_sent()
    if sent is None:
        return 0
    try:
        session.examine(sent)
    except FolderGone:
        log.warning("there is no folder %s to tell whom we know", sent)
        return 0
    since = clock.now() - PAST
    read = 0
    uids = session.uids()
    for end in range(len(uids), 0, -_BATCH):
        metas = session.fetch_meta(uids[max(0, end - _BATCH) : end])
        young = [m.uid for m in metas if m.internaldate is not None and m.internaldate >= since]
        if not young:
            break
        read += _remember(store, session, young)
    return read


def _remember(store: Store, session: ImapSession, uids: list[int]) -> int:
    heads = [head for head in session.fetch_headers(uids) if head.internaldate is not None]
    with store.transaction():
        store.mailboxes.remember_correspondents(
            Correspondent(address.casefold(), head.internaldate)
            for head in heads
            if head.internaldate is not None and not head.automatic
            for address in head.to
        )
        for head in heads:
            if head.message_id and head.internaldate is not None:
                store.mailboxes.remember_ids([head.message_id], head.internaldate)
    return len(heads)
