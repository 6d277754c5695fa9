"""The time before the first sync, for judging only: headers of 90 days of Sent tell whom we wrote to.

The Inbox of that time is not read: whom we know is told by what we sent, and a mail that only names an older
one of its own writer's comes from somebody who still waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from leaddesk.desk.past_headers import young_numbers
from leaddesk.doors.clock import Clock
from leaddesk.doors.mail.imap import ImapSession
from leaddesk.doors.mail.imap_values import HeaderMail
from leaddesk.doors.store import Correspondent, Store
from leaddesk.rules.person import email_key
from leaddesk.rules.sent import is_by_a_machine
from leaddesk.words.errors import FolderGone

log = logging.getLogger(__name__)
PAST = timedelta(days=90)


def read_past(
    store: Store,
    clock: Clock,
    session: ImapSession,
    sent: str | None,
    is_ours: Callable[[HeaderMail], bool] = lambda head: True,
) -> int:
    """Remembers recipients and Message-IDs of what was sent in the last 90 days; returns how many mails.

    Leaves the folder `sent` open in the session. 'Before' goes by the server's times.
    """
    if sent is None:
        return 0
    try:
        session.examine(sent)
    except FolderGone:
        log.warning("there is no folder %s to tell whom we know", sent)
        return 0
    since = clock.now() - PAST
    read = 0
    for young in young_numbers(session, since):
        heads = [head for head in session.fetch_headers(young) if is_ours(head)]
        _remember(store, [(head, head.internaldate) for head in heads if head.internaldate is not None])
        read += len(heads)
    return read


def _remember(store: Store, heads: list[tuple[HeaderMail, datetime]]) -> None:
    """Whom a machine wrote to is nobody we know: a website thanks everybody for their enquiry."""
    by_people = [(head, at) for head, at in heads if not is_by_a_machine(head.head)]
    with store.transaction():
        store.mailboxes.remember_correspondents(
            Correspondent(email_key(address), at) for head, at in by_people for address in head.to
        )
        for head, at in by_people:
            if head.message_id:
                store.mailboxes.remember_ids([head.message_id], at)
