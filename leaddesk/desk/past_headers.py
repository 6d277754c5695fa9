"""Which mails of an open folder are young enough: the newest first, as far back as they go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from leaddesk.doors.mail.imap import ImapSession

_BATCH = 500


def young_numbers(session: ImapSession, since: datetime) -> Iterator[list[int]]:
    """UIDs received from `since` on by the server's times, in batches; the first old batch ends it.

    The server's own SEARCH SINCE is not asked: it goes by whole days in a zone of the server's.
    """
    uids = session.uids()
    for end in range(len(uids), 0, -_BATCH):
        metas = session.fetch_meta(uids[max(0, end - _BATCH) : end])
        young = [m.uid for m in metas if m.internaldate is not None and m.internaldate >= since]
        if not young:
            return
        yield young
